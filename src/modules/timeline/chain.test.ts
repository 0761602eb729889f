import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { brokenAt, CHAIN_START, digestOf, type Link, seal } from './chain.ts'

const NOW = Date.parse('2026-11-20T03:11:00Z')

/** A story told with these seals, one after the other. */
function sealedStory(versions: number[], ...notes: string[]) {
  let before = CHAIN_START
  return notes.map((text, i) => {
    const event = { type: 'note.added', data: { text } } as const
    const entry: Link['entry'] = { incidentId: 'inc_1', happenedAt: NOW + i, recordedAt: NOW + i + 7, actor: 'person:ada', event }
    const link: Link = { v: versions[i % versions.length]!, seq: i + 1, entry, data: JSON.stringify(event.data) }
    before = seal(before, link)!
    return { ...link, hash: before }
  })
}

const SEALS = [[1], [2], [1, 2], [2, 1]]
const story = (...notes: string[]) => sealedStory([2], ...notes)

test.each(SEALS)('a story as it was written is whole, sealed by version %s', (...versions) => {
  expect(brokenAt([])).toBeUndefined()
  expect(brokenAt(sealedStory(versions, 'Looking.', 'It is the disk.', 'Mended.'))).toBeUndefined()
})

test('the seals are what they are said to be, so that others can check them', () => {
  const sha = (text: string) => createHash('sha256').update(text).digest('hex')
  const [happened, recorded, data] = ['2026-11-20T03:11:00.000Z', '2026-11-20T03:11:00.007Z', '{"text":"Looking."}']
  expect(sealedStory([1], 'Looking.')[0]!.hash).toBe(sha(`${CHAIN_START}\n1\ninc_1\n${happened}\nperson:ada\nnote.added\n${data}`))
  expect(sealedStory([2], 'Looking.')[0]!.hash).toBe(
    sha(`${CHAIN_START}\n1\ninc_1\n${happened}\n${recorded}\nperson:ada\nnote.added\n${sha(data)}`),
  )
})

test('data can be taken away where its digest is sealed, and nothing can be put in its place', () => {
  const [one, two, three] = story('Looking.', 'It is Kim’s phone.', 'Mended.') as [Told, Told, Told]
  const gone = { ...two, data: null, digest: digestOf(two.data!) }
  expect(brokenAt([one, gone, three])).toBeUndefined()
  expect(brokenAt([one, { ...gone, digest: digestOf('{}') }, three])).toBe(2)
  expect(brokenAt([one, { ...gone, digest: null }, three])).toBe(2)
  expect(brokenAt([one, { ...gone, data: '{}' }, three])).toBe(2)
  const old = sealedStory([1], 'Looking.', 'Mended.') as [Told, Told]
  expect(brokenAt([{ ...old[0], data: null, digest: digestOf(old[0].data!) }, old[1]])).toBe(1)
})

test('an event is not passed off as one of the older seal, nor of one nobody knows', () => {
  const [one, two] = story('Looking.', 'Mended.') as [Told, Told]
  expect(brokenAt([one, { ...two, v: 1 }])).toBe(2)
  expect(brokenAt([one, { ...two, v: 3 }])).toBe(2)
})

type Told = ReturnType<typeof sealedStory>[number]

const tampered: [what: string, change: (events: Told[]) => Told[], at: number][] = [
  ['a word', ([one, two, three]) => [one!, { ...two!, data: two!.data!.replace('disk', 'network') }, three!], 2],
  ['the moment', ([one, two, three]) => [one!, { ...two!, entry: { ...two!.entry, happenedAt: NOW } }, three!], 2],
  ['the moment it was written down', ([one, two, three]) => [one!, { ...two!, entry: { ...two!.entry, recordedAt: NOW } }, three!], 2],
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
  expect(brokenAt([one, { ...two, seq: 3, hash: seal(one.hash, { ...two, seq: 3 })! }])).toBe(3)
})

test.each(tampered)('whoever changes %s is found out', (_what, change, at) => {
  expect(brokenAt(change(story('Looking.', 'It is the disk.', 'Mended.')))).toBe(at)
})
