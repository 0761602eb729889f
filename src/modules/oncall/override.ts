import type { Instant } from '../../kernel/time.ts'
import { parseMoment, zoneOf } from '../../kernel/zone.ts'
import type { Snapshot } from '../documents/index.ts'
import { type OverrideDocumentSpec, Schedule } from './oncall.ts'

/** When an override made in the product begins and ends; one that cannot be read, or whose schedule is gone, is long over. */
export function overrideWindow(snapshot: Snapshot, { schedule, from, until }: OverrideDocumentSpec): { from: Instant; until: Instant } {
  const timeZone = snapshot.get(Schedule, schedule)?.spec.timeZone
  const zone = timeZone === undefined ? undefined : zoneOf(timeZone)
  return { from: (zone && parseMoment(from, zone)) ?? 0, until: (zone && parseMoment(until, zone)) ?? 0 }
}
