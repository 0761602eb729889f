import type { ScheduleAhead } from '../on-call/duty.ts'
import { words } from './words.ts'

/** Whether a schedule has a gap, said the same on every screen. */
export function coverText({ days, gaps }: Pick<ScheduleAhead, 'gaps'> & { days: Pick<ScheduleAhead['days'][number], 'cover'>[] }): string {
  if (gaps.length > 0) return words.gaps(gaps.length)
  if (days.some(({ cover }) => cover === 'unknown')) return words.coverUnknown
  return days.every(({ cover }) => cover === 'whole') ? words.noGap : words.noGapInHours
}
