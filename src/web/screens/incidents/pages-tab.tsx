import type { DeliveryOutcome } from '../../product/incidents/page-sent.ts'
import { words as steps } from '../../product/shell/step-words.ts'
import './pages-tab.css'
import { zoneName } from '../../../kernel/moment.ts'
import type { Instant } from '../../../kernel/time.ts'
import { links } from '../../links.ts'
import { Person, type PersonLook } from '../../parts/avatar.tsx'
import { ButtonLink } from '../../parts/button.tsx'
import { Chip, type ChipTone } from '../../parts/chip.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Icon } from '../../parts/icon.tsx'
import type { IconName } from '../../parts/icon-names.ts'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { moment, timeOfDay } from '../../parts/time-words.ts'
import { words } from '../../product/incidents/incident-words.ts'

/** One page to one contact of one person. */
export interface PageSent {
  id: string
  person: PersonLook
  /** `Push`, `Call`, `Mail`: the channel's own title, with its icon. */
  channel: { title: string; icon: IconName }
  /** Where it went, masked where it is private: `+49 … 42`. */
  address?: string | undefined
  level: number | 'catch-all'
  round: number
  /** When it was sent, or is due while it waits. */
  at: Instant
  outcome: DeliveryOutcome
  /** The provider's own word, or why it was withdrawn. */
  detail?: string | undefined
  possiblyTwice?: boolean
}

export function PagesTab({ pages }: { pages: Loadable<PageSent[]> }) {
  return (
    <Loaded of={pages} skeleton={<SkeletonRows />}>
      {(all) =>
        all.length === 0 ? (
          <EmptyState title={words.pages.empty} headingLevel={2} step={<ButtonLink href={links.onCall()}>{steps.onCall}</ButtonLink>}>
            <p>{words.pages.emptyText}</p>
          </EmptyState>
        ) : (
          <div className="pages-tab">
            <Table label={words.pages.label} columns={columns} groups={[{ rows: all }]} keyOf={(page) => page.id} />
          </div>
        )
      }
    </Loaded>
  )
}

const columns: Column<PageSent>[] = [
  { head: words.pages.columns.person, wideOnly: true, cell: (page) => <Person person={page.person} short /> },
  { head: words.pages.columns.contact, fills: true, cell: (page) => <Contact page={page} /> },
  {
    head: words.pages.columns.level,
    wideOnly: true,
    cell: (page) => (page.level === 'catch-all' ? words.ladder.catchAllShort : words.pages.level(page.level, page.round)),
  },
  { head: words.pages.columns.sent, align: 'right', wideOnly: true, cell: (page) => <Sent page={page} /> },
  { head: words.pages.columns.outcome, cell: (page) => <Outcome page={page} /> },
]

/** A phone has no room for a column of people, so the person stands above the contact there. */
function Contact({ page: { person, channel, address } }: { page: PageSent }) {
  return (
    <>
      <span className="narrow-only">
        <Person person={person} short />
      </span>
      <span className="line">
        <Icon name={channel.icon} size={14} />
        <span>{channel.title}</span>
        {address && <span className="dim cut">{address}</span>}
      </span>
    </>
  )
}

function Sent({ page }: { page: PageSent }) {
  const utc = page.outcome === 'queued' ? words.pages.due(timeOfDay(page.at, 'UTC', 'seconds')) : timeOfDay(page.at, 'UTC', 'seconds')
  const own = useTicking((now, zone) => `${moment(page.at, now, zone)} ${zoneName(zone)}`)
  return (
    <span title={own}>
      {utc} <span className="dim">UTC</span>
    </span>
  )
}

const tones: Record<DeliveryOutcome, ChipTone> = {
  queued: 'outline',
  sending: 'info',
  delivered: 'good',
  retrying: 'warn',
  'gave-up': 'bad',
  withdrawn: 'neutral',
}

function Outcome({ page: { outcome, detail, possiblyTwice } }: { page: PageSent }) {
  return (
    <span className="line">
      <Chip tone={tones[outcome]}>{words.pages.outcome[outcome]}</Chip>
      <span className="dim fine cut wide-only">{[detail, possiblyTwice && words.pages.maybeTwice].filter(Boolean).join(', ')}</span>
    </span>
  )
}
