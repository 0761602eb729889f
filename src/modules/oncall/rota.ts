import type { Instant } from '../../kernel/time.ts'
import { parseMoment, type Zone, zoneOf } from '../../kernel/zone.ts'
import { type Layer, layerOf, type Piece, pieceAt } from './rotation.ts'
import type { ScheduleSpec } from './schedule.ts'

/** One person's unbroken time on call for one reason. */
export interface Shift {
  readonly user: string
  readonly from: Instant
  /** Not part of the shift. Null when, as the schedule is written, it never ends: one person, no `end`, nobody who takes over. */
  readonly until: Instant | null
  readonly why: Why
}

/** A shift cut off at the window that was asked for, so that it always has an end. */
export interface ShiftInWindow extends Shift {
  readonly until: Instant
}

/** Time in which nobody is on call. */
export interface Gap {
  readonly gap: true
  readonly from: Instant
  readonly until: Instant
}

/** What decided the answer. */
export type Why =
  | { readonly kind: 'layer'; readonly layer: string }
  | { readonly kind: 'override'; readonly reason?: string; readonly id?: string }

/**
 * An override, of the schedule or kept beside it: moments are instants or written as in a document. One that cannot be
 * read, or does not end after it begins, has no effect.
 */
export interface Override {
  readonly user: string
  readonly from: Instant | string
  readonly until: Instant | string
  readonly reason?: string | undefined
  readonly id?: string | undefined
}

/**
 * Who is on call at `at`, since when, until when and why; undefined when nobody is. `from` and `until` are exact,
 * however far away: they bound the whole stretch with the same person for the same reason, so that successive turns
 * of one person are one shift. `extraOverrides` beat those of the schedule, later ones beat earlier ones. Whether a
 * user still exists is for the caller to find out.
 *
 * The schedule is what `scheduleSpec` let through, and neither it nor an override is changed afterwards: what is worked
 * out from them is kept for as long as the objects live. Throws a RangeError for an instant outside the range of Date.
 */
export function whoIsOnCall(schedule: ScheduleSpec, at: Instant, extraOverrides: readonly Override[] = []): Shift | undefined {
  mustBeInstant(at)
  const rota = rotaOf(schedule, extraOverrides)
  // The pager asks the same schedule again and again within one shift.
  if (!rota.latest || at < rota.latest.from || at >= rota.latest.until) rota.latest = wholeStretchAt(rota, at)
  const { user, why, from, until } = rota.latest
  return user === undefined || !why ? undefined : { user, from, until: until > LAST_INSTANT ? null : until, why }
}

/**
 * Shifts and gaps in order, from `since` to `until` without a hole or an overlap; the first and last are cut off at
 * these. Neighbours differ in person or reason. A turn of seconds over years makes millions: to stop early, use
 * `eachShift`. Throws a RangeError for instants outside the range of Date, or an `until` before `since`.
 */
export function shiftsBetween(
  schedule: ScheduleSpec,
  since: Instant,
  until: Instant,
  extraOverrides: readonly Override[] = [],
): (ShiftInWindow | Gap)[] {
  return [...eachShift(schedule, since, until, extraOverrides)]
}

/** The first time between `since` and `until` when nobody is on call, cut off at these; undefined when there is none. */
export function nextGap(schedule: ScheduleSpec, since: Instant, until: Instant, extraOverrides: readonly Override[] = []): Gap | undefined {
  for (const entry of eachShift(schedule, since, until, extraOverrides)) if (isGap(entry)) return entry
  return undefined
}

export function isGap(entry: Shift | Gap): entry is Gap {
  return 'gap' in entry
}

/** What `shiftsBetween` answers, one at a time. */
export function* eachShift(
  schedule: ScheduleSpec,
  since: Instant,
  until: Instant,
  extraOverrides: readonly Override[] = [],
): Generator<ShiftInWindow | Gap, void, undefined> {
  mustBeInstant(since)
  mustBeInstant(until)
  if (until < since) throw new RangeError('A window ends before it starts')
  const rota = rotaOf(schedule, extraOverrides)
  const overrides = rota.overrides.filter((override) => override.from < until && override.until > since)
  const inWindow = { ...rota, overrides }
  const found: Findings = { layers: [] }
  let current: Stretch | undefined
  for (let at = since; at < until; ) {
    const next = stretchAt(inWindow, at, found)
    next.from = at
    next.until = Math.min(next.until, until)
    at = next.until
    if (current && isSameAnswer(current, next)) current.until = next.until
    else {
      if (current) yield entryOf(current)
      current = next
    }
  }
  if (current) yield entryOf(current)
}

/** A schedule, with overrides from outside or without, worked out. */
interface Rota {
  /** As written: the last one with somebody on call wins. Layers that never have anybody are left out. */
  readonly layers: readonly Layer[]
  readonly reasons: readonly Why[]
  /** The last one in force wins. */
  readonly overrides: readonly TimedOverride[]
  /** What `whoIsOnCall` last found; true for good, for a rota never changes. */
  latest: Stretch | undefined
}

interface TimedOverride {
  readonly user: string
  readonly from: Instant
  readonly until: Instant
  readonly why: Why
}

/** Time in which the answer is the same; nobody when there is no reason. */
interface Stretch {
  user: string | undefined
  why: Why | undefined
  from: Instant
  until: Instant
}

interface KnownRotas {
  readonly zone: Zone
  readonly alone: Rota
  /** By the list of overrides it was asked with, and what was in it then: a list may have grown since. */
  readonly withExtra: WeakMap<readonly Override[], { extra: readonly Override[]; rota: Rota }>
}

const knownRotas = new WeakMap<ScheduleSpec, KnownRotas>()

function rotaOf(schedule: ScheduleSpec, extra: readonly Override[]): Rota {
  let known = knownRotas.get(schedule)
  if (!known) {
    known = readSchedule(schedule)
    knownRotas.set(schedule, known)
  }
  if (extra.length === 0) return known.alone
  const before = known.withExtra.get(extra)
  if (before && isSameList(before.extra, extra)) return before.rota
  const { alone, zone } = known
  const rota: Rota = { ...alone, overrides: [...alone.overrides, ...extra.map((override) => timed(override, zone))], latest: undefined }
  known.withExtra.set(extra, { extra: [...extra], rota })
  return rota
}

function readSchedule(schedule: ScheduleSpec): KnownRotas {
  const zone = zoneOf(schedule.timeZone)
  const layers = schedule.layers.map((layer) => layerOf(layer, zone)).filter((layer) => layer !== undefined)
  const reasons = layers.map(({ name }): Why => ({ kind: 'layer', layer: name }))
  const overrides = (schedule.overrides ?? []).map((override) => timed(override, zone))
  return { zone, alone: { layers, reasons, overrides, latest: undefined }, withExtra: new WeakMap() }
}

function isSameList(one: readonly Override[], other: readonly Override[]): boolean {
  if (one.length !== other.length) return false
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false
  return true
}

function timed({ user, from, until, reason, id }: Override, zone: Zone): TimedOverride {
  const why: Why = { kind: 'override', ...(reason !== undefined && { reason }), ...(id !== undefined && { id }) }
  return { user, from: instantOrNever(from, zone), until: instantOrNever(until, zone), why }
}

/** Never is NaN, which no instant is before, at or after. */
function instantOrNever(moment: Instant | string, zone: Zone): Instant {
  return typeof moment === 'number' ? moment : (parseMoment(moment, zone) ?? Number.NaN)
}

/**
 * The stretch around `at`, as long as the answer stays the same on both sides. This ends soon: within a week unless
 * one layer keeps the answer, and then within its users' turns unless it has one user only and so a single piece.
 */
function wholeStretchAt(rota: Rota, at: Instant): Stretch {
  const found: Findings = { layers: [] }
  const stretch = stretchAt(rota, at, found)
  if (!stretch.why) return stretch
  while (stretch.until <= LAST_INSTANT) {
    const next = stretchAt(rota, stretch.until, found)
    if (!isSameAnswer(stretch, next)) break
    stretch.until = next.until
  }
  while (stretch.from > -LAST_INSTANT) {
    // Instants are whole milliseconds, so this one is in the stretch before.
    const before = stretchAt(rota, stretch.from - 1, found)
    if (!isSameAnswer(stretch, before)) break
    stretch.from = before.from
  }
  return stretch
}

/** The latest findings, carried from one look to the next so that each is made once on the way along. */
interface Findings {
  override?: Stretch
  layers: Piece[]
}

/** The answer at `at`, with bounds between which it certainly holds. Layers that a later one hides are not looked at. */
function stretchAt({ layers, reasons, overrides }: Rota, at: Instant, found: Findings): Stretch {
  let override = found.override
  if (!override || at < override.from || at >= override.until) {
    override = overrideAt(overrides, at)
    found.override = override
  }
  const stretch = { ...override }
  for (let i = layers.length - 1; i >= 0 && !stretch.why; i--) {
    let piece = found.layers[i]
    if (!piece || at < piece.from || at >= piece.until) {
      piece = pieceAt(layers[i]!, at)
      found.layers[i] = piece
    }
    if (piece.from > stretch.from) stretch.from = piece.from
    if (piece.until < stretch.until) stretch.until = piece.until
    if (piece.user === undefined) continue
    stretch.user = piece.user
    stretch.why = reasons[i]
  }
  return stretch
}

/** The last override in force, until it ends or a later one begins; without one, nobody until one begins. */
function overrideAt(overrides: readonly TimedOverride[], at: Instant): Stretch {
  const stretch: Stretch = { user: undefined, why: undefined, from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }
  for (let i = overrides.length - 1; i >= 0 && !stretch.why; i--) {
    const { user, from, until, why } = overrides[i]!
    if (from <= at && at < until) {
      stretch.from = Math.max(stretch.from, from)
      stretch.until = Math.min(stretch.until, until)
      stretch.user = user
      stretch.why = why
    } else if (until <= at && until > stretch.from) stretch.from = until
    else if (from > at && from < stretch.until) stretch.until = from
  }
  return stretch
}

function isSameAnswer(one: Stretch, other: Stretch): boolean {
  return one.user === other.user && isSameReason(one.why, other.why)
}

function isSameReason(one: Why | undefined, other: Why | undefined): boolean {
  if (one === other) return true
  return one?.kind === 'override' && other?.kind === 'override' && one.reason === other.reason && one.id === other.id
}

function entryOf({ user, why, from, until }: Stretch): ShiftInWindow | Gap {
  return user === undefined || !why ? { gap: true, from, until } : { user, from, until, why }
}

/** The range of Date either side of 1970, in milliseconds. */
const LAST_INSTANT = 8.64e15

function mustBeInstant(at: Instant): void {
  if (!(Math.abs(at) <= LAST_INSTANT)) throw new RangeError(`${at} is not an instant`)
}
