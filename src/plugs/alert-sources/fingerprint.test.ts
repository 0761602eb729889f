import { expect, test } from 'vitest'
import { fingerprintOf } from './fingerprint.ts'

test.each([
  ['d258efc389808447', { alertname: 'a' }],
  ['d240efc3896bf266', { alertname: 'x' }],
  ['2f84af9fad2d1132', { severity: 'none', a: 'b', c: 'd', alertname: 'Watchdog', A: 'upper', _x: 'under' }],
  ['fd303ac54de4ba49', { alertname: 'Ünïcode', zone: '日本', emoji: '😀' }],
])('Alertmanager 0.25 answered %s for %j', (fingerprint, labels) => {
  expect(fingerprintOf(labels)).toBe(fingerprint)
})

test('names are put in the order of their bytes, not of UTF-16 units', () => {
  const inByteOrder = ['\uFFFD', '1', '😀', '2'].flatMap((text) => [...Buffer.from(text), 0xff])
  const fnv = inByteOrder.reduce((state, byte) => BigInt.asUintN(64, (state ^ BigInt(byte)) * 0x100000001b3n), 0xcbf29ce484222325n)
  expect(fingerprintOf({ '😀': '2', '\uFFFD': '1' })).toBe(fnv.toString(16).padStart(16, '0'))
})

test('no labels are the start of FNV-1a', () => {
  expect(fingerprintOf({})).toBe('cbf29ce484222325')
})
