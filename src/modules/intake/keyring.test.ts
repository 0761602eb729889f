import { expect, test } from 'vitest'
import type { Database } from '../../platform/db.ts'
import { hashKey, Integration } from '../catalog/integration.ts'
import { type Document, type Documents, snapshotOf } from '../documents/index.ts'
import { createKeyring, UNKNOWN_KEPT_MS } from './keyring.ts'

const integration = (key: string) => ({
  kind: 'Integration',
  name: key,
  spec: { source: 'generic', service: 'api', keyHash: hashKey(key) },
})

/** Two nodes' configuration: `elsewhere` is in the database, and known here once it was asked for. */
function scene() {
  let elsewhere: string[] = []
  let here = snapshotOf([], 0)
  let questions = 0
  let now = 1_000_000
  const documents: Documents = {
    last: () => here,
    isBehind: () => false,
    hold: async () => here,
    version: async () => undefined,
    versions: async () => new Map(),
    async fresh() {
      questions++
      const seen = [...elsewhere]
      await new Promise((resolve) => setTimeout(resolve, 5))
      if (here.all(Integration).length !== seen.length)
        here = snapshotOf(seen.map((key) => integration(key) as unknown as Document<unknown>))
      return here
    },
  }
  const keyring = createKeyring({ db: {} as Database, clock: { now: () => now }, documents })
  return {
    opens: async (key: string) => (await keyring.find(key)) !== undefined,
    make: (key: string) => {
      elsewhere = [...elsewhere, key]
    },
    passes: (ms: number) => {
      now += ms
    },
    questions: () => questions,
  }
}

test('a thousand unknown keys at once share their questions', async () => {
  const { opens, questions } = scene()
  const answers = await Promise.all(Array.from({ length: 1000 }, (_, i) => opens(`key-${i}`)))
  expect(answers.some((open) => open)).toBe(false)
  expect(questions()).toBeLessThanOrEqual(2)
})

test('a key made while a question is on its way is found by the next one', async () => {
  const { opens, make, questions } = scene()
  const first = opens('other')
  make('late')
  expect(await opens('late')).toBe(true)
  expect(await first).toBe(false)
  expect(questions()).toBe(2)
})

test('one key tried again and again is asked for every two seconds, and opens no later than that once it is made', async () => {
  const { opens, make, passes, questions } = scene()
  for (let i = 0; i < 100; i++) expect(await opens('late')).toBe(false)
  expect(questions()).toBe(1)
  make('late')
  passes(UNKNOWN_KEPT_MS)
  expect(await opens('late')).toBe(true)
  expect(questions()).toBe(2)
})

test('a known key asks nothing', async () => {
  const { opens, make, questions } = scene()
  make('known')
  expect(await opens('known')).toBe(true)
  for (let i = 0; i < 50; i++) expect(await opens('known')).toBe(true)
  expect(questions()).toBe(1)
})
