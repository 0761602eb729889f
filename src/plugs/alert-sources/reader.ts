import { Worker } from 'node:worker_threads'
import type { AlertSource, ReadBody, ReadContext, Reading, Signal } from '../../modules/alerts/source.ts'

/** Reading a body up to this size holds up nobody noticeably; larger ones are read beside the event loop. */
export const BESIDE_BYTES_MIN = 1024 * 1024

/** To the worker: a body to read, then a call for each further part of what it found. */
export type ToWorker = { read: number; source: string; body: Uint8Array; context: ReadContext } | { more: number }
/** From the worker: the signals in parts, since taking over a hundred thousand at once would hold up the loop as well. */
export type FromWorker = { id: number; signals: Signal[]; rest?: Omit<Reading, 'signals'> }

interface Waiting {
  signals: Signal[]
  resolve(reading: Reading): void
  reject(error: Error): void
}

/**
 * Reads bodies: small ones here and now, large ones in a worker that is started with the first of them. Whatever becomes
 * of the worker, the body is read: then here, as if there were none.
 */
export function createReader({ workerFile }: { workerFile: string | null }): { read: ReadBody; close(): Promise<void> } {
  let worker: Worker | undefined
  let lastId = 0
  const waiting = new Map<number, Waiting>()

  function start(file: string): Worker {
    const started = new Worker(file)
    // It waits for bodies; a process that has nothing else to do may end.
    started.unref()
    started.on('message', receive)
    started.on('error', () => {})
    started.on('exit', () => {
      if (worker === started) worker = undefined
      for (const { reject } of waiting.values()) reject(new Error('the reading worker ended'))
      waiting.clear()
    })
    return started
  }

  function receive({ id, signals, rest }: FromWorker): void {
    const one = waiting.get(id)
    if (!one) return
    for (const signal of signals) one.signals.push(withoutPrototypes(signal))
    if (rest) {
      waiting.delete(id)
      one.resolve({ ...rest, signals: one.signals })
    } else {
      // Everything else has its turn before the next part.
      setImmediate(() => worker?.postMessage({ more: id } satisfies ToWorker))
    }
  }

  function readBeside(file: string, source: AlertSource, body: Buffer, context: ReadContext): Promise<Reading> {
    return new Promise<Reading>((resolve, reject) => {
      worker ??= start(file)
      const id = ++lastId
      waiting.set(id, { signals: [], resolve, reject })
      const copy = new Uint8Array(body)
      worker.postMessage({ read: id, source: source.name, body: copy, context } satisfies ToWorker, [copy.buffer])
    }).catch(() => source.read(body, context))
  }

  return {
    read: (source, body, context) =>
      workerFile === null || body.length < BESIDE_BYTES_MIN ? source.read(body, context) : readBeside(workerFile, source, body, context),
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
