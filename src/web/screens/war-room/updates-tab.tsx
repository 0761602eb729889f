import './updates.css'
import type { Instant } from '../../../kernel/time.ts'
import { Person, type PersonLook } from '../../parts/avatar.tsx'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { Moment } from '../../parts/clock.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { SkeletonText } from '../../parts/skeleton.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { moment } from '../../parts/time-words.ts'
import { words as steps } from '../../product/shell/step-words.ts'
import { words } from './updates-words.ts'

export type Audience = 'internal' | 'status-page'

export interface UpdateShown {
  id: string
  audience: Audience
  text: string
  by: PersonLook
  at: Instant
  nextBy?: Instant | undefined
}

interface UpdatesTabProps {
  updates: Loadable<UpdateShown[]>
  timelineHref: string
  onPost?: (() => void) | undefined
}

/** What people were told, the latest first. */
export function UpdatesTabScreen({ updates, timelineHref, onPost }: UpdatesTabProps) {
  const post = onPost && (
    <Button icon="mega" onClick={onPost}>
      {words.act}
    </Button>
  )
  return (
    <Loaded of={updates} skeleton={<SkeletonText lines={4} />}>
      {(all) =>
        all.length === 0 ? (
          <EmptyState
            title={words.empty}
            headingLevel={2}
            step={post ?? <ButtonLink href={timelineHref}>{steps.wholeTimeline}</ButtonLink>}
          >
            <p>{words.emptyAbout}</p>
          </EmptyState>
        ) : (
          <ol className="updates" aria-label={words.list}>
            {all.map((update) => (
              <li key={update.id}>
                <Update update={update} isLatest={all.find(({ audience }) => audience === update.audience) === update} />
              </li>
            ))}
          </ol>
        )
      }
    </Loaded>
  )
}

function Update({ update: { audience, text, by, at, nextBy }, isLatest }: { update: UpdateShown; isLatest: boolean }) {
  const next = useTicking((now) => (nextBy === undefined ? words.noNext : words.next(`${moment(nextBy, now, 'UTC')} UTC`)))
  return (
    <article>
      <header className="line wraps">
        <Person person={by} />
        <Chip tone={audience === 'internal' ? 'outline' : 'info'} icon={audience === 'internal' ? 'users' : 'globe'}>
          {words.audiences[audience]}
        </Chip>
        <span className="dim fine">
          <Moment at={at} />
        </span>
      </header>
      <p className="update-text">{text}</p>
      {/* What the one after it kept or broke is no promise any more. */}
      {isLatest && <p className="dim fine">{next}</p>}
    </article>
  )
}
