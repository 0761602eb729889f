import './clocks-section.css'
import { useState } from 'react'
import type { Instant } from '../../../kernel/time.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { Countdown } from '../../parts/clock.tsx'
import { Menu, type MenuItem } from '../../parts/menu.tsx'
import { Section } from '../../parts/panel.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { moment } from '../../parts/time-words.ts'
import { words } from './clocks-words.ts'

export interface ClockShown {
  id: string
  title: string
  since: Instant
  /** When it falls due; `paging` once somebody is paged because it did. */
  to: Instant | 'paging'
  how: 'due' | 'promised' | 'put-off'
  onLater?: (() => void) | undefined
  onNotNeeded?: (() => void) | undefined
}

/** More than these push out of view what stands below. */
const SHOWN = 4

/** What falls due, the soonest first. */
export function ClocksSection({ clocks }: { clocks: ClockShown[] }) {
  const [all, setAll] = useState(false)
  const more = clocks.length - SHOWN
  return (
    <div className="room-clocks">
      <Section title={words.title} flush>
        {clocks.length === 0 && <p className="room-none">{words.none}</p>}
        <ul className="clocks">
          {(all ? clocks : clocks.slice(0, SHOWN)).map((clock) => (
            <li key={clock.id}>
              <Clock clock={clock} />
            </li>
          ))}
        </ul>
        {more > 0 && (
          <div className="clocks-more">
            <Button size="small" kind="quiet" icon={all ? 'up' : 'down'} aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? words.fewer : words.more(more)}
            </Button>
          </div>
        )}
      </Section>
    </div>
  )
}

function Clock({ clock: { title, since, to, how, onLater, onNotNeeded } }: { clock: ClockShown }) {
  const at = useTicking((now) => (to === 'paging' ? '' : `${moment(to, now, 'UTC')} UTC`))
  const items: MenuItem[] = [
    ...(onLater ? [{ kind: 'act', name: words.later, icon: 'snooze', onAct: onLater } as const] : []),
    ...(onNotNeeded ? [{ kind: 'act', name: words.notNeeded, icon: 'x', onAct: onNotNeeded } as const] : []),
  ]
  return (
    <div className="room-clock">
      {to === 'paging' ? (
        <p className="countdown-late">
          <span className="countdown-title">{title}</span> <span className="countdown-detail">{words.paging}</span>
        </p>
      ) : (
        <Countdown
          title={title}
          detail={how === 'promised' ? words.promised(at) : how === 'put-off' ? words.putOff(at) : at}
          from={since}
          to={to}
        />
      )}
      {items.length > 0 && (
        <Menu
          label={words.menu(title)}
          items={items}
          trigger={(wiring) => <IconButton size="small" icon="more" label={words.menu(title)} {...wiring} />}
        />
      )}
    </div>
  )
}
