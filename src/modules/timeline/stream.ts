import { Readable } from 'node:stream'
import type { Permission } from '../../kernel/permission.ts'
import { type Clock, type Instant, SECOND } from '../../kernel/time.ts'
import type { Caller } from '../../platform/contract.ts'
import type { Database, Sql } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import type { RawRoute } from '../../platform/http.ts'
import type { Log } from '../../platform/log.ts'
import type { RecordedEvent } from './events.ts'
import { FOLLOWED_MAX, follower, type Place } from './follower.ts'
import { createHorizon } from './horizon.ts'
import { type Cursor, endOfTimeline, type Followed, isKnown } from './store.ts'

/** Followers in browsers: one reader of the timeline a node, any number of listeners. */
export interface LiveStream {
  /** A server-sent-event stream, beginning after the event `after` when it is known. It ends with the caller's right to it. */
  open(after: Cursor | null, caller: Caller, form?: Form): Promise<Readable>
  /** Where it stands now, as `after` takes it: who reads afterwards and follows from here misses nothing. */
  end(): Promise<string>
  loops: Loop[]
  /** How far behind what is happening listeners are held by the database; 0 as a rule. */
  lagMs(): number
  /** Ends every stream; the server is stopping. */
  close(): void
}

/** Everything an event says, or no more than a screen can do with: an event of many words comes as `"data": null`. */
export type Form = 'whole' | 'brief'
/** One event to one listener, in its brief form; longer ones come without what they say. */
export const BRIEF_BYTES_MAX = 1000

const HEARTBEAT_MS = 15 * SECOND
/** Whether listeners may still listen is asked this often, and before they are told something, unless it was within the last second. */
const ASK_AGAIN_MS = 5 * SECOND
const ASKED_KEPT_MS = SECOND
const RIGHT: Permission = 'incident:read'

/** Whether one may hear of an incident. */
export type Hearing = (caller: Caller, incidentId: string) => boolean

export interface LiveParts {
  db: Database
  clock: Clock
  log: Log
  /** As it is told. */
  describe(event: RecordedEvent): object
  /** Who of these still has the right. */
  stillMay(callers: Caller[], permission: Permission): Promise<Set<Caller>>
  /** Who may hear of these incidents: asked of every batch of events before it is told, once for all who listen. */
  readHearing(sql: Sql, incidentIds: string[]): Promise<Hearing>
}

export function createLiveStream({ db, clock, log, describe, stillMay, readHearing }: LiveParts): LiveStream {
  /** Each with the event it has seen last: whoever joins while others are told neither misses one nor hears it twice. */
  const listeners = new Map<Readable, Cursor>()
  const callers = new WeakMap<Readable, Caller>()
  const forms = new WeakMap<Readable, Form>()
  let askedAt = clock.now()
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
    const bytes = Buffer.from(text)
    for (const listener of listeners.keys()) push(listener, bytes)
  }

  function tell(event: Followed, hears: Hearing): void {
    // The same bytes for all: those who stopped reading hold what they were told once, and not once each.
    const bytes = bytesOf(event)
    for (const [listener, seen] of listeners) {
      if (!isLater(event.cursor, seen)) continue
      listeners.set(listener, event.cursor)
      if (hears(callers.get(listener)!, event.incidentId)) push(listener, bytes[forms.get(listener)!])
    }
  }

  /** Ends the streams of tokens that were revoked, people who were removed or signed out. All are asked about at once. */
  async function askAgain(): Promise<void> {
    const listening = [...listeners.keys()]
    if (listening.length > 0) {
      const may = await stillMay(
        listening.map((one) => callers.get(one)!),
        RIGHT,
      )
      for (const one of listening)
        if (!may.has(callers.get(one)!)) {
          listeners.delete(one)
          one.push(null)
        }
    }
    askedAt = clock.now()
  }

  function bytesOf(event: Followed): Record<Form, Buffer> {
    const described = describe(event)
    const told = (said: object) =>
      Buffer.from(`id: ${event.cursor.xact}-${event.cursor.position}\nevent: ${event.event.type}\ndata: ${JSON.stringify(said)}\n\n`)
    const whole = told(described)
    return { whole, brief: whole.length <= BRIEF_BYTES_MAX ? whole : told({ ...described, data: null }) }
  }

  /** That of the slowest: kept by whoever listens, as the id of the last event. */
  const place: Place<Database> = async (step) => {
    const [first, ...others] = listeners.values()
    if (!first) return 0
    return (
      await step(
        db,
        others.reduce((least, one) => (isLater(least, one) ? one : least), first),
      )
    ).length
  }

  async function take({ sql }: Database, _: Instant, events: Followed[]): Promise<void> {
    if (clock.now() - askedAt >= ASKED_KEPT_MS) await askAgain()
    const hears = await readHearing(sql, [...new Set(events.map(({ incidentId }) => incidentId))])
    for (const event of events) tell(event, hears)
    if (events.length === FOLLOWED_MAX) log.debug({ events: events.length }, 'the live stream is catching up')
  }

  return {
    async open(after, caller, form = 'whole') {
      const stream = new Readable({ read() {} })
      callers.set(stream, caller)
      forms.set(stream, form)
      stream.push(`retry: 2000\n\n${beatText()}`)
      const known = after !== null && (await isKnown(db.sql, after))
      // Not known any more (retention, another database): the browser is told to load anew.
      if (after !== null && !known) stream.push('event: reload\ndata: {}\n\n')
      listeners.set(stream, known ? after : await endOfTimeline(db.sql))
      stream.on('close', () => listeners.delete(stream))
      stream.on('error', () => listeners.delete(stream))
      return stream
    },
    async end() {
      const { xact, position } = await endOfTimeline(db.sql)
      return `${xact}-${position}`
    },
    loops: [
      follower({ name: 'live', everyMs: 400, place, take }),
      { name: 'live-callers', everyMs: ASK_AGAIN_MS, tick: () => askAgain().then(() => 0) },
      horizon.loop,
    ],
    lagMs: horizon.lagMs,
    close() {
      clearInterval(heartbeat)
      for (const listener of listeners.keys()) listener.push(null)
    },
  }
}

/** A browser that stopped reading is let go: it comes back with the last id it saw. */
function push(listener: Readable, bytes: Buffer): void {
  if (listener.readableLength > 1_000_000) listener.destroy()
  else listener.push(bytes)
}

function isLater(a: Cursor, b: Cursor): boolean {
  return a.xact === b.xact ? a.position > b.position : BigInt(a.xact) > BigInt(b.xact)
}

/** `GET /api/v1/events`: everything that happens, as it happens; resumable by Last-Event-ID; `?form=brief` for screens. */
export function liveRoute(live: LiveStream): RawRoute {
  return {
    method: 'GET',
    path: '/api/v1/events',
    permission: RIGHT,
    async handle(request) {
      const last = /^(\d{1,19})-(\d{1,15})$/.exec(String(request.headers['last-event-id'] ?? request.query.get('after')))
      return {
        status: 200,
        body: await live.open(
          last ? { xact: last[1]!, position: Number(last[2]) } : null,
          request.caller,
          request.query.get('form') === 'brief' ? 'brief' : 'whole',
        ),
        headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
      }
    },
  }
}
