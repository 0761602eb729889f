import { CommandError } from '../errors.ts'
import { EXIT } from '../exits.ts'
import type { Server } from './connect.ts'

export interface LiveEvent {
  /** `incident.acknowledged`, or one of our own: `connected`, `lost`, `reload`. */
  type: string
  data: string
}

/** Reads a server-sent-event stream piece by piece: answers the events that are complete by now. */
export function eventReader() {
  let rest = ''
  let lastId: string | undefined
  return {
    lastId: () => lastId,
    read(text: string): LiveEvent[] {
      const blocks = (rest + text).replaceAll('\r\n', '\n').split('\n\n')
      rest = blocks.pop() ?? ''
      return blocks.flatMap((block) => {
        let type = 'message'
        const data: string[] = []
        for (const line of block.split('\n')) {
          const [, field, value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? []
          if (field === 'id') lastId = value
          else if (field === 'event') type = value
          else if (field === 'data') data.push(value)
        }
        return data.length > 0 ? [{ type, data: data.join('\n') }] : []
      })
    },
  }
}

const AGAIN_MS = 2000

/** Everything that happens on the server, until the signal aborts; goes on where it was after a lost connection. */
export async function* follow(server: Server, signal: AbortSignal): AsyncGenerator<LiveEvent> {
  let lastId: string | undefined
  while (!signal.aborted) {
    try {
      const response = await server.request('/api/v1/events', {
        signal,
        headers: { accept: 'text/event-stream', ...(lastId !== undefined && { 'last-event-id': lastId }) },
      })
      if (!response.ok || !response.body) throw new Error(`answered ${response.status}`)
      yield { type: 'connected', data: '{}' }
      const reader = eventReader()
      const decoder = new TextDecoder()
      for await (const chunk of response.body) {
        yield* reader.read(decoder.decode(chunk as Uint8Array, { stream: true }))
        lastId = reader.lastId() ?? lastId
      }
    } catch (error) {
      // Who is not let in asks no more.
      if (error instanceof CommandError && error.exit === EXIT.signIn) throw error
      // What was lost is asked for again from the last event on.
    }
    if (signal.aborted) return
    yield { type: 'lost', data: '{}' }
    await pause(AGAIN_MS, signal)
  }
}

/** Waits, or less when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
