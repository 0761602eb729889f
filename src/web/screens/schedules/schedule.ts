import { DAY, type Instant } from '../../../kernel/time.ts'
import { instantOf, isTimeZone, type LocalTime, localOf, zoneOf } from '../../../kernel/zone.ts'
import type { ScheduleSpec } from '../../../modules/oncall/schedule.ts'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type { ScheduleSpec }
export type LayerSpec = ScheduleSpec['layers'][number]
export type OverrideSpec = NonNullable<ScheduleSpec['overrides']>[number]
export type RestrictionSpec = NonNullable<LayerSpec['restrictions']>[number]
export type Weekday = NonNullable<RestrictionSpec['days']>[number]

/** Somebody's time on call, or time in which nobody is. */
export interface Shift {
  gap: boolean
  /** A gap that is left on purpose: hours for which the schedule is not written. */
  outsideHours: boolean
  person: string | null
  displayName: string | null
  from: Instant
  until: Instant
  whyKind: 'layer' | 'override' | null
  layer: string | null
}

export interface Preview {
  since: Instant
  until: Instant
  shifts: Shift[]
  layers: { name: string; shifts: Shift[] }[]
  /** So many turns that the last ones were left out. */
  more: boolean
  /** The version of the zones it was reckoned with. */
  zoneData: string
  /** Whom saving puts on call, and whom it takes off. */
  handover: Handover | undefined
}

export interface Handover {
  /** People by name; null: nobody. */
  now: { from: string | null; to: string | null }
  shifts: { changed: number; of: number }
  /** First handoffs by which whoever has the turn keeps it. */
  keepTurn: { layer: string; start: string }[]
}

export function startingAt(schedule: ScheduleSpec, starts: Handover['keepTurn']): ScheduleSpec {
  const startOf = ({ name, start }: LayerSpec) => starts.find(({ layer }) => layer === name)?.start ?? start
  return { ...schedule, layers: schedule.layers.map((layer) => ({ ...layer, start: startOf(layer) })) }
}

/** An override made in the product, beside the document. */
export interface MadeOverride {
  id: string
  displayName: string
  from: Instant
  until: Instant
  reason: string | null
  madeBy: string
}

export const WEEKLY_START = 'T09:00'

/** What a new schedule begins with: one person after the other, a week each, from the next Monday on. */
export function blankSchedule(today: Date, zone: string): ScheduleSpec {
  return { timeZone: zone, layers: [newLayer([], today)] }
}

export function newLayer(layers: LayerSpec[], today: Date): LayerSpec {
  const names = new Set(layers.map(({ name }) => name))
  let name = 'weekly'
  for (let number = 2; names.has(name); number++) name = `layer-${number}`
  return { name, users: [], start: `${lastMonday(today)}${WEEKLY_START}`, turn: '1w' }
}

/** The Monday before, so that somebody is on call at once. */
function lastMonday(today: Date): string {
  const monday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - ((today.getDay() + 6) % 7) - 7)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${monday.getFullYear()}-${two(monday.getMonth() + 1)}-${two(monday.getDate())}`
}

/** A zone that can be counted in, whatever is being typed. */
export function usableZone(timeZone: string | undefined): string {
  return timeZone !== undefined && isTimeZone(timeZone) ? timeZone : 'UTC'
}

/** The midnights of so many days and the one after, in a zone whose days may have 23 or 25 hours. */
export function midnights(day: LocalTime, count: number, timeZone: string): Instant[] {
  const zone = zoneOf(timeZone)
  return Array.from({ length: count + 1 }, (_, i) => instantOf(zone, day + i * DAY))
}

/** The day on the wall that an instant belongs to. */
export function dayOf(at: Instant, timeZone: string): LocalTime {
  return Math.floor(localOf(zoneOf(timeZone), at) / DAY) * DAY
}

/** `2026-01-05T09:00`, as the wall clock shows an instant. */
export function onTheWall(at: Instant, timeZone: string): string {
  return new Date(localOf(zoneOf(timeZone), at)).toISOString().slice(0, 16)
}

/** How much of the time each person has, most first. */
export function loadOf(shifts: Shift[]): { displayName: string; ms: number; share: number }[] {
  const sums = new Map<string, number>()
  for (const { displayName, from, until } of shifts)
    if (displayName !== null) sums.set(displayName, (sums.get(displayName) ?? 0) + until - from)
  const total = [...sums.values()].reduce((sum, ms) => sum + ms, 0)
  return [...sums].map(([displayName, ms]) => ({ displayName, ms, share: ms / total })).sort((a, b) => b.ms - a.ms)
}
