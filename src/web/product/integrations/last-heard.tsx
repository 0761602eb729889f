import { type Instant, iso, MINUTE } from '../../../kernel/time.ts'
import { useTicking } from '../../parts/ticking.tsx'
import { age, interval } from '../../parts/time-words.ts'
import { words } from './words.ts'

/** To the second while it is fresh, because that is how one sees that something arrives at all. */
export function LastHeard({ at }: { at: Instant | undefined }) {
  const text = useTicking((now) => (at === undefined ? words.never : heardAgo(now - at)))
  return at === undefined ? (
    <span>{text}</span>
  ) : (
    <time dateTime={iso(at)} className="unbroken">
      {text}
    </time>
  )
}

export function heardAgo(ms: number): string {
  return ms < 5 * MINUTE ? interval(ms) : age(ms)
}
