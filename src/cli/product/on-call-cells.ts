import type { Instant } from '../../kernel/time.ts'
import { dayTimes, lengthOf } from '../text/moments.ts'
import { type Text, tone } from '../text/spans.ts'
import type { OnCallView } from './kinds.ts'

/** Who it is, by the name people call them; yourself stands out, a missing person is loud, nobody on purpose is not. */
export function personCell(
  { person, displayName, absence }: Pick<OnCallView, 'person' | 'displayName' | 'absence'>,
  me: string | null,
): Text {
  if (person === null) return isOnPurpose({ absence }) ? tone('dim', 'nobody') : tone('missing', '!nobody')
  return person === me ? tone('you', displayName ?? person) : (displayName ?? person)
}

/** Nobody, because it is written so: the schedule has no such hours, or the level pages nobody. */
export function isOnPurpose({ absence }: Pick<OnCallView, 'absence'>): boolean {
  return absence === 'outside-hours' || absence === 'left-empty'
}

/** `Fri 09:00, 08:00  in 3 d 3 h` */
export function untilCell(until: string | null, now: Instant, zone: string): Text {
  if (until === null) return tone('dim', 'no end in sight')
  const at = Date.parse(until)
  return at <= now ? dayTimes(at, now, zone) : [dayTimes(at, now, zone), '  ', tone('dim', `in ${lengthOf(at - now)}`)]
}

/** By which channels a page comes; one that rings nowhere, or none at all, is named. */
export function reachCell({ person, reachable }: Pick<OnCallView, 'person' | 'reachable'>, isDemo: boolean): Text {
  if (person === null) return '-'
  if (reachable.length === 0) return tone('missing', '!no contact')
  const channels = [...new Set(reachable.map(({ channel }) => channel))]
  if (reachable.every(({ reaches }) => reaches === 'this screen')) return isDemo ? tone('dim', 'screen') : tone('soon', '! screen only')
  return channels.join(' ')
}
