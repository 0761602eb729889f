import { mkdirSync, writeFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, expect } from 'vitest'
import type { Recorded, Sample } from './recorded.ts'
import { RECORDED } from './recorded.ts'

// Beside every test that asks a real database: what it asked, each text once with a few of its values, for the plan gate. The
// product's driver is listened to, not the product, so that nothing can be asked past it.

const SAMPLES_MAX = 8
/** A sample larger than this is kept only while there is no smaller one of its shape. */
const SAMPLE_CHARACTERS_MAX = 20_000

const statements = new Map<string, { within: Set<Recorded['within'][number]>; samples: Map<string, Sample> }>()
const inTransaction = new WeakSet<object>()

const query = pg.Client.prototype.query as (this: object, ...args: unknown[]) => unknown
pg.Client.prototype.query = function (this: object, ...args: unknown[]) {
  const [asked] = args
  if (typeof asked === 'string') {
    if (asked.startsWith('begin')) inTransaction.add(this)
    else if (/^(commit|rollback)/.test(asked)) inTransaction.delete(this)
  } else note(asked as { name?: string; text: string; values?: unknown[] }, inTransaction.has(this) ? 'transaction' : 'alone')
  return query.apply(this, args)
} as typeof pg.Client.prototype.query

function note({ name, text, values = [] }: { name?: string; text: string; values?: unknown[] }, within: 'transaction' | 'alone'): void {
  // The driver's own look at prepared statements has none.
  if (name === undefined) return
  const known = statements.get(text) ?? { within: new Set(), samples: new Map() }
  statements.set(text, known)
  known.within.add(within)
  const shape = values.map(shapeOf).join(' ')
  const before = known.samples.get(shape)
  if (before ? JSON.stringify(before).length <= SAMPLE_CHARACTERS_MAX : known.samples.size >= SAMPLES_MAX) return
  const sample = values.map((value) => (Buffer.isBuffer(value) ? { hex: value.toString('hex') } : value))
  if (!before || JSON.stringify(sample).length < JSON.stringify(before).length) known.samples.set(shape, sample)
}

/** What makes a planner think differently: what is left out, what is empty, words such as `open`. */
function shapeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : 'some'
  return typeof value === 'string' && /^[a-z-]{1,12}$/.test(value) ? value : typeof value
}

afterAll(() => {
  if (statements.size === 0) return
  const file = expect.getState().testPath!.slice(process.cwd().length + 1)
  const recorded = [...statements].map(
    ([text, { within, samples }]): Recorded => ({ text, within: [...within], samples: [...samples.values()] }),
  )
  mkdirSync(RECORDED, { recursive: true })
  writeFileSync(`${RECORDED}/${file.replaceAll('/', '+')}.json`, JSON.stringify({ file, recorded }))
})
