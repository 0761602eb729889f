import { expect, test } from 'vitest'
import { iso } from '../../kernel/time.ts'
import { secretKeyFrom } from '../../platform/secret-key.ts'
import { BUNDLE_FORMAT, bundledOf, checkBundle, signedText } from './bundle.ts'
import { CHAIN_START, digestOf, type Link, seal } from './chain.ts'

const NOW = Date.parse('2026-11-20T03:11:00Z')
const { signer } = secretKeyFrom('a secret that is long enough for a test')

/** A story of an older seal that goes on with the newer one, signed. */
function bundleOf(...notes: string[]) {
  let before = CHAIN_START
  const events = notes.map((text, i) => {
    const event = { type: 'note.added', data: { text } } as const
    const entry: Link['entry'] = { incidentId: 'inc_1', happenedAt: NOW + i, recordedAt: NOW + i + 7, actor: 'person:ada', event }
    const link: Link = { v: i === 0 ? 1 : 2, seq: i + 1, entry, data: JSON.stringify(event.data) }
    before = seal(before, link)!
    return bundledOf({ ...link, hash: before })
  })
  const head = { seq: events.length, hash: before }
  const exportedAt = iso(NOW + 60_000)
  const signature = signer.sign(signedText({ id: 'inc_1', head, exportedAt }))
  const incident = { id: 'inc_1', number: 'INC-1', title: 'Disk full' }
  return { format: BUNDLE_FORMAT, incident, exportedAt, events, head, key: signer.publicKey, signature }
}
type Bundle = ReturnType<typeof bundleOf>

const whole = () => bundleOf('Looking.', 'It is the disk.', 'Mended.')

test('a bundle as it was signed is whole, and says what of it is gone', () => {
  expect(checkBundle(whole())).toEqual({
    ...{ state: 'whole', number: 'INC-1', title: 'Disk full', events: 3, goneSeqs: [] },
    ...{ exportedAt: '2026-11-20T03:12:00.000Z', key: signer.publicKey },
  })
  const gone = whole()
  gone.events[1]!.data = null
  expect(checkBundle(gone)).toMatchObject({ state: 'whole', goneSeqs: [2] })
})

test('the key is the same as long as the secret is, and another one for another secret', () => {
  const again = secretKeyFrom('a secret that is long enough for a test').signer
  expect(again.publicKey).toBe(signer.publicKey)
  expect(secretKeyFrom('another secret that is long enough').signer.publicKey).not.toBe(signer.publicKey)
})

const forged: [what: string, change: (bundle: Bundle) => void, at: object][] = [
  ['a word', ({ events }) => void Object.assign(events[1]!, { data: '{"text":"It is the network."}' }), { state: 'broken', seq: 2 }],
  [
    'a word and its digest',
    ({ events }) => void Object.assign(events[1]!, { data: '{}', digest: digestOf('{}') }),
    { state: 'broken', seq: 2 },
  ],
  ['a word of the older seal', ({ events }) => void Object.assign(events[0]!, { data: '{}', digest: digestOf('{}') }), { seq: 1 }],
  ['data of the older seal taken away', ({ events }) => void Object.assign(events[0]!, { data: null }), { seq: 1 }],
  ['the moment', ({ events }) => void Object.assign(events[2]!, { happenedAt: iso(NOW) }), { state: 'broken', seq: 3 }],
  [
    'how the moment is written',
    ({ events }) => void Object.assign(events[0]!, { happenedAt: '2026-11-20T03:11:00Z' }),
    { state: 'broken', seq: 1 },
  ],
  ['who did it', ({ events }) => void Object.assign(events[2]!, { actor: 'person:zoe' }), { state: 'broken', seq: 3 }],
  ['whose it is', ({ events }) => void Object.assign(events[2]!, { incidentId: 'inc_2' }), { state: 'broken', seq: 3 }],
  ['an entry left out', ({ events }) => void events.splice(1, 1), { state: 'broken', seq: 3 }],
  ['two exchanged', ({ events }) => void events.reverse(), { state: 'broken', seq: 3 }],
  ['the last one cut off', ({ events }) => void events.pop(), { state: 'broken', seq: 3 }],
  [
    'the last one cut off and the head mended',
    (bundle) => {
      bundle.events.pop()
      const { seq, hash } = bundle.events.at(-1)!
      bundle.head = { seq, hash }
    },
    { state: 'not-signed' },
  ],
  ['when it was exported', (bundle) => void Object.assign(bundle, { exportedAt: iso(NOW) }), { state: 'not-signed' }],
  ['the signature', (bundle) => void Object.assign(bundle, { signature: 'AAAA' }), { state: 'not-signed' }],
  [
    'the key',
    (bundle) => void Object.assign(bundle, { key: secretKeyFrom('another secret that is long enough').signer.publicKey }),
    { state: 'not-signed' },
  ],
  ['the key, for nonsense', (bundle) => void Object.assign(bundle, { key: 'none' }), { state: 'not-signed' }],
  ['an entry for nonsense', ({ events }) => void events.splice(1, 1, null as never), { state: 'broken', seq: 2 }],
]
test.each(forged)('whoever changes %s is found out', (_what, change, found) => {
  const bundle = whole()
  change(bundle)
  expect(checkBundle(bundle)).toMatchObject(found)
})

test('what is no bundle is called none', () => {
  expect(checkBundle({ format: 'tocsin.dev/bundle/v9' })).toEqual({ state: 'no-bundle' })
  expect(checkBundle('')).toEqual({ state: 'no-bundle' })
})
