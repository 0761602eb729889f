import { expect, test } from 'vitest'
import { iso, SECOND } from '../../kernel/time.ts'
import { readEntries, type ToldFact } from './entries.ts'

const AT = Date.parse('2026-11-20T03:11:00Z')
const fact = (seq: number, type: string, data: object, { happened = seq, recorded = seq, actor = 'person:ada' } = {}): ToldFact => ({
  ...{ seq, type, data, actor },
  happenedAt: iso(AT + happened * SECOND),
  recordedAt: iso(AT + recorded * SECOND),
})

test('entries are read by when they happened, ties by when they were written down', () => {
  const facts = [
    fact(1, 'incident.opened', {}),
    fact(2, 'note.added', { text: 'late' }, { happened: -600 }),
    fact(3, 'note.added', {}, { happened: 1 }),
  ]
  expect(readEntries(facts).map(({ fact }) => fact.seq)).toEqual([2, 1, 3])
})

test('a note that Ada edited twice has her last words, and the ones before a click away', () => {
  const [note] = readEntries([
    fact(1, 'note.added', { text: 'graphs are red', kind: 'decision' }),
    fact(2, 'entry.edited', { of: 1, text: 'graphs are red in eu-1' }),
    fact(3, 'entry.edited', { of: 1, text: 'eu-1 is red' }),
  ])
  expect(note).toMatchObject({
    fact: { data: { text: 'eu-1 is red', kind: 'decision' } },
    before: ['graphs are red', 'graphs are red in eu-1'],
  })
})

test('what was taken back, and what was taken away, says by whom', () => {
  const entries = readEntries([
    fact(1, 'note.added', { text: 'roll back' }),
    fact(2, 'note.added', {}),
    fact(3, 'entry.deleted', { of: 1, reason: 'said too soon' }),
    fact(4, 'entry.redacted', { of: 2 }, { actor: 'person:eve' }),
  ])
  expect(entries).toHaveLength(2)
  expect(entries[0]).toMatchObject({ fact: { data: { text: 'roll back' } }, deleted: { by: 'person:ada', reason: 'said too soon' } })
  expect(entries[1]).toMatchObject({ redacted: { by: 'person:eve' } })
})

test('a mending stands for itself where its entry is not at hand, or its own words were taken away', () => {
  expect(readEntries([fact(9, 'entry.edited', { of: 2, text: 'x' })])).toMatchObject([{ fact: { seq: 9 } }])
  expect(readEntries([fact(1, 'note.added', { text: 'x' }), fact(2, 'entry.edited', {})])).toHaveLength(2)
})

test('both moments count where a person wrote it down more than a minute later; a machine is not late', () => {
  const late = (recorded: number, actor: string) => readEntries([fact(1, 'note.added', {}, { happened: 0, recorded, actor })])[0]!.typedLate
  expect([late(60, 'person:ada'), late(61, 'person:ada'), late(61, 'system')]).toEqual([false, true, false])
})
