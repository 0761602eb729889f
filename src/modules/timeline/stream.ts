import { Readable } from 'node:stream'
import { type Clock, SECOND } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import type { RawRoute } from '../../platform/http.ts'
import type { Log } from '../../platform/log.ts'
import type { RecordedEvent } from './events.ts'
import { createHorizon } from './horizon.ts'
import { type Cursor, endOfTimeline, isKnown, readFrom } from './store.ts'

/** Followers in browsers: one reader of the timeline a node, any number of listeners. */
export interface LiveStream {
  /** A server-sent-event stream, beginning after the event `after` when it is known. */
  open(after: Cursor | null): Promise<Readable>
  loops: Loop[]
  /** How far behind what is happening listeners are held by the database; 0 as a rule. */
  lagMs(): number
  /** Ends every stream; the server is stopping. */
  close(): void
}

const HEARTBEAT_MS = 15 * SECOND
const CATCH_UP = 500

export function createLiveStream(db: Database, clock: Clock, log: Log, describe: (event: RecordedEvent) => unknown): LiveStream {
  /** Each with the event it has seen last: whoever joins while others are told neither misses one nor hears it twice. */
  const listeners = new Map<Readable, Cursor>()
  const horizon = createHorizon(db, clock, beat)
  const heartbeat = setInterval(beat, HEARTBEAT_MS)
  heartbeat.unref()

  /** Says that the connection lives, and whether what comes over it is what happens now. Sent at once when that changes. */
  function beat(): void {
    send(beatText())
  }

  function beatText(): string {
    return `event: beat\ndata: ${JSON.stringify({ at: clock.now(), lagMs: horizon.lagMs() })}\n\n`
  }

  function send(text: string): void {
    for (const listener of listeners.keys()) push(listener, text)
  }

  function tell(event: RecordedEvent & { cursor: Cursor }): void {
    const text = textOf(event)
    for (const [listener, seen] of listeners) {
      if (!isLater(event.cursor, seen)) continue
      listeners.set(listener, event.cursor)
      push(listener, text)
    }
  }

  function textOf(event: RecordedEvent & { cursor: Cursor }): string {
    return `id: ${event.cursor.xact}-${event.cursor.position}\nevent: ${event.event.type}\ndata: ${JSON.stringify(describe(event))}\n\n`
  }

  async function tick(): Promise<number> {
    const [first, ...others] = listeners.values()
    if (!first) return 0
    const slowest = others.reduce((least, one) => (isLater(least, one) ? one : least), first)
    const { events } = await readFrom(db.sql, slowest, CATCH_UP)
    for (const event of events) tell(event)
    if (events.length === CATCH_UP) log.debug({ events: events.length }, 'the live stream is catching up')
    return events.length
  }

  return {
    async open(after) {
      const stream = new Readable({ read() {} })
      stream.push(`retry: 2000\n\n${beatText()}`)
      const known = after !== null && (await isKnown(db.sql, after))
      // Not known any more (retention, another database): the browser is told to load anew.
      if (after !== null && !known) stream.push('event: reload\ndata: {}\n\n')
      listeners.set(stream, known ? after : await endOfTimeline(db.sql))
      stream.on('close', () => listeners.delete(stream))
      stream.on('error', () => listeners.delete(stream))
      return stream
    },
    loops: [{ name: 'live', everyMs: 400, tick }, horizon.loop],
    lagMs: horizon.lagMs,
    close() {
      clearInterval(heartbeat)
      for (const listener of listeners.keys()) listener.push(null)
    },
  }
}

/** A browser that stopped reading is let go: it comes back with the last id it saw. */
function push(listener: Readable, text: string): void {
  if (listener.readableLength > 1_000_000) listener.destroy()
  else listener.push(text)
}

function isLater(a: Cursor, b: Cursor): boolean {
  return a.xact === b.xact ? a.position > b.position : BigInt(a.xact) > BigInt(b.xact)
}

/** `GET /api/v1/events`: everything that happens, as it happens; resumable by Last-Event-ID. */
export function liveRoute(live: LiveStream): RawRoute {
  return {
    method: 'GET',
    path: '/api/v1/events',
    permission: 'incident:read',
    async handle(request) {
      const last = /^(\d{1,19})-(\d{1,15})$/.exec(String(request.headers['last-event-id'] ?? request.query.get('after')))
      return {
        status: 200,
        body: await live.open(last ? { xact: last[1]!, position: Number(last[2]) } : null),
        headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
      }
    },
  }
}
