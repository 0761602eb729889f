import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { HOUR, SECOND } from '../kernel/time.ts'
import { createEngine, isLate } from './engine.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** An engine with one loop that fails as often as it is told to. */
function engineWith({ everyMs, failures, nextAt }: { everyMs: number; failures: number; nextAt?: () => Promise<number> }) {
  const ticks: number[] = []
  const clock = { now: () => Date.now() }
  const begin = clock.now()
  const engine = createEngine(clock, pino({ level: 'silent' }))
  engine.add({
    name: 'hourly',
    everyMs,
    ...(nextAt && { nextAt }),
    async tick(now) {
      ticks.push(now - begin)
      if (ticks.length <= failures) throw new Error('the table is locked')
      return 0
    },
  })
  return { engine, ticks, health: () => engine.health()[0]! }
}

test('an hourly loop that failed is run again within seconds, and is well at once', async () => {
  const { engine, ticks, health } = engineWith({ everyMs: HOUR, failures: 3 })
  engine.start()
  await vi.advanceTimersByTimeAsync(6999)
  expect(health()).toMatchObject({ lastError: 'the table is locked', lateMs: 0 })
  expect(isLate(health())).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(ticks).toEqual([0, 1000, 3000, 7000])
  expect(health()).toMatchObject({ lastError: null, lateMs: 0 })
  await vi.advanceTimersByTimeAsync(HOUR)
  expect(ticks).toHaveLength(5)
  await engine.stop()
})

test('one that never succeeds is tried every minute, and late once twice its pause has passed, counted from the start', async () => {
  const { engine, ticks, health } = engineWith({ everyMs: HOUR, failures: Number.POSITIVE_INFINITY })
  engine.start()
  await vi.advanceTimersByTimeAsync(HOUR)
  expect(ticks.length).toBeGreaterThan(60)
  await vi.advanceTimersByTimeAsync(2 * HOUR)
  expect(isLate(health())).toBe(false)
  await vi.advanceTimersByTimeAsync(SECOND)
  expect(isLate(health())).toBe(true)
  await engine.stop()
})

test('work that is overdue does not make a failing loop spin', async () => {
  const { engine, ticks } = engineWith({ everyMs: 5 * SECOND, failures: Number.POSITIVE_INFINITY, nextAt: async () => 0 })
  engine.start()
  await vi.advanceTimersByTimeAsync(12 * SECOND)
  expect(ticks).toEqual([0, 1000, 3000, 7000, 12_000])
  await engine.stop()
})
