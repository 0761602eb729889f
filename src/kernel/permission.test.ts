import { expect, test } from 'vitest'
import { GRANTABLE, type Permission, permits, ROLES, type Role } from './permission.ts'

const may = (role: Role) => GRANTABLE.filter((permission) => permits({ role, isToken: false }, permission))

test('roles, one above the other', () => {
  expect(Object.fromEntries(ROLES.map((role) => [role, may(role)]))).toEqual({
    viewer: ['incident:read', 'incident:declare', 'config:read'],
    responder: ['incident:read', 'incident:declare', 'incident:act', 'comms:publish', 'config:read'],
    manager: ['incident:read', 'incident:declare', 'incident:act', 'comms:publish', 'status:write', 'config:read'],
    admin: [...GRANTABLE],
    owner: [...GRANTABLE],
  })
})

/** Who has it of what: nothing, Lin's, and Ada's. */
const of = (permission: Permission, holder: { role: Role; isToken: boolean; person?: string }) =>
  [{}, { person: 'lin' }, { person: 'ada' }].map((thing) => permits(holder, permission, thing))

test.each([
  ['config:write', false, true, false],
  ['address:read', false, true, false],
  ['config:read', true, true, true],
  ['own', true, true, false],
  ['admin', false, false, false],
] as const)('what is hers is hers: Lin, who responds, and %s', (permission, ...expected) => {
  expect(of(permission, { role: 'responder', person: 'lin', isToken: false })).toEqual(expected)
})

test('a token in her name changes what is hers if it may act, and sees it in any case; one of nobody has nothing of its own', () => {
  const reading = { role: 'viewer', person: 'lin', isToken: true } as const
  expect([of('config:write', reading), of('own', reading), of('address:read', reading)]).toEqual([
    [false, false, false],
    [false, false, false],
    [false, true, false],
  ])
  expect(of('config:write', { ...reading, role: 'responder' })).toEqual([false, true, false])
  expect(of('own', { role: 'owner', isToken: true })).toEqual([false, false, false])
})

test('who leads a team may for it what a manager may, and for no other', () => {
  const lead = { role: 'responder', person: 'lin', leads: ['payments'], isToken: false } as const
  const status = (holder: Parameters<typeof permits>[0]) =>
    [{}, { team: 'payments' }, { team: 'search' }].map((thing) => permits(holder, 'status:write', thing))
  expect(status(lead)).toEqual([false, true, false])
  expect(status({ ...lead, leads: [] })).toEqual([false, false, false])
  expect(status({ ...lead, role: 'manager' })).toEqual([true, true, true])
  expect(status({ ...lead, role: 'viewer', isToken: true })).toEqual([false, false, false])
  expect(permits(lead, 'config:write', { team: 'payments' })).toBe(false)
  expect(permits(lead, 'admin', { team: 'payments' })).toBe(false)
})
