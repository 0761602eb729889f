import './clock.css'
import type { ReactNode } from 'react'
import { countdown, isUtc, zoneName } from '../../kernel/moment.ts'
import { type Instant, iso, MINUTE } from '../../kernel/time.ts'
import { classNames } from './class-names.ts'
import { CountdownStrokes } from './strokes.tsx'
import { useTicking, useZone } from './ticking.tsx'
import { age, momentWithZones, running, shortAge, timeOfDay } from './time-words.ts'
import { words } from './words.ts'

/** The time now in UTC and, where that differs, in the viewer's zone. */
export function ZoneClocks() {
  const zone = useZone()
  const utc = useTicking((now) => timeOfDay(now, 'UTC', 'seconds'))
  const own = useTicking((now, here) => timeOfDay(now, here))
  return (
    <span className="zone-clocks">
      <time>{utc}</time>
      <span className="dim">UTC</span>
      {!isUtc(zone) && (
        <span className="zone-own desk-only">
          <time className="sub">{own}</time> <span className="dim">{zoneName(zone)}</span>
        </span>
      )}
    </span>
  )
}

/** A moment, always with its zones: `03:11 UTC, 05:11 Berlin`. */
export function Moment({ at }: { at: Instant }) {
  const text = useTicking((now, zone) => momentWithZones(at, now, zone))
  return (
    <time dateTime={iso(at)} className="unbroken">
      {text}
    </time>
  )
}

/** How long ago, as a plain age: `2 h 4 m`, or `2h` where it is narrow. */
export function Ago({ since, narrow = false }: { since: Instant; narrow?: boolean }) {
  const text = useTicking((now) => (narrow ? shortAge(now - since) : age(now - since)))
  return (
    <time dateTime={iso(since)} className="unbroken">
      {text}
    </time>
  )
}

/** What has run since, to the second: `00:12:41`. Stands still at `until`. */
export function Running({ since, until }: { since: Instant; until?: Instant | undefined }) {
  const text = useTicking((now) => running((until ?? now) - since))
  return <span className="running">{text}</span>
}

/** The bare figures of a countdown, for use inside a sentence: `1:12`, and `late 1:07` once it is over. */
export function CountdownText({ to }: { to: Instant }) {
  const text = useTicking((now) => (now > to ? `${words.late} ${countdown(now - to)}` : countdown(to - now)))
  return <b className="unbroken">{text}</b>
}

interface CountdownProps {
  title: ReactNode
  /** Says when it ends, or what it belongs to. */
  detail?: ReactNode
  /** Without it there are figures only: strokes would not know how many they were. */
  from?: Instant | undefined
  to: Instant
  /** Below this it is amber: somebody should act now. */
  dueBelowMs?: number
}

/** A countdown with its strokes: one line of a list of clocks. */
export function Countdown({ title, detail, from, to, dueBelowMs = 5 * MINUTE }: CountdownProps) {
  const left = useTicking((now) => Math.ceil((to - now) / 1000) * 1000)
  const state = left < 0 ? 'late' : left <= dueBelowMs ? 'due' : 'calm'
  return (
    <div className={classNames('countdown', `countdown-${state}`)}>
      <span>
        <span className="countdown-title">{title}</span> {detail && <span className="countdown-detail">{detail}</span>}
      </span>
      <CountdownText to={to} />
      {from !== undefined && <CountdownStrokes left={left / (to - from)} />}
    </div>
  )
}
