import { expect, test } from 'vitest'
import { brokenAt, CHAIN_START, seal } from './chain.ts'
import type { Entry } from './events.ts'

const NOW = Date.parse('2026-11-20T03:11:00Z')

function story(...notes: string[]) {
  let before = CHAIN_START
  return notes.map((text, i) => {
    const entry: Entry = { incidentId: 'inc_1', happenedAt: NOW + i, actor: 'person:ada', event: { type: 'note.added', data: { text } } }
    const data = JSON.stringify(entry.event.data)
    const hash = seal(before, i + 1, entry, data)
    before = hash
    return { seq: i + 1, entry, data, hash }
  })
}

test('a story as it was written is whole', () => {
  expect(brokenAt([])).toBeUndefined()
  expect(brokenAt(story('Looking.', 'It is the disk.', 'Mended.'))).toBeUndefined()
})

type Told = ReturnType<typeof story>[number]

const tampered: [what: string, change: (events: ReturnType<typeof story>) => ReturnType<typeof story>, at: number][] = [
  ['a word', ([one, two, three]) => [one!, { ...two!, data: two!.data.replace('disk', 'network') }, three!], 2],
  ['the moment', ([one, two, three]) => [one!, { ...two!, entry: { ...two!.entry, happenedAt: NOW } }, three!], 2],
  ['who did it', ([one, two, three]) => [one!, two!, { ...three!, entry: { ...three!.entry, actor: 'person:lin' } }], 3],
  [
    'what it was',
    ([one, ...more]) => [
      { ...one!, entry: { ...one!.entry, event: { type: 'incident.unacknowledged', data: { reason: 'worse' } } } },
      ...more,
    ],
    1,
  ],
  ['an event left out', ([one, , three]) => [one!, three!], 3],
  ['an event left out and the others renumbered', ([one, , three]) => [one!, { ...three!, seq: 2 }], 2],
  ['two events exchanged', ([one, two, three]) => [two!, one!, three!], 2],
  ['the beginning cut off', ([, two, three]) => [two!, three!], 2],
  ['another incident’s event', ([one, two, three]) => [one!, { ...two!, entry: { ...two!.entry, incidentId: 'inc_2' } }, three!], 2],
]
test('a number that was never given is found out, however well it is sealed', () => {
  const [one, two] = story('Looking.', 'It is the disk.') as [Told, Told]
  expect(brokenAt([one, { ...two, seq: 3, hash: seal(one.hash, 3, two.entry, two.data) }])).toBe(3)
})

test.each(tampered)('whoever changes %s is found out', (_what, change, at) => {
  expect(brokenAt(change(story('Looking.', 'It is the disk.', 'Mended.')))).toBe(at)
})
