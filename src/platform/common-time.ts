import { type Instant, iso, MINUTE, SECOND } from '../kernel/time.ts'

/**
 * The time all nodes share: the database's clock, and how far ahead of it we are since it last jumped. Written by whichever node
 * looks, so that they agree however different the moments at which they noticed.
 */
export interface CommonTime {
  /** The database's clock when a node last found it going on as it should. */
  databaseAt: Instant
  /** How far our time was ahead of it then; behind it when negative. */
  aheadMs: number
  /** Who wrote this. */
  node: string
  /** The last jump of the database's clock, by our time. */
  jumped: { at: Instant; byMs: number } | null
}

/** A node's own idea of the database's clock, or what it just read from it, with what it knows to be agreed. */
export interface Reading {
  databaseNow: Instant
  common: CommonTime
}

export type Finding =
  /** The clocks go on as they should. */
  | { kind: 'agreed' }
  /** Other nodes saw the database's clock go on while this node, or its machine, stood. */
  | { kind: 'stood-still'; lostMs: number }
  /** The database's clock jumped: our time goes on from where it is, once this is written. */
  | { kind: 'jumped'; common: CommonTime }

/** What differs by more has not drifted. What differs by less is followed at once: backwards, by standing still for as long. */
export const JUMP_MS = 2 * SECOND
/** Nodes look every 5 seconds: so much may have passed since another did, and whether it has, or the clock jumped, makes no difference. */
const FOLLOWED_MS = 7 * SECOND
/** So much faster or slower our time goes until it is the database's again: an hour takes ten, and five minutes are off by half a minute. */
const SLEW = 0.1
/** Nobody holds a lease, and nothing is under way, if no node has looked for so long. */
const NOBODY_MS = MINUTE
/** A jump is told for so long after it was made up. */
const TOLD_MS = 10 * MINUTE

/** Never runs backwards, nor leaps, while the database's clock does not. */
export function timeAt(common: CommonTime, databaseNow: Instant): Instant {
  return databaseNow + aheadAt(common, databaseNow)
}

function aheadAt({ databaseAt, aheadMs }: CommonTime, databaseNow: Instant): number {
  const left = Math.abs(aheadMs) - SLEW * Math.max(0, databaseNow - databaseAt)
  return Math.sign(aheadMs) * Math.max(0, left)
}

/** What a node that has run for a while makes of a reading. */
export function judge(own: Reading, seen: Reading, node: string): Finding {
  const known = timeAt(own.common, own.databaseNow)
  // What was time already for another node is past: we lost what lies between, the database's clock did not jump it.
  const ours = Math.max(known, seen.common.databaseAt + seen.common.aheadMs)
  const aheadMs = timeAt(seen.common, seen.databaseNow) - ours
  if (aheadMs < -JUMP_MS || aheadMs > (seen.common.node === node ? JUMP_MS : FOLLOWED_MS)) {
    const byMs = seen.databaseNow - own.databaseNow - (ours - known)
    const { databaseNow } = seen
    return { kind: 'jumped', common: { databaseAt: databaseNow, aheadMs: ours - databaseNow, node, jumped: { at: ours, byMs } } }
  }
  return ours - known > FOLLOWED_MS ? { kind: 'stood-still', lostMs: ours - known } : { kind: 'agreed' }
}

/** What a node that just started takes over: at least what was time already when nodes last looked. */
export function takeOver(found: CommonTime | null, databaseNow: Instant, node: string): CommonTime {
  if (found === null) return { databaseAt: databaseNow, aheadMs: 0, node, jumped: null }
  const byMs = databaseNow - found.databaseAt
  if (byMs < 0) {
    const at = found.databaseAt + found.aheadMs
    const jumped = byMs < -JUMP_MS ? { at, byMs } : found.jumped
    return { databaseAt: databaseNow, aheadMs: at - databaseNow, node, jumped }
  }
  const aheadMs = aheadAt(found, databaseNow)
  return { ...found, databaseAt: databaseNow, aheadMs: aheadMs < 0 && byMs > NOBODY_MS ? 0 : aheadMs, node }
}

/** The same, found in order at a later moment. */
export function lookedAt({ databaseNow, common }: Reading, node: string): CommonTime {
  return { ...common, databaseAt: databaseNow, aheadMs: aheadAt(common, databaseNow), node }
}

/** What is wrong with the database's clock, worded; null when nothing is, or has been lately. */
export function troubleOf(common: CommonTime, databaseNow: Instant): string | null {
  const aheadMs = aheadAt(common, databaseNow)
  const { jumped } = common
  const isOff = Math.abs(aheadMs) > JUMP_MS
  if (jumped === null || (!isOff && timeAt(common, databaseNow) - jumped.at > TOLD_MS)) return null
  const what = `the database’s clock jumped by ${jumped.byMs < 0 ? '−' : '+'}${seconds(jumped.byMs)} at ${iso(jumped.at)}`
  if (!isOff) return `${what}; nothing was sent early or held up, and it is back where it was`
  const until = iso(databaseNow + Math.abs(aheadMs) / SLEW)
  return `${what} and is ${seconds(aheadMs)} ${aheadMs < 0 ? 'ahead of' : 'behind'} our time, which follows it slowly until ${until}; set the clock of its machine by NTP`
}

function seconds(ms: number): string {
  return `${Math.round(Math.abs(ms) / SECOND)} s`
}
