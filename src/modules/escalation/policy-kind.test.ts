import { expect, test } from 'vitest'
import { Service } from '../catalog/index.ts'
import { type Document, snapshotOf } from '../documents/index.ts'
import { Person } from '../people/index.ts'
import { policyKind } from './policy-kind.ts'

const anneke = { contacts: [{ name: 'phone', channel: 'screen', address: 'x' }] }
const policy = { levels: [], catchAll: { notify: [{ person: 'anneke' }] } }

function of<Spec>(kind: string, name: string, origin: 'demo' | 'ui', spec: Spec): Document<unknown> {
  return { kind, name, spec, origin: { kind: origin }, version: 1, uid: name, changedAt: 0, changedBy: 'system', validFrom: 0 }
}

const warnedOf = (...services: ('demo' | 'ui')[]) =>
  policyKind.warnings!(
    { name: 'p', spec: policy as never },
    snapshotOf([
      of(Person.name, 'anneke', 'demo', anneke),
      ...services.map((origin, i) => of(Service.name, `s${i}`, origin, { policy: 'p' })),
    ]),
    0,
  ).map(({ message }) => message)

const said = ['Person ‹anneke› belongs to the demo company, whose people are never paged in earnest']

test('a policy of one’s own that leads to the demo’s people, who are never paged in earnest', () => {
  expect(warnedOf()).toEqual(said)
  expect(warnedOf('demo', 'ui')).toEqual(said)
})

test('within the demo they are paged', () => {
  expect(warnedOf('demo')).toEqual([])
})
