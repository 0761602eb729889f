import { expect, test } from 'vitest'
import type { Caller } from '../../platform/contract.ts'
import { channels } from '../../plugs/channels/index.ts'
import { readDocuments } from './read.ts'
import { maskedIn, seenBy } from './seen.ts'

const viewer = { permits: () => false } as unknown as Caller
const server = 'https://tocsin:hunter2@bots.example.org/api'
const telegram = {
  name: 'tg',
  channel: 'telegram',
  address: '123456789',
  secret: { env: 'TOCSIN_SECRET_TG' },
  settings: { topic: 7, server },
}
const ada = { kind: 'Person', name: 'ada', spec: { displayName: 'Ada', contacts: [telegram] } }

test('where a contact leads is masked in its settings too, in documents and in differences', () => {
  expect(seenBy(viewer, ada).spec).toEqual({
    displayName: 'Ada',
    contacts: [{ ...telegram, address: '123…89', settings: { topic: 7, server: 'https://bots.example.org/…' } }],
  })
  const difference = { path: 'contacts.tg.settings.server', from: server, to: 'https://api.telegram.org' }
  expect(JSON.stringify(maskedIn('Person', difference, ['from', 'to']))).not.toMatch(/hunter2|org\/api/)
})

test('what was masked is not read back', () => {
  const spec = { contacts: [{ ...telegram, settings: { server: 'https://bots.example.org/…' } }] }
  const text = JSON.stringify({ apiVersion: 'tocsin.dev/v1', kind: 'Person', metadata: { name: 'ada' }, spec })
  expect(readDocuments([{ file: 'a.yaml', text }], { channels, sources: [] }).issues).toMatchObject([
    { path: 'spec.contacts.0.settings.server', message: expect.stringContaining('is masked') },
  ])
})
