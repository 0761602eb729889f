import { HOUR, type Instant, MINUTE, SECOND } from '../../../../kernel/time.ts'
import { createTicker } from '../../../parts/ticking.tsx'

/** The night all drawn data is from. */
export const sampleNow: Instant = Date.parse('2026-10-20T03:23:41Z')
export const sampleZone = 'Europe/Berlin'

/** A clock that begins at the drawn moment when the page is opened and goes on from there. */
export const sampleTicker = createTicker({ now: () => sampleNow + Math.round(performance.now()) })

export const ago = ({ hours = 0, minutes = 0, seconds = 0 }) => sampleNow - hours * HOUR - minutes * MINUTE - seconds * SECOND
export const ahead = ({ hours = 0, minutes = 0, seconds = 0 }) => sampleNow + hours * HOUR + minutes * MINUTE + seconds * SECOND
/** A time of the drawn night, in UTC. */
export const at = (time: string): Instant => Date.parse(`2026-10-20T${time}Z`)
export const on = (text: string): Instant => Date.parse(text)
