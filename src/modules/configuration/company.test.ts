import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { DAY } from '../../kernel/time.ts'
import { alertSources } from '../../plugs/alert-sources/index.ts'
import { channels } from '../../plugs/channels/index.ts'
import { keysAt } from '../documents/index.ts'
import { onCallFor } from '../oncall/index.ts'
import { WRITTEN_KINDS } from './kinds.ts'
import { readDocuments } from './read.ts'
import { snapshotAfter } from './together.ts'
import { validateFiles } from './validate.ts'

const files = [{ file: 'company.yaml', text: readFileSync('examples/company.yaml', 'utf8') }]
const vocabulary = { channels, sources: alertSources }

test('the complete example has no mistakes, and nobody in it is left unpaged, all year round', () => {
  for (let at = Date.parse('2026-01-12T00:00:00Z'); at < Date.parse('2027-01-12T00:00:00Z'); at += 13 * DAY)
    expect(validateFiles(files, vocabulary, at), new Date(at).toISOString()).toMatchObject({ issues: [], warnings: [] })
})

test('it is complete: every kind that is written by hand, and every key of each, stands in it', () => {
  const { documents } = readDocuments(files, vocabulary)
  for (const kind of WRITTEN_KINDS) {
    // Made in the product, and in files only by an export.
    if (kind.isDaily) continue
    const specs = documents.filter((one) => one.kind === kind.name).map(({ spec }) => Object.keys(spec as object))
    const missing = keysAt(kind.schema, []).filter((key) => !specs.some((keys) => keys.includes(key)))
    // The key itself is not kept.
    expect(missing, kind.name).toEqual(kind.name === 'Integration' ? ['key'] : [])
  }
})

test.each([
  ['2026-11-20T03:11:00Z', 'noor', 'asia'],
  ['2026-11-20T09:00:00Z', 'beatriz', 'europe'],
  ['2026-11-20T20:00:00Z', 'maya', 'america'],
  ['2026-12-24T09:00:00Z', 'li', 'an override'],
])('at %s the sun has brought it to %s (%s)', (at, person) => {
  const { documents } = readDocuments(files, vocabulary)
  expect(onCallFor(snapshotAfter(documents, undefined), 'follow-the-sun', Date.parse(at))?.user).toBe(person)
})
