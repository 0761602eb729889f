import type { Instant } from '../../src/kernel/time.ts'
import type { Egress } from '../../src/platform/egress/index.ts'

/**
 * A receiver that `hangs` costs the world its whole time-out, but the test nothing: it cuts the connection instead, the
 * clock then stands where the time-out would have ended, and the product hears of a time-out.
 */
export function impatient(egress: Egress, hangs: (url: string) => boolean, clock: { now(): Instant; moveTo(at: Instant): void }): Egress {
  return {
    ...egress,
    async request(request) {
      const began = clock.now()
      const reply = await egress.request(request)
      if (reply.kind === 'answered' || !hangs(request.url)) return reply
      clock.moveTo(began + request.timeoutMs)
      return { kind: 'failed', reason: `time-out: no answer within ${request.timeoutMs / 1000} s`, unknown: true }
    },
  }
}
