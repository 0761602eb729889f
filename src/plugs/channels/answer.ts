import { shorten } from '../../kernel/text.ts'
import { type Instant, SECOND } from '../../kernel/time.ts'
import type { Outcome } from '../../modules/paging/index.ts'
import type { Reply } from '../../platform/egress/index.ts'

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

function saidBy({ status, body }: Extract<Reply, { kind: 'answered' }>, secrets: string[]): string {
  if (status >= 300 && status < 400) return 'is a redirect, which is not followed; write the address it leads to'
  return withoutSecrets(body, secrets)
}

/** The first line of what the other side wrote, short, with given secrets and anything that looks like one struck out. */
export function withoutSecrets(body: string, secrets: string[]): string {
  const line =
    body
      .trimStart()
      .slice(0, 4000)
      .split(/[\r\n]/, 1)[0] ?? ''
  const struck = secrets.filter((secret) => secret.length >= 4).reduce((text, secret) => text.replaceAll(secret, '…'), line)
  return shorten(
    struck
      .replace(/[\w+/=.~%-]{32,}/g, '…')
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim(),
    120,
  )
}

/** Seconds or a date. How long a page can really wait is the module's decision. */
function retryAfter(header: string | undefined, now: Instant): number | undefined {
  if (!header) return undefined
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * SECOND : Date.parse(header) - now
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0)
}
