import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ActionLink, readLink, signLink } from './link.ts'

const key = randomBytes(32)
const link: ActionLink = {
  action: 'acknowledge',
  incidentId: 'inc_1',
  pageId: 'inc_1:1:0:1:ada:0',
  person: 'ada',
  contact: 'phone',
  issuedAt: Date.parse('2026-11-20T03:11:00Z'),
}

test.each(['acknowledge', 'resolve', 'escalate'] as const)('a link to %s says all it stands for', (action) => {
  expect(readLink(key, signLink(key, { ...link, action }))).toEqual({ ...link, action })
})

test('the same page to the same contact at the same moment is the same link, any other another', () => {
  expect(signLink(key, { ...link })).toBe(signLink(key, link))
  const others: Partial<ActionLink>[] = [{ action: 'resolve' }, { pageId: 'inc_1:1:0:1:ada:1' }, { contact: 'mail' }, { issuedAt: 1 }]
  expect(new Set([link, ...others.map((other) => ({ ...link, ...other }))].map((one) => signLink(key, one))).size).toBe(5)
})

test('it goes into an address as it is', () => {
  expect(signLink(key, { ...link, contact: 'Adas Händi / büro' })).toMatch(/^[\w.-]+$/)
})

test('another installation’s link is none of ours', () => {
  expect(readLink(randomBytes(32), signLink(key, link))).toBeUndefined()
})

test('neither is what somebody wrote, cut, or changed in one place', () => {
  const token = signLink(key, link)
  const [payload, signature] = token.split('.') as [string, string]
  const resolve = signLink(key, { ...link, action: 'resolve' }).split('.')[0]!
  for (const bad of ['', '.', 'a.b', payload, `${payload}.`, `.${signature}`, `${token}.x`, `${resolve}.${signature}`, token.slice(0, -1)])
    expect(readLink(key, bad), bad).toBeUndefined()
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom(...'ABab01-_.'), (at, letter) => {
      const changed = `${token.slice(0, at)}${letter}${token.slice(at + 1)}`
      expect(changed === token || readLink(key, changed) === undefined).toBe(true)
    }),
  )
})
