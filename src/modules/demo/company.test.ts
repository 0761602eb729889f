import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '../../kernel/time.ts'
import { Integration, Service } from '../catalog/index.ts'
import { type Document, type Kind, NAME, snapshotOf } from '../documents/index.ts'
import { EscalationPolicy } from '../escalation/index.ts'
import { Override, onCallFor, Schedule } from '../oncall/index.ts'
import { Person, Team } from '../people/index.ts'
import { companyDocuments } from './company.ts'
import { demoKeys } from './keys.ts'
import { drawnPhones } from './phones.ts'

const tuesday = Date.parse('2026-11-17T03:11:00Z')
const keyOf = demoKeys(Buffer.from('a secret'))
const kinds: Kind<unknown>[] = [Person, Team, Schedule, EscalationPolicy, Service, Integration, Override]

function companyAt(now: number) {
  const documents = companyDocuments(now, keyOf).map(
    (one): Document<unknown> => ({ ...one, version: 1, uid: one.name, changedAt: now, changedBy: 'system', validFrom: now }),
  )
  return snapshotOf(documents)
}

describe('Harbourline', () => {
  test('shares no name with the first steps by file: who applies them takes nothing over that the demo pages with', () => {
    const theirs = new Set(companyDocuments(tuesday, keyOf).map(({ kind, name }) => `${kind} ${name}`))
    const first = [...readFileSync('examples/first-steps.yaml', 'utf8').matchAll(/^kind: (\w+)\nmetadata: \{ name: (\S+) \}/gm)]
    expect(first).toHaveLength(10)
    expect(first.map(([, kind, name]) => `${kind} ${name}`).filter((one) => theirs.has(one))).toEqual([])
  })

  test('is written as the product demands, and every name leads somewhere', () => {
    const snapshot = companyAt(tuesday)
    for (const { kind: name, name: called, spec, origin } of companyDocuments(tuesday, keyOf)) {
      const kind = kinds.find((one) => one.name === name)!
      expect(kind.schema.safeParse(spec), `${name} ${called}`).toMatchObject({ success: true })
      expect(called).toMatch(NAME)
      expect(origin).toEqual({ kind: 'demo' })
      for (const to of kind.references(spec))
        expect(snapshot.get(kinds.find((one) => one.name === to.kind)!, to.name), `${called} to ${to.name}`).toBeDefined()
    }
  })

  test('has people with a phone on screen and nothing else, and nobody who rules over the installation', () => {
    for (const { name, spec } of companyAt(tuesday).all(Person)) {
      expect(
        spec.contacts?.map(({ channel }) => channel),
        name,
      ).toEqual(['screen'])
      expect(spec.role).toBe('responder')
    }
  })

  test('has somebody on call at every hour of two months, but for the office hours that are meant so', () => {
    const snapshot = companyAt(tuesday)
    for (const { name } of snapshot.all(Schedule)) {
      const nobody = []
      for (let at = tuesday - 30 * DAY; at < tuesday + 30 * DAY; at += HOUR) if (!onCallFor(snapshot, name, at)) nobody.push(at)
      expect(nobody.length > 0, name).toBe(name === 'discovery-office-hours')
    }
  })

  test('is as it was a week later, with the same person on call', () => {
    for (const now of [tuesday, tuesday + 7 * DAY, Date.parse('2026-03-31T03:11:00Z')])
      expect(onCallFor(companyAt(now), 'payments-primary', now)?.user).toBe('raj')
  })

  test('has keys that nobody can guess and that are the same at every start', () => {
    expect(demoKeys(Buffer.from('a secret'))('demo')).toBe(keyOf('demo'))
    expect(demoKeys(Buffer.from('another'))('demo')).not.toBe(keyOf('demo'))
    expect(keyOf('prometheus')).not.toBe(keyOf('demo'))
    expect(keyOf('demo')).toMatch(/^demo_[\w-]{24}$/)
  })
})

describe('the drawn phones', () => {
  test('begin with the one that the first alert would ring', () => {
    const phones = drawnPhones(companyAt(tuesday), tuesday)
    expect(phones[0]).toEqual({ person: 'raj', displayName: 'Raj Iyer', contact: 'Raj’s phone', demo: true, ringsFirst: true })
    expect(phones.filter(({ ringsFirst }) => ringsFirst)).toHaveLength(1)
    expect(phones).toHaveLength(10)
  })

  test('on the Thursday that Li took from Raj, begin with Li’s', () => {
    expect(drawnPhones(companyAt(tuesday), tuesday + 3 * DAY)[0]).toMatchObject({ person: 'li', ringsFirst: true })
  })
})
