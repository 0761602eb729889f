import { expect, test } from 'vitest'
import { mayAcknowledge, mayEscalate, mayResolve } from './may.ts'
import { isOpen, STATUSES } from './status.ts'

test('where only the status is told, it says who has it', () => {
  const told = (['detected', 'acknowledged', 'resolved'] as const).map((status) => [mayAcknowledge({ status }), mayResolve({ status })])
  expect(told).toEqual([
    ['yes', 'yes'],
    ['already', 'yes'],
    ['already-resolved', 'already'],
  ])
})

test('who has it is asked of what is held, however far the work is', () => {
  for (const status of STATUSES)
    expect(
      [false, true].map((held) => mayAcknowledge({ status, held })),
      status,
    ).toEqual(isOpen({ status }) ? ['yes', 'already'] : ['already-resolved', 'already-resolved'])
})

test('escalating takes an open incident and a policy', () => {
  expect(mayEscalate({ status: 'detected', policy: 'payments' })).toBe('yes')
  expect(mayEscalate({ status: 'acknowledged', policy: 'payments' })).toBe('yes')
  expect(mayEscalate({ status: 'resolved', policy: 'payments' })).toBe('already-resolved')
  expect(mayEscalate({ status: 'detected', policy: null })).toBe('no-policy')
  expect(mayEscalate({ status: 'resolved', policy: null })).toBe('already-resolved')
})
