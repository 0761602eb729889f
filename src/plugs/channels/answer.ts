import { type Instant, SECOND } from '../../kernel/time.ts'
import type { Outcome } from '../../modules/paging/index.ts'
import { type Reply, saidBy } from '../../platform/egress/index.ts'

/** What a person waits for one provider before the next contact is tried. */
export const TIMEOUT_MS = 10 * SECOND

/**
 * What an HTTP answer means for a page. Only 2xx is delivered, only 410 Gone is final: everything else (a proxy's 404 during
 * a deploy, a 401 until the key is mended) may be different in a minute, and the person's other contacts are tried at once
 * anyway. `secrets` are struck out of what the other side wrote, because some receivers answer with what they were sent.
 */
export function outcomeOf(reply: Reply, now: Instant, secrets: string[]): Outcome {
  if (reply.kind === 'failed') return { kind: reply.unknown ? 'unknown' : 'try-again', answer: reply.reason }
  const { status } = reply
  const answer = `${status} ${saidBy(reply, secrets)}`.trim()
  if (status >= 200 && status < 300) return { kind: 'delivered', answer }
  if (status === 410) return { kind: 'gave-up', answer }
  const retryAfterMs = retryAfter(reply.headers['retry-after'], now)
  return retryAfterMs === undefined ? { kind: 'try-again', answer } : { kind: 'try-again', answer, retryAfterMs }
}

/** A guest network or a proxy may answer 200 as well: what the provider does not say itself is no delivery, however it ended. */
export function notInTheWordsOf(provider: string, { status }: Extract<Reply, { kind: 'answered' }>): Outcome {
  return { kind: 'unknown', answer: `${status}, and not in the words of ${provider}` }
}

/** Seconds or a date. How long a page can really wait is the module's decision. */
function retryAfter(header: string | undefined, now: Instant): number | undefined {
  if (!header) return undefined
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * SECOND : Date.parse(header) - now
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0)
}
