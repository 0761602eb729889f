import { z } from 'zod'
import { isTimeZone, parseLocal, parseMoment, parseTimeOfDay, zoneOf } from '../../kernel/zone.ts'
import { parseTurn } from './turn.ts'

const name = z.string().regex(/\S/, 'Write a name')

const timeZone = text(isTimeZone, (zone) => `‹${zone}› is not an IANA time zone; write ${zoneLike(zone)}`)

const localDateTime = text(
  (written) => parseLocal(written) !== undefined,
  (written) => `‹${written}› is not a date and time; write it as 2026-01-05T09:00, as the clocks in the schedule's zone show it`,
)

export const moment = text(
  (written) => parseMoment(written, zoneOf('UTC')) !== undefined,
  (written) => `‹${written}› is not a moment; write 2026-01-05T08:00:00Z, or 2026-01-05T09:00 as the clocks in the schedule's zone show it`,
)

const turn = text(
  (written) => parseTurn(written) !== undefined,
  (written) =>
    `‹${written}› is not the length of a turn; write calendar days or weeks (1d, 2w) or exact time (12h, 90m), not both, above 0 and at most 3660d`,
)

const openingTime = text(
  (written) => parseTimeOfDay(written) !== undefined && written !== '24:00',
  (written) => `‹${written}› is not a time of day; write 00:00 to 23:59, such as 09:00`,
)

const closingTime = text(
  (written) => parseTimeOfDay(written) !== undefined,
  (written) => `‹${written}› is not a time of day; write 00:00 to 24:00, such as 17:00`,
)

const days = z
  .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], 'Write a day as mon, tue, wed, thu, fri, sat or sun'))
  .min(1, 'Write at least one day, or leave `days` out for every day')
  .superRefine((list, check) => {
    list.forEach((day, i) => {
      if (list.indexOf(day) < i) check.addIssue({ code: 'custom', path: [i], message: `‹${day}› is written twice; once is enough` })
    })
  })

/** Hours of the week, on the wall of the schedule's zone. `days` are those on which a window opens, every day if absent. */
const restrictionSpec = z.strictObject({
  days: days.optional(),
  from: openingTime,
  /** At or before `from` means on the next day: 22:00 to 06:00 is a night, 09:00 to 09:00 a whole day. */
  until: closingTime,
})

const layerSpec = z
  .strictObject({
    name,
    /** Names of people in the order of their turns; one may stand more than once. Nobody is allowed. */
    users: z.array(name),
    /** The first handoff, in the schedule's zone; nobody is on call from this layer before. */
    start: localDateTime,
    /** In days or weeks: calendar days. In hours, minutes or seconds: time that really passes. */
    turn,
    /** When the layer stops for good, in the schedule's zone. */
    end: localDateTime.optional(),
    /** The layer is on call only within these; turns go on meanwhile. An empty list restricts nothing. */
    restrictions: z.array(restrictionSpec).optional(),
  })
  .superRefine((layer, check) => {
    // What cannot be read has had its own issue by now.
    if (layer.end === undefined || !isNoLater(parseLocal(layer.end), parseLocal(layer.start))) return
    check.addIssue({ code: 'custom', path: ['end'], message: `A layer ends after it starts: write an \`end\` later than ${layer.start}` })
  })

/** Moments are ISO 8601 with an offset, or a date and time as the clocks in the schedule's zone show it. */
export const overrideSpec = z.strictObject({ user: name, from: moment, until: moment, reason: z.string().optional() })

/**
 * The `spec` of a Schedule document. What it lets through is what was written, strings included, so that an export
 * gives the document back; the functions in `rota.ts` take it as it is. Of two layers with somebody on call the one
 * written later wins, of two overrides likewise, and any override beats every layer.
 */
export const scheduleSpec = z
  .strictObject({
    displayName: z.string().optional(),
    timeZone,
    layers: z.array(layerSpec),
    overrides: z.array(overrideSpec).optional(),
  })
  .superRefine((schedule, check) => {
    schedule.layers.forEach((layer, i) => {
      if (schedule.layers.findIndex((other) => other.name === layer.name) === i) return
      const message = `Another layer is called ‹${layer.name}›; give each its own name`
      check.addIssue({ code: 'custom', path: ['layers', i, 'name'], message })
    })
    if (!isTimeZone(schedule.timeZone)) return
    const zone = zoneOf(schedule.timeZone)
    schedule.overrides?.forEach(({ from, until }, i) => {
      if (!isNoLater(parseMoment(until, zone), parseMoment(from, zone))) return
      const message = `An override ends after it starts: write an \`until\` later than ${from}`
      check.addIssue({ code: 'custom', path: ['overrides', i, 'until'], message })
    })
  })

export type ScheduleSpec = z.infer<typeof scheduleSpec>
export type LayerSpec = ScheduleSpec['layers'][number]
export type RestrictionSpec = NonNullable<LayerSpec['restrictions']>[number]
export type OverrideSpec = NonNullable<ScheduleSpec['overrides']>[number]

/** Text that `reads`; otherwise one issue that says what to write instead. */
function text(reads: (written: string) => boolean, mend: (written: string) => string) {
  return z.string().superRefine((written, check) => {
    if (!reads(written)) check.addIssue({ code: 'custom', message: mend(written) })
  })
}

function isNoLater(moment: number | undefined, than: number | undefined): boolean {
  return moment !== undefined && than !== undefined && moment <= than
}

/** For `Berlin` or `europe-berlin`, the zone that was probably meant; else an example. */
function zoneLike(written: string): string {
  const letters = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '')
  const meant = Intl.supportedValuesOf('timeZone').find((zone) => {
    return letters(zone) === letters(written) || letters(zone.split('/').at(-1)!) === letters(written)
  })
  return meant ?? 'a name such as Europe/Berlin or UTC'
}
