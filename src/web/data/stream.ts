import { EVENT_TYPES } from '../../modules/timeline/events.ts'
import { openChannel } from '../browser.ts'
import type { HeardEvent } from './heard-event.ts'
import { startedAfter } from './start.ts'

/** What is heard from the server, by whichever tab listens. */
export type Heard =
  /** A connection stands; `resumed` when nothing can have been missed. */
  | { kind: 'open'; resumed: boolean }
  | { kind: 'event'; id: string; event: HeardEvent }
  /** Every 15 s; behind by so much where the server itself has fallen back. */
  | { kind: 'beat'; lagMs: number }
  /** It cannot say what was missed. */
  | { kind: 'reload' }

export interface Stream {
  /** Connects anew, unless that was tried within so long; whichever tab listens does it. */
  connect(notWithinMs: number): void
  close(): void
}

/** What tabs say to each other. */
type Said = Heard | { kind: 'who' } | { kind: 'mine'; tab: number } | { kind: 'leaving' } | { kind: 'connect'; notWithinMs: number }

/** Tabs of a version that says other things do not hear these. */
const NAME = 'tocsin.live.2'
/** A tab that listens answers within this, hidden too: what tabs say is not slowed down in hidden ones, as timers are. */
const ANSWERS_WITHIN_MS = 250
/** Nothing from the tab that listens for so long, and it is asked whether it is still there. */
const QUIET_MS = 5_000

/**
 * One connection for all tabs of this browser: over HTTP/1.1 browsers allow six to one server, and every tab that holds
 * one takes it from the others' questions. One tab listens and passes on what it hears. Who listens is agreed on by
 * word alone, because locks are for HTTPS only: a tab asks who it is, and when nobody answers it is this one. When the
 * tab is closed, crashes or is put to sleep, another goes on after the last event it was told. Where tabs cannot talk
 * each has its own.
 */
export function openStream(hear: (heard: Heard) => void): Stream {
  const tab = Math.random()
  let source: EventSource | undefined
  let lastId = startedAfter
  let triedAt = 0
  let heardAt = 0
  let asking: ReturnType<typeof setTimeout> | undefined

  const take = (heard: Heard) => {
    if (heard.kind === 'event') lastId = heard.id
    if (heard.kind === 'reload') lastId = undefined
    hear(heard)
  }
  const tell = (heard: Heard) => {
    take(heard)
    channel?.say(heard)
  }
  const listen = () => {
    clearTimeout(asking)
    asking = undefined
    triedAt = Date.now()
    source?.close()
    channel?.say({ kind: 'mine', tab })
    const from = lastId
    source = new EventSource(`/api/v1/events?form=brief${from === undefined ? '' : `&after=${encodeURIComponent(from)}`}`)
    source.addEventListener('open', () => tell({ kind: 'open', resumed: lastId !== undefined }))
    source.addEventListener('beat', ({ data }: MessageEvent<string>) => tell({ kind: 'beat', lagMs: lagIn(data) }))
    source.addEventListener('reload', () => tell({ kind: 'reload' }))
    // Server-sent events are delivered by name.
    for (const type of EVENT_TYPES)
      source.addEventListener(type, ({ data, lastEventId }: MessageEvent<string>) =>
        tell({ kind: 'event', id: lastEventId, event: JSON.parse(data) as HeardEvent }),
      )
  }
  const yieldTo = (other: number) => {
    // Two that began at once: the same one of them stays in both their eyes.
    if (source && other > tab) return channel?.say({ kind: 'mine', tab })
    source?.close()
    source = undefined
    clearTimeout(asking)
    asking = undefined
  }
  const ask = () => {
    if (source || asking) return
    channel?.say({ kind: 'who' })
    asking = setTimeout(listen, ANSWERS_WITHIN_MS)
  }

  const channel = openChannel<Said>(NAME, (said) => {
    if (said.kind === 'who') return source && channel?.say({ kind: 'mine', tab })
    if (said.kind === 'connect') return source && Date.now() - triedAt >= said.notWithinMs && listen()
    if (said.kind === 'leaving') return ask()
    // Others have been told before this page was here.
    if (heardAt === 0 && startedAfter !== undefined) hear({ kind: 'reload' })
    heardAt = Date.now()
    if (said.kind === 'mine') return yieldTo(said.tab)
    // One that slept meanwhile listens still: the two agree.
    if (source) channel?.say({ kind: 'mine', tab })
    take(said)
  })
  const leave = () => {
    if (source) channel?.say({ kind: 'leaving' })
    source?.close()
    source = undefined
  }
  const watch = setInterval(() => Date.now() - heardAt > QUIET_MS && ask(), 1000)
  addEventListener('pagehide', leave)
  if (channel) ask()
  else listen()

  return {
    connect(notWithinMs) {
      if (source) return void (Date.now() - triedAt >= notWithinMs && listen())
      channel?.say({ kind: 'connect', notWithinMs })
      ask()
    },
    close() {
      leave()
      clearInterval(watch)
      clearTimeout(asking)
      removeEventListener('pagehide', leave)
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
