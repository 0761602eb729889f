import { readFileSync } from 'node:fs'
import type { Signal } from '../../src/modules/alerts/signal.ts'
import type { AlertSource, Reading } from '../../src/modules/intake/source.ts'

/** Shared by the tests of this folder: the moment a body came in, real bodies, and the one signal in them. */
export const NOW = Date.parse('2026-11-21T01:05:43.568Z')

export function payload(name: string): Buffer {
  return readFileSync(new URL(`../../examples/payloads/${name}.json`, import.meta.url))
}

export function readPayload(source: AlertSource, name: string): Reading {
  return readText(source, payload(name).toString())
}

export function readJson(source: AlertSource, value: unknown): Reading {
  return readText(source, JSON.stringify(value))
}

/** For what `JSON.stringify` cannot write: broken JSON, doubled keys, numbers beyond all bounds. */
export function readText(source: AlertSource, text: string): Reading {
  return source.read(Buffer.from(text), { now: NOW, receipt: 'receipt-1' })
}

/** The only signal of a reading that had no problem. */
export function only(reading: Reading): Signal {
  if (reading.problems.length > 0 || reading.signals.length !== 1) throw new Error(`Not one good signal: ${JSON.stringify(reading)}`)
  return reading.signals[0]!
}

/** `{"a":{"a":{"a":…}}}`, so many levels of it, as text. */
export function nested(levels: number): string {
  return `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
}
