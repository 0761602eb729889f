import type { Language } from '../kernel/language.ts'
import { isRefusal, refuse } from '../kernel/result.ts'
import type { Clock, Instant } from '../kernel/time.ts'
import { type CommandParts, whoAnswered } from '../modules/command/index.ts'
import type { Document } from '../modules/documents/index.ts'
import { readCause, readPurpose } from '../modules/escalation/index.ts'
import type { incidentsContract } from '../modules/incidents/contract.ts'
import {
  type ActionLink,
  covered,
  type Incident,
  isOpen,
  type LinkAction,
  readLink,
  readLinkUse,
  signLink,
  viewOf,
} from '../modules/incidents/index.ts'
import { runNumberOf } from '../modules/paging/index.ts'
import type { PersonSpec } from '../modules/people/index.ts'
import type { Handlers } from '../platform/contract.ts'
import { type Database, isPassing } from '../platform/db.ts'
import { ANONYMOUS, type RawReply, type RawRequest, type RawRoute } from '../platform/http.ts'
import type { Log } from '../platform/log.ts'
import { actByLink, type Outcome } from './link-act.ts'
import { type Leaning, type Over, whyOver } from './link-over.ts'
import { failedPage, overPage, unknownPage } from './link-pages.ts'
import { holderOf, type LinkAlerts, readLeaning, readLinkAlerts } from './link-reads.ts'
import { nightPage } from './night.ts'
import { nightFacts } from './night-facts.ts'
import { jsonReply, languageOf, seeOther, wantsPage } from './shell.ts'
import { pageWords } from './words.ts'

const english = pageWords.en.link

export interface LinkParts extends CommandParts {
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
    handle: async (request) => anywhere(request, await handle(parts, request, answer)),
    unavailable: (request) => anywhere(request, failed(request)),
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

function anywhere({ method }: { method: string }, reply: RawReply): RawReply {
  return method === 'POST' ? { ...reply, headers: { ...reply.headers, 'access-control-allow-origin': '*' } } : reply
}

/** A page in a language, or an answer to a program: those stay English. */
type Wanted = { page: Language } | 'json'
type Asked = Pick<RawRequest, 'method' | 'headers'>
type Answer = (parts: LinkParts, link: ActionLink, token: string, now: Instant, wanted: Wanted) => Promise<RawReply>

async function handle(parts: LinkParts, request: RawRequest, answer: Answer): Promise<RawReply> {
  const token = request.params['token']!
  const language = languageOf(request.headers)
  const wanted = wantedBy(request)
  const link = readLink(parts.linkKey, token)
  if (!link)
    return wanted === 'json' ? jsonReply(404, refuse('not-found', `There is no such link. ${english.unknown}`)) : unknownPage(language)
  try {
    return await answer(parts, link, token, parts.clock.now(), wanted)
  } catch (error) {
    if (isPassing(error)) throw error
    parts.log.error({ err: (error as Error).message, stack: (error as Error).stack }, 'an action link failed')
    return failed(request)
  }
}

/** Looking always shows a page; programs that act are answered in JSON. */
function wantedBy({ method, headers }: Asked): Wanted {
  return method !== 'POST' || wantsPage(headers) ? { page: languageOf(headers) } : 'json'
}

/** A person at night is not left with a line of JSON. */
function failed(request: Asked): RawReply {
  const wanted = wantedBy(request)
  return wanted === 'json' ? jsonReply(503, refuse('unavailable', english.failed)) : failedPage(request.method, wanted.page)
}

const NO_ALERTS: LinkAlerts = { total: 0, open: 0, newest: [] }

async function show(parts: LinkParts, link: ActionLink, _token: string, now: Instant, wanted: Wanted): Promise<RawReply> {
  const { db, documents } = parts
  const leaning = await readLeaning(db.sql, documents, link)
  const language = leaning.language ?? (wanted === 'json' ? 'en' : wanted.page)
  const reader = { language, zone: leaning.zone ?? 'UTC' }
  const over = whyOver(leaning, now)
  if (over) return overPage(over, leaning.incident?.number, language)
  const incident = covered(leaning.incident!, language)
  // Whoever holds the link may do what it says; what it is about is for members who have signed in.
  const isCovered = incident.visibility === 'private'
  const escalation = await parts.readEscalation({
    params: { id: incident.id },
    query: undefined,
    body: undefined,
    caller: { ...ANONYMOUS, ...holderOf(documents.last(), link) },
    reader,
    now,
  })
  if (isRefusal(escalation)) return overPage('gone', undefined, language)
  const actions = siblings(parts.linkKey, link)
  const { purpose, stoppedAt } = await readPurpose(db.sql, incident.id, runNumberOf(link.pageId))
  const by = purpose === 'incident' || stoppedAt === null ? null : ((await whoAnswered(db.sql, incident.id, purpose)) ?? link.person)
  const cause = isCovered ? null : await readCause(db.sql, incident.id, runNumberOf(link.pageId))
  return nightPage(
    nightFacts({
      now,
      // A page for a role, or to come, is answered by itself, whoever has the incident.
      incident: purpose === 'incident' || !isOpen(incident) ? incident : answered(incident, stoppedAt, by),
      alerts: isCovered ? NO_ALERTS : await readLinkAlerts(db.sql, incident, cause),
      cause,
      escalation,
      snapshot: documents.last(),
      person: personOf(leaning.today!),
      reader,
      level: levelOf(link),
      wanted: link.action,
      actions,
      escalatedAt: (await readLinkUse(db.sql, actions.escalate)) ?? null,
    }),
  )
}

async function act(parts: LinkParts, link: ActionLink, token: string, now: Instant, wanted: Wanted): Promise<RawReply> {
  const result = await parts.db.transaction(
    async (tx): Promise<Outcome | { over: Over; leaning: Leaning }> => {
      const leaning = await readLeaning(tx.sql, parts.documents, link)
      const over = whyOver(leaning, now)
      return over ? { over, leaning } : actByLink(tx, now, parts, link, token)
      // What it did before it tells again: an acknowledgement stays who gave it, an escalation is used up.
    },
    { repeatable: true },
  )
  // Whoever presses a button of a test page has done all there is to do.
  if ('over' in result && result.over === 'test' && wanted === 'json') return jsonReply(200, { test: true, message: english.over.test })
  if ('over' in result)
    return wanted === 'json'
      ? jsonReply(410, refuse('link-over', `This link is over. ${english.over[result.over]}`))
      : overPage(result.over, result.leaning.incident?.number, result.leaning.language ?? wanted.page)
  return wanted !== 'json'
    ? seeOther(`/l/${token}`)
    : jsonReply(200, { incident: viewOf(covered(result.incident, 'en')), done: result.done, by: result.by })
}

/**
 * The three links of one page to one person. Made at the same moment they are the very ones the message carried, so
 * that looking neither lengthens a link's life nor gives a second escalation.
 */
function siblings(key: Buffer, link: ActionLink): Record<LinkAction, string> {
  const sign = (action: LinkAction) => signLink(key, { ...link, action })
  return { acknowledge: sign('acknowledge'), resolve: sign('resolve'), escalate: sign('escalate') }
}

function answered(incident: Incident, at: Instant | null, by: string | null): Incident {
  return { ...incident, status: at === null ? 'detected' : 'acknowledged', held: at !== null, acknowledgedAt: at, acknowledgedBy: by }
}

/** Pages are named `incident:run:round:level:person:rule`. */
function levelOf(link: ActionLink): number {
  return Number(link.pageId.split(':')[3])
}

function personOf({ name, spec }: Document<PersonSpec>): { name: string; spec: PersonSpec } {
  return { name, spec }
}
