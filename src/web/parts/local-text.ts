import { type Instant, iso } from '../../kernel/time.ts'
import { instantOf, localOf, parseLocal, zoneOf } from '../../kernel/zone.ts'

/** What a field for date and time holds: `2026-11-21T09:00`, as the clocks of the zone show it. */
export function localText(at: Instant, timeZone: string): string {
  return iso(localOf(zoneOf(timeZone), at)).slice(0, 16)
}

/** The moment behind such a text; undefined while it is not whole. */
export function momentOfLocal(text: string, timeZone: string): Instant | undefined {
  const local = parseLocal(text)
  return local === undefined ? undefined : instantOf(zoneOf(timeZone), local)
}
