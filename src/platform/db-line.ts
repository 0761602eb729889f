import type { Socket } from 'node:net'
import type pg from 'pg'
import { SECOND } from '../kernel/time.ts'

/** A connection that was asked something and said nothing for too long. What it was asked may have been done or not. */
export class Silence extends Error {
  /** SQLSTATE connection_failure: whoever knows that a connection can be lost knows this. */
  readonly code = '08006'
}

/** A statement; one that is more than text and values is made with what hears its answer. */
export type Asked = string | pg.QueryConfig | ((answer: (error: Error | null) => void) => pg.Submittable)

/**
 * One connection, watched. The server ends each statement in its own time, so a connection that has not answered a little
 * after that leads nowhere: a failover behind one address, a partition, a server that stands still. It is cut, and all that
 * was asked over it fails. TCP would take a quarter of an hour to notice.
 */
export interface Line {
  /** Asks over this connection; its answer must come within `limitMs` of the one before it. */
  ask<Result>(query: Asked, limitMs: number): Promise<Result>
  /** When it last answered, on the monotonic clock. */
  heardAt(): number
  /** Why it leads nowhere any more. */
  lost(): Error | undefined
  cut(): void
}

export interface LineWatcher {
  /** Something is asked. */
  onAsked?(): void
  /** It answered. */
  onHeard?(): void
  /** It has said nothing since `since`, and was cut. */
  onSilence?(since: number): void
}

export function watch(client: pg.ClientBase, { onAsked, onHeard, onSilence }: LineWatcher = {}): Line {
  let heardAt = performance.now()
  /** From when the next answer is waited for. */
  let since = heardAt
  let waiting = 0
  let limitMs = 0
  let timer: NodeJS.Timeout | undefined
  let lost: Error | undefined
  client.on('error', (error) => {
    lost ??= error
  })
  client.on('end', () => {
    lost ??= new Silence('The connection was closed.')
  })

  function heard(): void {
    waiting -= 1
    if (waiting === 0) clearTimeout(timer)
    if (lost) return
    heardAt = since = performance.now()
    onHeard?.()
  }

  function look(): void {
    const leftMs = since + limitMs - performance.now()
    if (leftMs > 0) timer = setTimeout(look, leftMs)
    // Should this process itself have stood still, what was said meanwhile is read before anybody is blamed.
    else setImmediate(() => waiting > 0 && (performance.now() - since >= limitMs ? silence() : look()))
  }

  function silence(): void {
    const error = new Silence(`The database has not answered for ${Math.round((performance.now() - since) / SECOND)} s.`)
    onSilence?.(since)
    streamOf(client).destroy(error)
  }

  return {
    ask<Result>(query: Asked, ms: number): Promise<Result> {
      onAsked?.()
      waiting += 1
      if (waiting === 1) {
        since = performance.now()
        limitMs = ms
        timer = setTimeout(look, ms)
      } else limitMs = Math.max(limitMs, ms)
      const answer = answerTo<Result>(client, query)
      answer.then(heard, heard)
      return answer
    },
    heardAt: () => heardAt,
    lost: () => lost,
    cut() {
      lost ??= new Silence('The connection was given up.')
      streamOf(client).destroy()
    },
  }
}

function answerTo<Result>(client: pg.ClientBase, query: Asked): Promise<Result> {
  if (typeof query !== 'function') return client.query(query) as Promise<Result>
  return new Promise((resolve, reject) => {
    client.query(query((error) => (error ? reject(error) : resolve(undefined as Result))))
  })
}

/** The driver does not hand out its socket, and has no other way to leave a server that does not answer. */
export function streamOf(client: pg.ClientBase): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream
}
