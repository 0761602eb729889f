import { DAY, type Instant } from '../../kernel/time.ts'
import { localOf, parseLocal, type Zone, zoneOf } from '../../kernel/zone.ts'
import { eachShift, isGap, type Override, whoIsOnCall } from './rota.ts'
import { layerOf, turnAt } from './rotation.ts'
import type { LayerSpec, ScheduleSpec } from './schedule.ts'
import { parseTurn } from './turn.ts'

/** A schedule with the overrides made beside it, as it is or as it is to be. */
export interface Planned {
  spec: ScheduleSpec
  overrides: readonly Override[]
}

/** Whom a change of a schedule puts on call, and whom it takes off. */
export interface Handover {
  /** Null: nobody. */
  now: { from: string | null; to: string | null }
  /** Of the next shifts, as they are, those that somebody else has, wholly or in part. */
  shifts: { changed: number; of: number }
  /** What to write so that whoever has the turn keeps it, where that can be done. */
  keepTurn: { layer: string; start: string }[]
}

const SHIFTS = 6
const AHEAD = 400 * DAY

/** What becomes of the pager when `after` takes the place of `before`; undefined when nobody notices soon. */
export function handoverOf(before: Planned, after: Planned, now: Instant): Handover | undefined {
  const from = whoIsOnCall(before.spec, now, before.overrides)?.user ?? null
  const to = whoIsOnCall(after.spec, now, after.overrides)?.user ?? null
  const shifts = shiftsMoved(before, after, now)
  if (from === to && shifts.changed === 0) return undefined
  return { now: { from, to }, shifts, keepTurn: keptStarts(before, after, now) }
}

/** The schedule with other starts of these layers. */
export function startingAt(spec: ScheduleSpec, starts: Handover['keepTurn']): ScheduleSpec {
  const startOf = ({ name, start }: LayerSpec) => starts.find(({ layer }) => layer === name)?.start ?? start
  return { ...spec, layers: spec.layers.map((layer) => ({ ...layer, start: startOf(layer) })) }
}

/** As a sentence without its end: "on call now changes from oli to noa; 6 of the next 6 shifts change". */
export function handoverText({ now, shifts }: Pick<Handover, 'now' | 'shifts'>, called = (name: string) => name): string {
  const named = (name: string | null) => (name === null ? 'nobody' : called(name))
  const moves =
    now.from === now.to ? `on call now stays ${named(now.to)}` : `on call now changes from ${named(now.from)} to ${named(now.to)}`
  const { changed, of } = shifts
  return `${moves}; ${changed} of the next ${of} ${of === 1 ? 'shift changes' : `shifts ${changed === 1 ? 'changes' : 'change'}`}`
}

function shiftsMoved(before: Planned, after: Planned, now: Instant): Handover['shifts'] {
  const [one, other] = hasAnybody(before, now) ? [before, after] : [after, before]
  let of = 0
  let changed = 0
  for (const shift of eachShift(one.spec, now, now + AHEAD, one.overrides)) {
    if (isGap(shift)) continue
    of++
    for (const then of eachShift(other.spec, shift.from, shift.until, other.overrides)) {
      if (!isGap(then) && then.user === shift.user) continue
      changed++
      break
    }
    if (of === SHIFTS) break
  }
  return { changed, of }
}

function hasAnybody({ spec, overrides }: Planned, now: Instant): boolean {
  for (const entry of eachShift(spec, now, now + AHEAD, overrides)) if (!isGap(entry)) return true
  return false
}

/** For each layer that gives its turn to somebody else at this moment: the start by which it does not. */
function keptStarts(before: Planned, after: Planned, now: Instant): Handover['keepTurn'] {
  const zone = zoneOf(after.spec.timeZone)
  return after.spec.layers.flatMap((layer) => {
    const known = before.spec.layers.find(({ name }) => name === layer.name)
    const turn = known && turnIn(known, zoneOf(before.spec.timeZone), now)
    if (!turn || !layer.users.includes(turn.user) || turnIn(layer, zone, now)?.user === turn.user) return []
    const alone = (one: LayerSpec): Planned => ({ spec: { timeZone: after.spec.timeZone, layers: [one] }, overrides: [] })
    const kept = startsFor(layer, zone, turn.from)
      .map((start) => ({ ...layer, start }))
      .filter((one) => turnIn(one, zone, now)?.user === turn.user)
      .map((one) => ({ layer: one.name, start: one.start, changed: shiftsMoved(alone(known), alone(one), now).changed }))
      .sort((a, b) => a.changed - b.changed)[0]
    return kept ? [{ layer: kept.layer, start: kept.start }] : []
  })
}

/** Whose turn it is, whatever hours the layer leaves out, and since when. */
function turnIn(layer: LayerSpec, zone: Zone, at: Instant): { user: string; from: Instant } | undefined {
  const read = layerOf(layer, zone)
  return read && turnAt(read, at)
}

/**
 * Starts that give every user the turn once: as close after the one that is written as they can be, so that the past keeps
 * its shifts, else (with another length of turn) counted back from the handoff that began the turn that runs.
 */
function startsFor(layer: LayerSpec, zone: Zone, handoff: Instant): string[] {
  const turn = parseTurn(layer.turn)!
  const [length, wallStart] = ['days' in turn ? turn.days * DAY : turn.milliseconds, parseLocal(layer.start)!]
  const since = localOf(zone, handoff) - wallStart
  const turns = layer.users.map((_, i) => i + 1)
  const starts =
    since % length === 0
      ? [...turns.map((i) => wallStart + i * length), ...turns.map((i) => wallStart - i * length)]
      : turns.map((i) => wallStart + since - (i - 1) * length)
  return starts.map((wall) => new Date(wall).toISOString().slice(0, wall % 60_000 === 0 ? 16 : 19))
}
