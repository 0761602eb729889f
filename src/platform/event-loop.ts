import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import { MINUTE, SECOND } from '../kernel/time.ts'
import { type Room, room } from './room.ts'

/** As often as it is looked how late the loop is; nothing shorter is seen. */
const EVERY_MS = 20
/** Held up for so long, pages and acknowledgements of this node have waited as long. */
export const HELD_UP_MS = SECOND

/** How long one piece of work has kept everything else of this process waiting, at worst, in the last minute or two. */
export function eventLoopWatch(parts: {
  monotonic(): number
  histogram?: Pick<IntervalHistogram, 'max' | 'reset' | 'enable' | 'disable'>
}) {
  const histogram = parts.histogram ?? monitorEventLoopDelay({ resolution: EVERY_MS })
  histogram.enable()
  let [before, beganAt] = [0, parts.monotonic()]

  /** Of the window under way and the whole one before it, so that a look right after its end still tells. */
  function worstMs(): number {
    const worst = Math.max(0, histogram.max / 1e6 - EVERY_MS)
    const past = parts.monotonic() - beganAt
    const told = past >= 2 * MINUTE ? worst : Math.max(worst, before)
    if (past >= MINUTE) {
      ;[before, beganAt] = [worst, parts.monotonic()]
      histogram.reset()
    }
    return Math.round(told)
  }

  return {
    ...room({
      loops: [
        {
          name: 'event-loop',
          everyMs: MINUTE,
          async tick() {
            worstMs()
            return 0
          },
        },
      ],
      figures: () => ({
        tocsin_event_loop_lag_seconds: {
          help: 'How long one piece of work kept everything else of this node waiting, at worst, in the last minute or two.',
          value: worstMs() / SECOND,
        },
      }),
      warnings() {
        const ms = worstMs()
        return ms < HELD_UP_MS
          ? []
          : [`this node was held up for ${(ms / SECOND).toFixed(1)} s within the last two minutes; pages waited as long`]
      },
    } satisfies Room),
    stop() {
      histogram.disable()
    },
  }
}
