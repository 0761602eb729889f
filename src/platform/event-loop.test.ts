import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../kernel/time.ts'
import { eventLoopWatch } from './event-loop.ts'

function watched() {
  const histogram = {
    max: 0,
    reset() {
      histogram.max = 0
    },
    enable: () => true,
    disable: () => true,
  }
  let ms = 0
  const watch = eventLoopWatch({ monotonic: () => ms, histogram })
  const heldUp = (byMs: number) => {
    histogram.max = Math.max(histogram.max, (byMs + 20) * 1e6)
  }
  const pass = (byMs: number) => {
    ms += byMs
  }
  return { watch, heldUp, pass }
}

test('what held everything up for a second is told for a minute at least, and forgotten within two', () => {
  const { watch, heldUp, pass } = watched()
  expect(watch.warnings()).toEqual([])
  heldUp(0.9 * SECOND)
  expect(watch.warnings()).toEqual([])
  expect(watch.figures().tocsin_event_loop_lag_seconds.value).toBe(0.9)
  heldUp(2.3 * SECOND)
  pass(MINUTE)
  expect(watch.warnings()).toEqual(['this node was held up for 2.3 s within the last two minutes; pages waited as long'])
  pass(MINUTE - 1)
  expect(watch.warnings()).toHaveLength(1)
  pass(1)
  expect(watch.warnings()).toHaveLength(1)
  expect(watch.warnings()).toEqual([])
})

test('nobody who looks after a long time is told of what was long ago', () => {
  const { watch, heldUp, pass } = watched()
  heldUp(3 * SECOND)
  pass(MINUTE)
  watch.figures()
  pass(5 * MINUTE)
  expect(watch.warnings()).toEqual([])
})

test('this very process is watched', async () => {
  const watch = eventLoopWatch({ monotonic: () => performance.now() })
  // It is seen by a timer that comes late, so one has to be under way.
  await new Promise((resolve) => setTimeout(resolve, 50))
  for (const until = performance.now() + 300; performance.now() < until; );
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(watch.figures().tocsin_event_loop_lag_seconds.value).toBeGreaterThan(0.2)
  watch.stop()
})
