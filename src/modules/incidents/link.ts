import { createHmac, timingSafeEqual } from 'node:crypto'
import { DAY, type Instant } from '../../kernel/time.ts'

export type LinkAction = 'acknowledge' | 'resolve' | 'escalate'

/** What a signed link allows: one action on one incident, for one person, by one page. */
export interface ActionLink {
  action: LinkAction
  incidentId: string
  pageId: string
  person: string
  contact: string
  issuedAt: Instant
}

/** Links end 30 days after they were made, or 24 hours after the incident is resolved. */
export const LINK_MS = 30 * DAY
export const LINK_AFTER_RESOLVE_MS = DAY

const LETTERS: Record<LinkAction, string> = { acknowledge: 'a', resolve: 'r', escalate: 'e' }

/** The path part of a link: payload and signature, both in base64url. */
export function signLink(key: Buffer, link: ActionLink): string {
  // The page id holds the incident's id and the person; only what it lacks is written beside it.
  const payload = Buffer.from(JSON.stringify([LETTERS[link.action], link.pageId, link.contact, link.issuedAt])).toString('base64url')
  return `${payload}.${sign(key, payload)}`
}

/** The link a token stands for; undefined when its signature does not fit. Whether it is over is for the caller. */
export function readLink(key: Buffer, token: string): ActionLink | undefined {
  const [payload, signature, more] = token.split('.')
  if (!payload || !signature || more !== undefined) return undefined
  const expected = Buffer.from(sign(key, payload))
  const given = Buffer.from(signature)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  const [letter, pageId, contact, issuedAt] = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as [
    string,
    string,
    string,
    number,
  ]
  const action = (Object.keys(LETTERS) as LinkAction[]).find((one) => LETTERS[one] === letter)
  const parts = pageId.split(':')
  if (!action || parts.length < 6) return undefined
  return { action, pageId, incidentId: parts[0]!, person: parts[4]!, contact, issuedAt }
}

function sign(key: Buffer, payload: string): string {
  return createHmac('sha256', key).update(payload).digest('base64url').slice(0, 32)
}
