/** What is heard from the server, by whichever tab listens. */
export type Heard =
  /** A connection stands; `resumed` when nothing can have been missed. */
  | { kind: 'open'; resumed: boolean }
  | { kind: 'event'; id: string; incident: string }
  /** Every 15 s; behind by so much where the server itself has fallen back. */
  | { kind: 'beat'; lagMs: number }
  /** It cannot say what was missed. */
  | { kind: 'reload' }

export interface Stream {
  /** Connects anew at once, in this tab. */
  connect(): void
  close(): void
}

const NAME = 'tocsin.live'

/**
 * One connection for all tabs of this browser: browsers allow only a few to one server, and every tab that holds one
 * takes it from the others' questions. The tab that has the lock listens and passes on what it hears; when it is
 * closed the next one goes on after the last event it was told. Where browsers have no locks each tab has its own.
 */
export function openStream(hear: (heard: Heard) => void): Stream {
  const closing = new AbortController()
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(NAME)
  let source: EventSource | undefined
  let lastId: string | undefined

  const take = (heard: Heard) => {
    if (heard.kind === 'event') lastId = heard.id
    if (heard.kind === 'reload') lastId = undefined
    hear(heard)
  }
  const tell = (heard: Heard) => {
    take(heard)
    channel?.postMessage(heard)
  }
  const connect = () => {
    source?.close()
    const from = lastId
    source = new EventSource(from === undefined ? '/api/v1/events' : `/api/v1/events?after=${encodeURIComponent(from)}`)
    source.addEventListener('open', () => tell({ kind: 'open', resumed: lastId !== undefined }))
    source.addEventListener('beat', ({ data }: MessageEvent<string>) => tell({ kind: 'beat', lagMs: lagIn(data) }))
    source.addEventListener('reload', () => tell({ kind: 'reload' }))
    for (const type of EVENT_TYPES)
      source.addEventListener(type, ({ data, lastEventId }: MessageEvent<string>) =>
        tell({ kind: 'event', id: lastEventId, incident: (JSON.parse(data) as { incidentId?: string }).incidentId ?? '' }),
      )
  }

  if (channel) channel.onmessage = ({ data }: MessageEvent<Heard>) => take(data)
  if (channel && navigator.locks)
    navigator.locks
      .request(NAME, { signal: closing.signal }, () => {
        connect()
        return new Promise<void>((resolve) => closing.signal.addEventListener('abort', () => resolve()))
      })
      .catch(() => {})
  else connect()

  return {
    connect,
    close() {
      closing.abort()
      source?.close()
      channel?.close()
    },
  }
}

/** A bare moment, or facts by name. */
function lagIn(data: string): number {
  try {
    const beat: unknown = JSON.parse(data)
    const lag = typeof beat === 'object' && beat !== null ? (beat as { lagMs?: unknown }).lagMs : undefined
    return typeof lag === 'number' ? lag : 0
  } catch {
    return 0
  }
}

/** Server-sent events are delivered by name; these are the timeline's. */
const EVENT_TYPES = [
  'incident.opened',
  'incident.severity-changed',
  'incident.acknowledged',
  'incident.unacknowledged',
  'incident.resolved',
  'incident.retitled',
  'alert.joined',
  'alert.ended',
  'alert.acknowledged-by-source',
  'note.added',
  'escalation.level-decided',
  'escalation.none',
  'escalation.level-failed',
  'escalation.stopped',
  'page.delivered',
  'page.failed',
  'page.outcome-unknown',
  'page.gave-up',
]
