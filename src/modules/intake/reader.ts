import { Worker } from 'node:worker_threads'
import { SECOND } from '../../kernel/time.ts'
import { DEADLINE_MS } from '../../platform/deadlines.ts'
import type { Signal } from '../alerts/index.ts'
import type { AlertSource, ReadBody, ReadContext, Reading } from './source.ts'

/** Reading a body up to this size holds up nobody noticeably; larger ones are read beside the event loop. */
export const BESIDE_BYTES_MIN = 1024 * 1024

/** To the worker: a body to read, then a call for each further part of what it found. */
export type ToWorker = { read: number; source: string; body: Uint8Array; context: ReadContext } | { more: number }
/** From the worker: the signals in parts, since taking over a hundred thousand at once would hold up the loop as well. */
export type FromWorker = { id: number; signals: Signal[]; rest?: Omit<Reading, 'signals'> }

interface Waiting {
  source: AlertSource
  body: Buffer
  context: ReadContext
  signals: Signal[]
  resolve(reading: Reading): void
}

/** A body of 31 MB with 139,000 alerts is read within this; one of the same size with a million tiny ones is not. */
const HEAP_MB = 512
/** Large bodies that wait to be read, together; what comes beyond is told to come back. */
const WAITING_BYTES_MAX = 64 * 1024 * 1024

export interface ReaderParts {
  /** Null reads large bodies here. */
  workerFile: string | null
  readingMs?: number
  heapMb?: number
}

/**
 * Reads bodies: small ones here and now, large ones in a worker that is started with the first of them, one after the other.
 * One that the worker does not come to the end of, in time or within its memory, is a body that could not be read: it is never
 * tried on the event loop, which has others to serve.
 */
export function createReader({ workerFile, readingMs = DEADLINE_MS.reading, heapMb = HEAP_MB }: ReaderParts): {
  read: ReadBody
  close(): Promise<void>
} {
  let worker: Worker | undefined
  let lastId = 0
  let current: (Waiting & { id: number; deadline: NodeJS.Timeout }) | undefined
  const waiting: Waiting[] = []

  function start(file: string): Worker {
    const started = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: heapMb } })
    // It waits for bodies; a process that has nothing else to do may end.
    started.unref()
    started.on('message', receive)
    started.on('error', () => {})
    started.on('exit', () => {
      if (worker !== started) return
      worker = undefined
      giveUp('It could not be read: reading it needs too much memory, or fails.')
    })
    return started
  }

  function next(): void {
    const one = workerFile === null || current ? undefined : waiting.shift()
    if (!one) return
    worker ??= start(workerFile!)
    const id = ++lastId
    current = { ...one, id, deadline: setTimeout(tooLong, readingMs) }
    const copy = new Uint8Array(one.body)
    worker.postMessage({ read: id, source: one.source.name, body: copy, context: one.context } satisfies ToWorker, [copy.buffer])
  }

  function tooLong(): void {
    const stuck = worker
    worker = undefined
    void stuck?.terminate()
    giveUp(`It could not be read within ${readingMs / SECOND} s.`)
  }

  function giveUp(problem: string): void {
    const answer = current?.source.tooLarge
    if (answer) end({ signals: [], problems: [`${problem} Send fewer alerts at a time.`], answer })
  }

  function end(reading: Reading): void {
    const { resolve, deadline } = current!
    clearTimeout(deadline)
    current = undefined
    resolve(reading)
    next()
  }

  function receive({ id, signals, rest }: FromWorker): void {
    if (current?.id !== id) return
    for (const signal of signals) current.signals.push(withoutPrototypes(signal))
    if (rest) end({ ...rest, signals: current.signals })
    // Everything else has its turn before the next part.
    else setImmediate(() => worker?.postMessage({ more: id } satisfies ToWorker))
  }

  function readBeside(source: AlertSource, body: Buffer, context: ReadContext): Promise<Reading> {
    return new Promise((resolve, reject) => {
      if (waiting.length > 0 && waiting.reduce((sum, one) => sum + one.body.length, body.length) > WAITING_BYTES_MAX)
        return reject(new Error('There is no room for more bodies to be read'))
      waiting.push({ source, body, context, signals: [], resolve })
      next()
    })
  }

  return {
    read: (source, body, context) =>
      workerFile === null || body.length < BESIDE_BYTES_MIN ? source.read(body, context) : readBeside(source, body, context),
    async close() {
      await worker?.terminate()
    },
  }
}

/** Prototypes are lost on the way between threads, and labels have none: `constructor` is a label like any other. */
function withoutPrototypes(signal: Signal): Signal {
  Object.setPrototypeOf(signal.labels, null)
  Object.setPrototypeOf(signal.annotations, null)
  return signal
}
