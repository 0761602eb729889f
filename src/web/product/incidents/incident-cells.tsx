import './incident-cells.css'
import { Missing, Person } from '../../parts/avatar.tsx'
import { Ago, CountdownText } from '../../parts/clock.tsx'
import { interval } from '../../parts/time-words.ts'
import type { IncidentRow } from './incident-row.ts'
import { words } from './words.ts'

/** How old it is while it runs, how long it took once it is over. */
export function AgeCell({ row }: { row: IncidentRow }) {
  return row.endedAt === undefined ? (
    <Ago since={row.startedAt} />
  ) : (
    <span className="sub">{interval(roundToMinute(row.endedAt - row.startedAt))}</span>
  )
}

export function HolderCell({ row }: { row: IncidentRow }) {
  if (row.holder) return <Person person={row.holder} short />
  return row.endedAt === undefined ? <Missing>{words.nobody}</Missing> : null
}

/** Who is paged next, and when. */
export function NextCell({ row }: { row: IncidentRow }) {
  if (!row.next) return row.status === 'acknowledged' ? <span className="dim">{words.noMore}</span> : null
  if (row.next.at === undefined) return <span className="sub">{words.nextThen(row.next.who)}</span>
  return (
    <span className="next-page">
      <span className="sub wide-only">{words.nextIn(row.next.who)}</span> <CountdownText to={row.next.at} />
    </span>
  )
}

/** Seconds of an hour-long incident are noise. */
function roundToMinute(ms: number): number {
  return ms < 600_000 ? ms : Math.round(ms / 60_000) * 60_000
}
