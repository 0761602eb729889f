import { expect, test } from 'vitest'
import type { PersonSpec } from '../people/index.ts'
import { ownSpec } from './own.ts'

const secret = { env: 'TOCSIN_SECRET_NTFY' }
const LIN: PersonSpec = {
  ...{ displayName: 'Lin', role: 'responder', email: 'lin@example.org' },
  contacts: [{ name: 'phone', channel: 'ntfy', address: 'https://ntfy.example.org/lin', secret }],
}
const lin = { permits: () => false }
const admin = { permits: () => true }

test('people write everything about themselves but who they are to others', () => {
  expect(ownSpec(LIN, { displayName: 'Lin Dao', contacts: [] }, lin)).toEqual({
    spec: { displayName: 'Lin Dao', role: 'responder', email: 'lin@example.org', contacts: [] },
  })
  expect(ownSpec(LIN, { role: 'owner' }, lin)).toMatchObject({ refusal: 'not-yours' })
  expect(ownSpec(LIN, { email: 'ada@example.org' }, lin)).toMatchObject({ refusal: 'not-yours' })
  expect(ownSpec(LIN, { role: 'owner' }, admin)).toEqual({ spec: { role: 'owner' } })
})

test.each([
  ['of a contact of one’s own making', { name: 'mine', channel: 'ntfy', address: 'https://ntfy.example.org/mine', secret }],
  ['sent to another address', { name: 'phone', channel: 'ntfy', address: 'https://listens.example.org/lin', secret }],
  ['sent by another channel', { name: 'phone', channel: 'webhook', address: 'https://ntfy.example.org/lin', secret }],
  ['of another name', { ...LIN.contacts![0]!, secret: { env: 'TOCSIN_SECRET_OTHER' } }],
])('a secret of the server is not sent where people like: %s', (_, contact) => {
  expect(ownSpec(LIN, { contacts: [contact] }, lin)).toMatchObject({
    refusal: 'not-yours',
    message: expect.stringContaining('spec.contacts.0.secret'),
  })
})

test('a contact that names a secret stays as it is', () => {
  expect(ownSpec(LIN, { contacts: LIN.contacts }, lin)).toMatchObject({ spec: { contacts: LIN.contacts } })
})
