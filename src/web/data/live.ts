import { useEffect, useSyncExternalStore } from 'react'
import { isOffline } from '../browser.ts'
import type { Staleness } from '../parts/banner.tsx'
import { createFollower } from './follow.ts'
import { outbox } from './outbox.ts'
import { dropKept, keptFrom, queryClient } from './queries.ts'
import { type Heard, openStream, type Stream } from './stream.ts'

/** The server says something at least every 15 s; after this long the screen admits that it is not live. */
const SILENCE_MS = 20_000
/** The server hears late itself of what happens: a transaction left open in its database holds it back. */
const LAG_MS_MAX = 5_000
/** A connection may be dead without telling; while nothing is heard, another one is tried this often. */
const TRY_MS = 10_000

/** Follows the timeline: what happens is shown where it is about. Answers since when it has not been live. */
export function useLive(enabled: boolean): Staleness | undefined {
  const stale = useSyncExternalStore(live.subscribe, live.read)
  useEffect(() => (enabled ? live.follow() : undefined), [enabled])
  return enabled ? stale : undefined
}

/** Told when a connection stands again: the server may have been replaced meanwhile. */
export function onConnected(listener: () => void): void {
  connected.add(listener)
}

const follower = createFollower(queryClient)
const connected = new Set<() => void>()
const waiting = new Set<() => void>()
let stale: Staleness | undefined
let stream: Stream | undefined
let following = 0
let liveUntil = 0
let triedAt = 0
let watch: ReturnType<typeof setInterval> | undefined
let heldBackMs = 0
let hasBeenLive = false

const live = {
  read: () => stale,
  subscribe(wake: () => void) {
    waiting.add(wake)
    return () => {
      waiting.delete(wake)
    }
  },
  /** From one page to the next the connection stays: it ends when for a moment nobody has followed. */
  follow() {
    following += 1
    if (!stream) begin()
    return () => {
      following -= 1
      setTimeout(() => following === 0 && end(), 1000)
    }
  },
}

function begin(): void {
  liveUntil = keptFrom() ?? Date.now()
  triedAt = Date.now()
  stream = openStream(hear)
  watch = setInterval(look, 1000)
  // What the browser knows at once need not be waited for.
  addEventListener('offline', tellOffline)
  addEventListener('online', connect)
  if (keptFrom() !== undefined || isOffline()) tellOffline()
}

function end(): void {
  stream?.close()
  stream = undefined
  clearInterval(watch)
  removeEventListener('offline', tellOffline)
  removeEventListener('online', connect)
  say(undefined)
}

function connect(): void {
  triedAt = Date.now()
  stream?.connect(1000)
}

function hear(heard: Heard): void {
  if (heard.kind === 'beat') heldBackMs = heard.lagMs > LAG_MS_MAX ? heard.lagMs : 0
  if (heldBackMs > 0) {
    liveUntil = Date.now()
    if (heard.kind === 'beat') say({ since: Date.now() - heldBackMs, nextTryAt: Date.now() + TRY_MS, onTry: connect })
  } else {
    // What waits to be sent need not wait for its next try.
    if (stale || heard.kind === 'open') outbox.tryNow()
    liveUntil = Date.now()
    say(undefined)
  }
  if (keptFrom() !== undefined) dropKept()
  if (heard.kind === 'reload' || (heard.kind === 'open' && !heard.resumed)) {
    // At the start of a page everything has just been asked for; only what events tell of may have changed before it was heard.
    if (hasBeenLive) void queryClient.invalidateQueries()
    else follower.lookAgain()
  }
  if (heard.kind === 'open') hasBeenLive = true
  if (heard.kind === 'open') for (const listener of connected) listener()
  if (heard.kind === 'event') follower.hear(heard.event)
}

function look(): void {
  const now = Date.now()
  if (now - liveUntil <= SILENCE_MS && !isOffline()) return
  if (now - triedAt >= TRY_MS) {
    triedAt = now
    stream?.connect(TRY_MS)
  }
  say({ since: liveUntil, nextTryAt: triedAt + TRY_MS, onTry: connect, isOffline: isOffline() })
}

function tellOffline(): void {
  say({ since: liveUntil, nextTryAt: triedAt + TRY_MS, onTry: connect, isOffline: isOffline() })
}

function say(next: Staleness | undefined): void {
  if (next?.since === stale?.since && next?.nextTryAt === stale?.nextTryAt && next?.isOffline === stale?.isOffline) return
  stale = next
  for (const wake of waiting) wake()
}
