import { DAY, type Instant } from '../../kernel/time.ts'
import { firstInstantAt, instantOf, type LocalTime, localOf, parseLocal, parseTimeOfDay, type Zone } from '../../kernel/zone.ts'
import type { LayerSpec, RestrictionSpec } from './schedule.ts'
import { parseTurn } from './turn.ts'

/** A layer with everything written in words turned into numbers once. */
export interface Layer {
  readonly name: string
  readonly start: Instant
  /** Infinity when the layer does not end. */
  readonly end: Instant
  /** Undefined when every turn is the same person's, so that no handoff changes anything. */
  readonly turns: Turns | undefined
  /** Undefined when the layer is unrestricted, or its restrictions together leave nothing out. */
  readonly windows: Windows | undefined
  /** In the order of their turns, never empty. */
  readonly users: readonly string[]
  readonly zone: Zone
}

/** Part of a layer during which its answer is the same; its neighbours may well give that answer too. */
export interface Piece {
  user: string | undefined
  /** -Infinity before the layer's start. */
  from: Instant
  /** Not part of the piece; Infinity after the layer's end, or when nothing ever changes. */
  until: Instant
}

interface Turns {
  start: Instant
  /** Set when turns are counted on the wall: what it shows at the first handoff. */
  wallStart: LocalTime | undefined
  /** Milliseconds; on the wall or elapsed, by `wallStart`. */
  length: number
}

/** When a week is open: rising times since Monday 00:00 on the wall, opening and closing by turns. */
type Windows = readonly number[]

/** Undefined when the layer never has anybody. Throws a RangeError for a spec that `scheduleSpec` would refuse. */
export function layerOf(spec: LayerSpec, zone: Zone): Layer | undefined {
  if (spec.users.length === 0) return undefined
  const wallStart = must(parseLocal(spec.start), spec.start)
  const start = instantOf(zone, wallStart)
  return {
    name: spec.name,
    start,
    end: spec.end === undefined ? Number.POSITIVE_INFINITY : instantOf(zone, must(parseLocal(spec.end), spec.end)),
    turns: spec.users.every((user) => user === spec.users[0]) ? undefined : turnsOf(spec.turn, start, wallStart),
    windows: windowsOf(spec.restrictions),
    users: spec.users,
    zone,
  }
}

/** Who the layer has at an instant, were it the only one, and how long that is certain. Well under a microsecond. */
export function pieceAt(layer: Layer, at: Instant): Piece {
  if (at < layer.start) return { user: undefined, from: Number.NEGATIVE_INFINITY, until: layer.start }
  if (at >= layer.end) return { user: undefined, from: layer.end, until: Number.POSITIVE_INFINITY }
  const piece: Piece = { user: layer.users[0], from: layer.start, until: layer.end }
  if (layer.windows && !narrowToWindow(piece, layer.windows, layer.zone, at)) piece.user = undefined
  else if (layer.turns) narrowToTurn(piece, layer.turns, layer, at)
  return piece
}

/** Whose turn it is, also in hours that the layer leaves out, and since when; undefined before its start and after its end. */
export function turnAt(layer: Layer, at: Instant): { user: string; from: Instant } | undefined {
  const { user, from } = pieceAt({ ...layer, windows: undefined }, at)
  return user === undefined ? undefined : { user, from }
}

/** Cuts the piece to the window, or the closed time between two windows, that holds `at`; answers whether it is open. */
function narrowToWindow(piece: Piece, windows: Windows, zone: Zone, at: Instant): boolean {
  const wall = localOf(zone, at)
  const week = Math.floor((wall - FIRST_MONDAY) / WEEK)
  const time = wall - FIRST_MONDAY - week * WEEK
  let index = week * windows.length - 1
  for (const boundary of windows) if (boundary <= time) index++
  // What the wall shows has been reached, so `from` is past; where an hour comes twice, the next boundary may be too.
  let from = boundaryAt(windows, index, zone)
  let until = boundaryAt(windows, index + 1, zone)
  while (until <= at) {
    from = until
    until = boundaryAt(windows, ++index + 1, zone)
  }
  if (from > piece.from) piece.from = from
  if (until < piece.until) piece.until = until
  return modulo(index, 2) === 0
}

/** Monday, 1970-01-05. */
const FIRST_MONDAY: LocalTime = 4 * DAY
const WEEK = 7 * DAY

/** Boundaries are numbered through from the first Monday on: even ones open, odd ones close. */
function boundaryAt(windows: Windows, index: number, zone: Zone): Instant {
  const inWeek = modulo(index, windows.length)
  const week = (index - inWeek) / windows.length
  return firstInstantAt(zone, FIRST_MONDAY + week * WEEK + windows[inWeek]!)
}

/** Cuts the piece to the turn that holds `at`, an instant not before the layer's start, and names whose turn it is. */
function narrowToTurn(piece: Piece, turns: Turns, { zone, users }: Layer, at: Instant): void {
  const { wallStart, length } = turns
  let turn = Math.floor(wallStart === undefined ? (at - turns.start) / length : (localOf(zone, at) - wallStart) / length)
  // A handoff moved by a clock change is not where the wall says; a day that a zone left out has an empty turn.
  let from = handoff(turns, turn, zone)
  while (from > at) from = handoff(turns, --turn, zone)
  let until = handoff(turns, turn + 1, zone)
  while (until <= at) {
    from = until
    until = handoff(turns, ++turn + 1, zone)
  }
  if (from > piece.from) piece.from = from
  if (until < piece.until) piece.until = until
  piece.user = users[turn % users.length]
}

function handoff(turns: Turns, turn: number, zone: Zone): Instant {
  return turns.wallStart === undefined ? turns.start + turn * turns.length : instantOf(zone, turns.wallStart + turn * turns.length)
}

function turnsOf(text: string, start: Instant, wallStart: LocalTime): Turns {
  const turn = must(parseTurn(text), text)
  return 'days' in turn ? { start, wallStart, length: turn.days * DAY } : { start, wallStart: undefined, length: turn.milliseconds }
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** Joins the windows that touch or overlap, so that every instant is in at most one. None written means no restriction. */
function windowsOf(restrictions: readonly RestrictionSpec[] | undefined): Windows | undefined {
  if (!restrictions || restrictions.length === 0) return undefined
  const windows: number[] = []
  for (const [from, until] of restrictions.flatMap(inWeek).sort((a, b) => a[0] - b[0])) {
    if (windows.length > 0 && from <= windows.at(-1)!) windows[windows.length - 1] = Math.max(until, windows.at(-1)!)
    else windows.push(from, until)
  }
  return windows[0] === 0 && windows[1] === WEEK ? undefined : windows
}

/** One window a day, that of Sunday night cut in two at the end of the week. */
function inWeek(restriction: RestrictionSpec): [from: number, until: number][] {
  const from = must(parseTimeOfDay(restriction.from), restriction.from)
  const until = must(parseTimeOfDay(restriction.until), restriction.until)
  const length = until > from ? until - from : until - from + DAY
  return (restriction.days ?? WEEKDAYS).flatMap((day): [number, number][] => {
    const opens = WEEKDAYS.indexOf(day) * DAY + from
    const closes = opens + length
    if (closes <= WEEK) return [[opens, closes]]
    return [
      [opens, WEEK],
      [0, closes - WEEK],
    ]
  })
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by
}

function must<Read>(read: Read | undefined, text: string): Read {
  if (read === undefined) throw new RangeError(`Cannot read ‹${text}›: the schedule was not checked before it was used`)
  return read
}
