import { parentPort } from 'node:worker_threads'
import type { FromWorker, ToWorker } from '../../modules/intake/reader.ts'
import type { Reading } from '../../modules/intake/source.ts'
import { alertSources } from './index.ts'

/** Signals handed over at once: about a millisecond's work for the thread that takes them. */
const PART = 500

const readings = new Map<number, Reading>()

// The program of the reading worker: it reads a body, and hands what it found over part by part, as it is asked.
parentPort?.on('message', (message: ToWorker) => {
  if ('read' in message) {
    const { buffer, byteOffset, byteLength } = message.body
    const source = alertSources.find(({ name }) => name === message.source)!
    readings.set(message.read, source.read(Buffer.from(buffer, byteOffset, byteLength), message.context))
    handOver(message.read, 0)
  } else {
    handOver(message.more, handedOver.get(message.more) ?? 0)
  }
})

const handedOver = new Map<number, number>()

function handOver(id: number, from: number): void {
  const reading = readings.get(id)
  if (!reading) return
  const { signals, ...rest } = reading
  const upTo = from + PART
  const isLast = upTo >= signals.length
  if (isLast) {
    readings.delete(id)
    handedOver.delete(id)
  } else {
    handedOver.set(id, upTo)
  }
  parentPort!.postMessage({ id, signals: signals.slice(from, upTo), ...(isLast && { rest }) } satisfies FromWorker)
}
