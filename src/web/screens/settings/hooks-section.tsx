import { type ReactNode, useState } from 'react'
import type { Instant } from '../../../kernel/time.ts'
import { links } from '../../links.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Chip, type ChipTone } from '../../parts/chip.tsx'
import { CopyLine } from '../../parts/code.tsx'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Note } from '../../parts/note.tsx'
import { Panel } from '../../parts/panel.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { moment } from '../../parts/time-words.ts'
import { words } from './hooks-words.ts'

export interface HookShown {
  name: string
  displayName: string
  url: string
  events: string[] | null
  of: string[] | null
  secrets: number
  state: 'on' | 'failing' | 'off' | 'no-secret'
  failingSince: Instant | undefined
  lastDeliveredAt: Instant | undefined
  waiting: number
  /** Its secret is written in a file, not made here. */
  isFromFile: boolean
}

export interface DeliveryShown {
  id: string
  type: string
  incident: string | undefined
  occurredAt: Instant
  state: 'waiting' | 'sending' | 'delivered' | 'gave-up' | 'withheld'
  attempts: number
  answer: string | undefined
}

interface HooksProps {
  hooks: HookShown[]
  busy: string | undefined
  /** Left out for whoever may only look. */
  onTest?: ((name: string) => void) | undefined
  /** Answers it; undefined when it did not work, and says so itself. */
  onSecret?: ((name: string) => Promise<string | undefined>) | undefined
  onRetire?: ((name: string) => void) | undefined
  /** Asked for when they are opened. */
  deliveries: (name: string) => ReactNode
}

const TONES: Record<HookShown['state'], ChipTone> = { on: 'good', failing: 'warn', off: 'bad', 'no-secret': 'warn' }

export function HooksSection({ hooks, deliveries, ...acts }: HooksProps) {
  const [secret, setSecret] = useState<{ of: string; text: string }>()
  if (hooks.length === 0)
    return (
      <EmptyState
        title={words.none}
        headingLevel={2}
        step={
          <ButtonLink href={links.settings('yaml')} icon="code">
            {words.write}
          </ButtonLink>
        }
      >
        <p>{words.noneMore}</p>
      </EmptyState>
    )
  return (
    <>
      {hooks.map((hook) => (
        <Hook
          key={hook.name}
          hook={hook}
          {...acts}
          onSecret={
            acts.onSecret &&
            (async () => {
              const text = await acts.onSecret!(hook.name)
              if (text !== undefined) setSecret({ of: hook.displayName, text })
            })
          }
          deliveries={deliveries}
        />
      ))}
      <Dialog
        open={secret !== undefined}
        title={words.secretTitle(secret?.of ?? '')}
        onClose={() => setSecret(undefined)}
        buttons={
          <Button kind="primary" onClick={() => setSecret(undefined)}>
            {words.gotIt}
          </Button>
        }
      >
        <p>{words.once}</p>
        <CopyLine label={words.secretTitle(secret?.of ?? '')} text={secret?.text ?? ''} />
      </Dialog>
    </>
  )
}

interface HookProps extends Pick<HooksProps, 'busy' | 'onTest' | 'onRetire' | 'deliveries'> {
  hook: HookShown
  onSecret?: (() => void) | undefined
}

function Hook({ hook, busy, onTest, onSecret, onRetire, deliveries }: HookProps) {
  const { name, displayName, url, events, of, secrets, state, failingSince, lastDeliveredAt, waiting, isFromFile } = hook
  const [opened, setOpened] = useState(false)
  const last = useTicking((now) => (lastDeliveredAt === undefined ? words.never : `${moment(lastDeliveredAt, now, 'UTC')} UTC`))
  const since = useTicking((now) => (failingSince === undefined ? '' : words.failingSince(`${moment(failingSince, now, 'UTC')} UTC`)))
  return (
    <Panel
      className="settings-wide"
      title={displayName}
      beside={
        <Chip tone={TONES[state]}>
          {words.states[state]} {state === 'failing' && since}
        </Chip>
      }
    >
      {state === 'off' && <Note tone="warn">{words.off}</Note>}
      {state === 'no-secret' && <Note tone="warn">{words.noSecret}</Note>}
      <DefinitionList
        items={[
          { term: words.address, is: <span className="mono">{url}</span> },
          { term: words.events, is: events?.join(', ') ?? words.everyEvent },
          { term: words.incidents, is: of?.join(', ') ?? words.everyIncident },
          { term: words.last, is: last },
          { term: words.waiting, is: String(waiting) },
          { term: words.secrets, is: String(secrets) },
        ]}
      />
      <div className="line wraps">
        {onTest && secrets > 0 && (
          <Button size="small" icon="bolt" busy={busy === name} onClick={() => onTest(name)}>
            {words.test}
          </Button>
        )}
        {onSecret && !isFromFile && (
          <Button size="small" icon="key" kind={secrets === 0 ? 'primary' : 'secondary'} onClick={onSecret}>
            {words.secret}
          </Button>
        )}
        {onRetire && !isFromFile && secrets > 1 && (
          <Button size="small" kind="quiet" onClick={() => onRetire(name)}>
            {words.retire}
          </Button>
        )}
        <Button size="small" kind="quiet" icon={opened ? 'up' : 'down'} aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {words.deliveries}
        </Button>
      </div>
      {opened && deliveries(name)}
    </Panel>
  )
}

const DELIVERY_TONES: Record<DeliveryShown['state'], ChipTone> = {
  waiting: 'outline',
  sending: 'outline',
  delivered: 'good',
  'gave-up': 'bad',
  withheld: 'neutral',
}

export function Deliveries({
  of,
  deliveries,
  onAgain,
}: {
  of: string
  deliveries: DeliveryShown[]
  onAgain: ((id: string) => void) | undefined
}) {
  if (deliveries.length === 0) return <p className="dim">{words.noDeliveries}</p>
  const columns: Column<DeliveryShown>[] = [
    {
      head: words.columns.what,
      fills: true,
      cell: ({ type, incident }) => (
        <>
          <span className="mono">{type}</span> {incident !== undefined && <a href={links.incident(incident)}>{incident}</a>}
        </>
      ),
    },
    { head: words.columns.when, wideOnly: true, cell: ({ occurredAt }) => <When at={occurredAt} /> },
    { head: words.columns.state, cell: ({ state }) => <Chip tone={DELIVERY_TONES[state]}>{words.delivery[state]}</Chip> },
    {
      head: words.columns.answer,
      wideOnly: true,
      cell: ({ answer, attempts }) => [answer, words.attempts(attempts)].filter(Boolean).join(', '),
    },
    {
      head: words.columns.again,
      headOnlyRead: true,
      align: 'right',
      cell: ({ id, type, state }) =>
        onAgain && state !== 'sending' ? (
          <Button size="small" kind="quiet" aria-label={`${words.again}: ${type}`} onClick={() => onAgain(id)}>
            {words.again}
          </Button>
        ) : null,
    },
  ]
  return <Table label={words.deliveriesOf(of)} columns={columns} groups={[{ rows: deliveries }]} keyOf={({ id }) => id} />
}

function When({ at }: { at: Instant }) {
  return <span className="unbroken">{useTicking((now) => `${moment(at, now, 'UTC')} UTC`)}</span>
}
