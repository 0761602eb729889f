import { expect, test } from 'vitest'
import { differencesBetween, isSame, nameFrom, valueText } from './document.ts'

const level = (after: string, schedule: string) => ({ after, notify: [{ schedule }] })

test('what somebody changed is told place by place', () => {
  const before = { displayName: 'Payments', levels: [level('0s', 'primary'), level('5m', 'secondary')] }
  const after = { displayName: 'Payments', repeat: 2, levels: [level('0s', 'primary'), level('10m', 'secondary'), level('20m', 'third')] }
  expect(differencesBetween(before, after)).toEqual([
    { path: 'levels.1.after', from: '5m', to: '10m' },
    { path: 'levels.2', from: undefined, to: level('20m', 'third') },
    { path: 'repeat', from: undefined, to: 2 },
  ])
})

test('the order of keys is no change, the order of a list is', () => {
  expect(isSame({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true)
  expect(isSame({ a: 1, b: undefined }, { a: 1 })).toBe(true)
  expect(isSame([1, 2], [2, 1])).toBe(false)
})

test('values are told in a line', () => {
  expect(valueText(level('5m', 'primary'))).toBe('{ after: 5m, notify: schedule: primary }')
  expect(valueText(undefined)).toBe('')
})

test.each([
  ['Payments, EU', 'payments-eu'],
  ['Übergabe Größe', 'uebergabe-groesse'],
  ['  SRE — night ', 'sre-night'],
])('‹%s› is named %s', (title, name) => {
  expect(nameFrom(title)).toBe(name)
})
