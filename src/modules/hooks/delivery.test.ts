import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../kernel/time.ts'
import { type Attempt, afterAttempt, isOff, type Standing, standingAfter, TRIED_FOR_MS, WELL } from './delivery.ts'

const ARRIVED: Attempt = { arrived: true, status: 200, answer: '200 ok' }
const LOST: Attempt = { arrived: false, status: 503, answer: '503' }
const NOON = Date.parse('2026-11-20T12:00:00Z')

test('a delivery that does not arrive is tried less and less often, never after more than a day, and given up after three', () => {
  const delays: number[] = []
  let now = NOON
  for (let attempts = 1; ; attempts++) {
    const next = afterAttempt(LOST, { attempts, triedSince: NOON }, now)
    if ('ending' in next) {
      expect(next.ending).toBe('gave-up')
      break
    }
    delays.push(next.againAt - now)
    now = next.againAt
  }
  expect(delays.slice(0, 3)).toEqual([5 * SECOND, MINUTE, 5 * MINUTE])
  expect(delays.every((ms, i) => i === 0 || i === delays.length - 1 || ms >= delays[i - 1]!)).toBe(true)
  expect(Math.max(...delays)).toBe(24 * HOUR)
  expect(now - NOON).toBe(TRIED_FOR_MS)
})

test('one that arrives is over at once, however often it was tried', () => {
  expect(afterAttempt(ARRIVED, { attempts: 9, triedSince: NOON - 5 * DAY }, NOON)).toEqual({ ending: 'delivered' })
})

test('a hook to which nothing arrives for three days is switched off; one arrival in between begins the count anew', () => {
  const written = NOON - 30 * DAY
  let standing: Standing = WELL
  const fails = (days: number) => {
    standing = standingAfter(LOST, standing, written, NOON + days * DAY)
    return isOff(standing, written)
  }
  expect([fails(0), fails(1), fails(2.9)]).toEqual([false, false, false])
  standing = standingAfter(ARRIVED, standing, written, NOON + 2.95 * DAY)
  expect(standing).toEqual(WELL)
  expect([fails(3), fails(5.9), fails(6)]).toEqual([false, false, true])
  expect(standing.offSince).toBe(NOON + 6 * DAY)
  // A test that does not arrive changes nothing; one that does switches it on.
  expect(standingAfter(LOST, standing, written, NOON + 8 * DAY)).toEqual(standing)
  expect(standingAfter(ARRIVED, standing, written, NOON + 8 * DAY)).toEqual(WELL)
})

test('whoever writes a hook anew begins afresh: three more days', () => {
  const off: Standing = { failingSince: NOON, offSince: NOON + 3 * DAY }
  const written = NOON + 4 * DAY
  expect(isOff(off, written)).toBe(false)
  const first = standingAfter(LOST, off, written, NOON + 4.1 * DAY)
  expect(isOff(first, written)).toBe(false)
  expect(isOff(standingAfter(LOST, first, written, NOON + 7.2 * DAY), written)).toBe(true)
})
