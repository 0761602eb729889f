import type { Instant } from '../../kernel/time.ts'
import { type Layer, layerOf, type Piece, pieceAt } from './rotation.ts'
import type { ScheduleSpec } from './schedule.ts'
import { parseMoment, type Zone, zoneOf } from './zone.ts'

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
  const rota = rotaOf(schedule)
  if (extraOverrides.length > 0) return shiftOf(wholeStretchAt(rota, withExtra(rota, extraOverrides), at))
  // The pager asks the same schedule again and again within one shift.
  if (!rota.latest || at < rota.latest.from || at >= rota.latest.until) rota.latest = wholeStretchAt(rota, rota.overrides, at)
  return shiftOf(rota.latest)
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
  const rota = rotaOf(schedule)
  const overrides = withExtra(rota, extraOverrides).filter((override) => override.from < until && override.until > since)
  const pieces: Piece[] = []
  let current: Stretch | undefined
  for (let at = since; at < until; ) {
    const next = stretchAt(rota, overrides, at, pieces)
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

interface Rota {
  /** As written: the last one with somebody on call wins. Layers that never have anybody are left out. */
  readonly layers: readonly Layer[]
  readonly reasons: readonly Why[]
  readonly overrides: readonly TimedOverride[]
  /** Overrides from outside that have been read before. */
  readonly extra: WeakMap<Override, TimedOverride>
  readonly zone: Zone
  /** What `whoIsOnCall` last answered without extra overrides; true for good, for a rota never changes. */
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

const rotas = new WeakMap<ScheduleSpec, Rota>()

function rotaOf(schedule: ScheduleSpec): Rota {
  const known = rotas.get(schedule)
  if (known) return known
  const zone = zoneOf(schedule.timeZone)
  const layers = schedule.layers.map((layer) => layerOf(layer, zone)).filter((layer) => layer !== undefined)
  const rota: Rota = {
    layers,
    reasons: layers.map(({ name }) => ({ kind: 'layer', layer: name })),
    overrides: (schedule.overrides ?? []).map((override) => timed(override, zone)),
    extra: new WeakMap(),
    zone,
    latest: undefined,
  }
  rotas.set(schedule, rota)
  return rota
}

function withExtra({ overrides, extra, zone }: Rota, extraOverrides: readonly Override[]): TimedOverride[] {
  const all = [...overrides]
  for (const override of extraOverrides) {
    let known = extra.get(override)
    if (!known) {
      known = timed(override, zone)
      extra.set(override, known)
    }
    all.push(known)
  }
  return all
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
function wholeStretchAt(rota: Rota, overrides: readonly TimedOverride[], at: Instant): Stretch {
  const pieces: Piece[] = []
  const stretch = stretchAt(rota, overrides, at, pieces)
  if (!stretch.why) return stretch
  while (stretch.until <= LAST_INSTANT) {
    const next = stretchAt(rota, overrides, stretch.until, pieces)
    if (!isSameAnswer(stretch, next)) break
    stretch.until = next.until
  }
  while (stretch.from > -LAST_INSTANT) {
    // Instants are whole milliseconds, so this one is in the stretch before.
    const before = stretchAt(rota, overrides, stretch.from - 1, pieces)
    if (!isSameAnswer(stretch, before)) break
    stretch.from = before.from
  }
  return stretch
}

/**
 * The answer at `at`, with bounds between which it certainly holds. `pieces` carries each layer's latest piece from
 * call to call; layers that a later one hides are not looked at, so that their turns cost nothing.
 */
function stretchAt({ layers, reasons }: Rota, overrides: readonly TimedOverride[], at: Instant, pieces: Piece[]): Stretch {
  const stretch = overrideAt(overrides, at)
  for (let i = layers.length - 1; i >= 0 && !stretch.why; i--) {
    let piece = pieces[i]
    if (!piece || at < piece.from || at >= piece.until) {
      piece = pieceAt(layers[i]!, at)
      pieces[i] = piece
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
    const { from, until } = overrides[i]!
    if (from <= at && at < until) {
      stretch.from = Math.max(stretch.from, from)
      stretch.until = Math.min(stretch.until, until)
      stretch.user = overrides[i]!.user
      stretch.why = overrides[i]!.why
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

function shiftOf({ user, why, from, until }: Stretch): Shift | undefined {
  if (user === undefined || !why) return undefined
  return { user, from, until: until > LAST_INSTANT ? null : until, why }
}

/** The range of Date either side of 1970, in milliseconds. */
const LAST_INSTANT = 8.64e15

function mustBeInstant(at: Instant): void {
  if (!(Math.abs(at) <= LAST_INSTANT)) throw new RangeError(`${at} is not an instant`)
}
