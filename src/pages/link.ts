import { isRefusal, refuse } from '../kernel/result.ts'
import type { Clock, Instant } from '../kernel/time.ts'
import type { Document } from '../modules/documents/index.ts'
import type { incidentsContract } from '../modules/incidents/contract.ts'
import {
  type ActionLink,
  type Incident,
  type IncidentParts,
  type LinkAction,
  readLink,
  readLinkUse,
  signLink,
  viewOf,
} from '../modules/incidents/index.ts'
import type { PersonSpec } from '../modules/people/index.ts'
import type { Handlers } from '../platform/contract.ts'
import type { Database } from '../platform/db.ts'
import { ANONYMOUS, type RawReply, type RawRequest, type RawRoute } from '../platform/http.ts'
import type { Log } from '../platform/log.ts'
import { actByLink, type Outcome } from './link-act.ts'
import { type Over, whyOver } from './link-over.ts'
import { FAILED_TEXT, failedPage, overPage, overText, tryAgain, UNKNOWN_TEXT, unknownPage } from './link-pages.ts'
import { readLeaning, readLinkAlerts } from './link-reads.ts'
import { nightPage } from './night.ts'
import { nightFacts } from './night-facts.ts'
import { jsonReply, seeOther, wantsPage } from './shell.ts'

export interface LinkParts extends IncidentParts {
  db: Database
  clock: Clock
  log: Log
  linkKey: Buffer
  readEscalation: Handlers<typeof incidentsContract>['getEscalation']
}

/** The signed links of pages: looking shows, only POST acts, cookies are not even read. */
export function linkRoutes(parts: LinkParts): RawRoute[] {
  const route = (method: 'GET' | 'POST', answer: Answer): RawRoute => ({
    method,
    path: '/l/:token',
    permission: 'link',
    handle: async (request) => {
      const reply = await handle(parts, request, answer)
      return method === 'POST' ? { ...reply, headers: { ...reply.headers, 'access-control-allow-origin': '*' } } : reply
    },
  })
  return [
    route('GET', show),
    route('POST', act),
    { method: 'OPTIONS', path: '/l/:token', permission: 'link', handle: async () => ({ status: 204, headers: ANY_PAGE, body: '' }) },
  ]
}

/**
 * Buttons of a page shown on somebody else's web page (ntfy's) act from there. The link alone is the right to act: neither
 * cookies nor anything else of the browser is read, so any page that has it may use it.
 */
const ANY_PAGE: Record<string, string> = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '86400',
}

type Answer = (parts: LinkParts, link: ActionLink, token: string, now: Instant, asPage: boolean) => Promise<RawReply>

async function handle(parts: LinkParts, request: RawRequest, answer: Answer): Promise<RawReply> {
  const token = request.params['token']!
  // Looking always shows a page; programs that act are answered in JSON.
  const asPage = request.method !== 'POST' || wantsPage(request.headers)
  const link = readLink(parts.linkKey, token)
  if (!link) return asPage ? unknownPage() : jsonReply(404, refuse('not-found', `There is no such link. ${UNKNOWN_TEXT}`))
  try {
    return await answer(parts, link, token, parts.clock.now(), asPage)
  } catch (error) {
    // A person at night is not left with a line of JSON.
    parts.log.error({ err: (error as Error).message, stack: (error as Error).stack }, 'an action link failed')
    return asPage ? failedPage(tryAgain(request.method)) : jsonReply(503, refuse('unavailable', FAILED_TEXT))
  }
}

async function show(parts: LinkParts, link: ActionLink, _token: string, now: Instant): Promise<RawReply> {
  const { db, documents } = parts
  const leaning = await readLeaning(db.sql, documents, link)
  const over = whyOver(leaning, now)
  if (over) return overPage(over, leaning.incident?.number)
  const incident = leaning.incident!
  const escalation = await parts.readEscalation({ params: { id: incident.id }, query: undefined, body: undefined, caller: ANONYMOUS, now })
  if (isRefusal(escalation)) return overPage('gone', undefined)
  const actions = siblings(parts.linkKey, link)
  return nightPage(
    nightFacts({
      now,
      incident,
      alerts: await readLinkAlerts(db.sql, incident),
      escalation,
      snapshot: documents.last(),
      person: personOf(leaning.today!),
      level: levelOf(link),
      wanted: link.action,
      actions,
      escalatedAt: (await readLinkUse(db.sql, actions.escalate)) ?? null,
    }),
  )
}

async function act(parts: LinkParts, link: ActionLink, token: string, now: Instant, asPage: boolean): Promise<RawReply> {
  const result = await parts.db.transaction(async (tx): Promise<Outcome | { over: Over; incident: Incident | undefined }> => {
    const leaning = await readLeaning(tx.sql, parts.documents, link)
    const over = whyOver(leaning, now)
    return over ? { over, incident: leaning.incident } : actByLink(tx, now, parts, link, token)
  })
  if ('over' in result)
    return asPage
      ? overPage(result.over, result.incident?.number)
      : jsonReply(410, refuse('link-over', `This link is over. ${overText(result.over)}`))
  return asPage ? seeOther(`/l/${token}`) : jsonReply(200, { incident: viewOf(result.incident), done: result.done, by: result.by })
}

/**
 * The three links of one page to one person. Made at the same moment they are the very ones the message carried, so
 * that looking neither lengthens a link's life nor gives a second escalation.
 */
function siblings(key: Buffer, link: ActionLink): Record<LinkAction, string> {
  const sign = (action: LinkAction) => signLink(key, { ...link, action })
  return { acknowledge: sign('acknowledge'), resolve: sign('resolve'), escalate: sign('escalate') }
}

/** Pages are named `incident:run:round:level:person:rule`. */
function levelOf(link: ActionLink): number {
  return Number(link.pageId.split(':')[3])
}

function personOf({ name, spec }: Document<PersonSpec>): { name: string; spec: PersonSpec } {
  return { name, spec }
}
