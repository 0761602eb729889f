import type { Instant } from '../../src/kernel/time.ts'
import type { Egress } from '../../src/platform/egress/index.ts'

/**
 * A provider that hangs costs the world the whole time-out, but the test only a moment: the request is given up after
 * `reallyMs`, and the clock then stands where the time-out would have ended.
 */
export function impatient(egress: Egress, reallyMs: number, clock: { now(): Instant; moveTo(at: Instant): void }): Egress {
  return {
    ...egress,
    async request(request) {
      const began = clock.now()
      const reply = await egress.request({ ...request, timeoutMs: Math.min(request.timeoutMs, reallyMs) })
      if (reply.kind === 'failed' && reply.reason.startsWith('time-out')) clock.moveTo(began + request.timeoutMs)
      return reply
    },
  }
}
