import { expect, test } from 'vitest'
import { DAY } from '../kernel/time.ts'
import type { Document } from '../modules/documents/index.ts'
import type { Incident } from '../modules/incidents/index.ts'
import type { PersonSpec } from '../modules/people/index.ts'
import { type Leaning, whyOver } from './link-over.ts'

const issuedAt = Date.parse('2026-11-20T03:11:00Z')
const phone = { name: 'phone', channel: 'ntfy', address: 'https://ntfy.example/ada' }

function ada(uid: string, contacts: PersonSpec['contacts']): Document<PersonSpec> {
  return {
    kind: 'Person',
    name: 'ada',
    version: 1,
    uid,
    spec: { contacts },
    origin: { kind: 'api' },
    changedAt: 0,
    changedBy: 'system',
    validFrom: 0,
  }
}

function leaning(over: Partial<Leaning> & { resolvedAt?: number } = {}): Leaning {
  const link = {
    action: 'acknowledge',
    incidentId: 'inc_1',
    pageId: 'inc_1:1:1:1:ada:0',
    person: 'ada',
    contact: 'phone',
    issuedAt,
  } as const
  const incident = { resolvedAt: over.resolvedAt ?? null } as Incident
  return { link, incident, sentTo: ada('doc_1', [phone]), today: ada('doc_1', [phone]), ...over }
}

test('a link is good until 30 days after it was made', () => {
  expect(whyOver(leaning(), issuedAt + 30 * DAY - 1)).toBeUndefined()
  expect(whyOver(leaning(), issuedAt + 30 * DAY)).toBe('old')
})

test('a link is good until 24 hours after its incident is resolved', () => {
  const resolvedAt = issuedAt + DAY
  expect(whyOver(leaning({ resolvedAt }), resolvedAt + DAY - 1)).toBeUndefined()
  expect(whyOver(leaning({ resolvedAt }), resolvedAt + DAY)).toBe('resolved')
})

test.each<[string, Partial<Leaning>, string | undefined]>([
  ['the incident is forgotten', { incident: undefined }, 'gone'],
  ['Ada is removed', { today: undefined }, 'person'],
  ['another Ada came', { today: ada('doc_2', [phone]) }, 'person'],
  ['nobody knows any more who Ada was', { sentTo: undefined }, 'person'],
  ['her phone is removed', { today: ada('doc_1', []) }, 'contact'],
  ['her phone leads elsewhere', { today: ada('doc_1', [{ ...phone, address: 'https://ntfy.example/bob' }]) }, 'contact'],
  ['another channel took the name', { today: ada('doc_1', [{ ...phone, channel: 'webhook' }]) }, 'contact'],
  ['only a setting of it changed', { today: ada('doc_1', [{ ...phone, bundle: false }]) }, undefined],
])('when %s', (_, change, over) => {
  expect(whyOver(leaning(change), issuedAt + 1)).toBe(over)
})
