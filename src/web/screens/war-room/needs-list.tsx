import './needs-list.css'
import { useId } from 'react'
import { countdown } from '../../../kernel/moment.ts'
import type { Instant } from '../../../kernel/time.ts'
import type { ReminderRule } from '../../../modules/command/reminders.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import type { IconName } from '../../parts/icon-names.ts'
import { useTicking } from '../../parts/ticking.tsx'
import { moment } from '../../parts/time-words.ts'
import { words } from './needs-words.ts'

export interface NeedShown {
  rule: ReminderRule
  /** As it is known: a role, an audience, the id of a task. */
  key: string
  /** The same in words. */
  subject: string
  /** Whom it is asked of; left out where it is whoever looks, or nobody. */
  who?: string | undefined
  /** From when it counts. */
  since: Instant
  againAt?: Instant | undefined
  /** When somebody is paged for it; `now` while somebody is. */
  pagesAt?: Instant | 'now' | undefined
  /** Another name of what ends it than the usual one. */
  actName?: string | undefined
  onAct?: (() => void) | undefined
  onLater?: (() => void) | undefined
  onNotNeeded?: (() => void) | undefined
}

const icons: Record<ReminderRule, IconName> = {
  'nobody-has-it': 'bell',
  'commander-empty': 'user',
  'role-empty': 'user',
  offer: 'swap',
  update: 'mega',
  task: 'clock',
  quiet: 'note',
  stuck: 'help',
  mitigated: 'shield',
  resolve: 'ok',
  declare: 'flag',
  close: 'check',
}

/** What waits for somebody, each with the button that ends it. */
export function NeedsList({ needs }: { needs: NeedShown[] }) {
  const id = useId()
  if (needs.length === 0)
    return (
      <section className="needs" aria-label={words.title}>
        <p className="needs-calm">{words.calm}</p>
      </section>
    )
  return (
    <section className="needs" aria-labelledby={id}>
      <h2 id={id}>
        {words.title} <span className="count">{needs.length}</span>
      </h2>
      <ul>
        {needs.map((need) => (
          <Need key={`${need.rule} ${need.key}`} need={need} />
        ))}
      </ul>
    </section>
  )
}

function Need({ need }: { need: NeedShown }) {
  const { rule, subject, who, actName, onAct, onLater, onNotNeeded } = need
  const said = words.rules[rule]
  return (
    <li>
      <Icon name={icons[rule]} />
      <div className="need-words">
        <p className="two-lines">{said.title(subject, who)}</p>
        <SinceAndNext need={need} />
      </div>
      {(onAct ?? onLater ?? onNotNeeded) && (
        <span className="need-acts">
          {onAct && (
            <Button size="small" onClick={onAct}>
              {actName ?? said.act}
            </Button>
          )}
          {onLater && (
            <Button size="small" kind="quiet" onClick={onLater}>
              {rule === 'mitigated' || rule === 'resolve' || rule === 'close' ? words.notYet : words.later}
            </Button>
          )}
          {onNotNeeded && <IconButton size="small" icon="x" label={words.notNeeded(said.title(subject, who))} onClick={onNotNeeded} />}
        </span>
      )}
    </li>
  )
}

function SinceAndNext({ need: { rule, since, againAt, pagesAt } }: { need: NeedShown }) {
  const said = useTicking((now) => {
    const next = (at: Instant | undefined, say: (left: string) => string) => (at === undefined || at <= now ? '' : say(countdown(at - now)))
    const then = pagesAt === 'now' ? words.paging : next(pagesAt, words.pages) || next(againAt, words.again)
    return `${words.rules[rule].since(`${moment(since, now, 'UTC')} UTC`)} ${then}`
  })
  return <p>{said}</p>
}
