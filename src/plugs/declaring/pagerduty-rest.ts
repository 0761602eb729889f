import { z } from 'zod'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import { shorten } from '../../kernel/text.ts'
import type { Clock } from '../../kernel/time.ts'
import { integrationOf, Service } from '../../modules/catalog/index.ts'
import { type CommandParts, declare } from '../../modules/command/index.ts'
import type { Documents, Snapshot } from '../../modules/documents/index.ts'
import { lockAffected } from '../../modules/incidents/index.ts'
import { type Caller, text } from '../../platform/contract.ts'
import type { Database } from '../../platform/db.ts'
import { issuesOf, type RawReply, type RawRequest, type RawRoute } from '../../platform/http.ts'

export interface DeclaringParts extends CommandParts {
  db: Database
  clock: Clock
  documents: Documents
  publicUrl(): string
  authenticate(request: { headers: Record<string, string>; method: string }): Promise<Caller | Refusal>
}

const TITLE_MAX = 1024
const DETAILS_MAX = 9000
const KEY_MAX = 255

const required = (what: string) => text.trim().min(1, `${what} can't be blank`)

/** What its clients send; what else they say is let go by. */
const incidentBody = z.object({
  incident: z.object(
    {
      title: z.string({ error: "title can't be blank" }).pipe(required('title')),
      service: z.object(
        { id: z.string({ error: "service.id can't be blank" }).pipe(required('service.id')) },
        { error: "service can't be blank" },
      ),
      urgency: z.enum(['high', 'low'], { error: 'urgency is high or low' }).default('high'),
      body: z.object({ details: text.nullish() }).nullish(),
      incident_key: text.max(KEY_MAX, `incident_key is at most ${KEY_MAX} letters`).nullish(),
    },
    { error: "incident can't be blank" },
  ),
})

/**
 * `POST /incidents` of PagerDuty's REST API, so that a program that opens incidents there opens them here when its address is changed.
 * It is known by a token of ours or by the key of an integration, whose service it then is where `service.id` names none of ours.
 */
export function declaringDoors(parts: DeclaringParts): RawRoute[] {
  return [
    {
      method: 'POST',
      path: '/incidents',
      permission: 'key',
      unavailable: () => failed(429, 2020, 'Rate Limit Exceeded', ['The database does not answer; send it again in a moment.']),
      handle: (request) => open(parts, request),
    },
  ]
}

async function open(parts: DeclaringParts, request: RawRequest): Promise<RawReply> {
  const { db, clock, documents, publicUrl } = parts
  const token = tokenIn(request)
  const sender = token === undefined ? undefined : await senderOf(parts, token, await documents.fresh(db.sql))
  if (!sender)
    return failed(401, 2006, 'Unauthorized', [
      'Send `Authorization: Token token=…` with an API token of this server, or the key of an integration.',
    ])
  if (sender === 'may-not') return failed(403, 2010, 'Access Denied', ['The token may only read; it needs the right ‹incident:declare›.'])
  const said = readBody(request.body)
  if (Array.isArray(said)) return failed(400, 2001, 'Invalid Input Provided', said)
  const { title, service: named, urgency, body, incident_key: key } = said.incident
  const from = [request.headers['from']].flat()[0]
  const details = [body?.details, from && `Sent for ${shorten(from, 320)}.`].filter(Boolean).join('\n\n')
  const outcome = await db.transaction(async (tx): Promise<Declared | Refusal> => {
    const snapshot = await documents.fresh(tx.sql)
    const service = snapshot.get(Service, named.id) ? named.id : sender.service
    if (service === undefined)
      return refuse('no-such-service', `There is no service ‹${named.id.slice(0, 100)}›; \`tocsin service list\` shows them.`)
    const group = key ? { key: `incident-key:${key}`, by: [] as [string, string][] } : undefined
    if (group && (await lockAffected(tx.sql, [{ service, groupKey: group.key }], [])).length > 0)
      return refuse('known', 'Open incident with matching dedup key already exists on this service')
    const wanted = {
      ...{ title: shorten(title, TITLE_MAX), severity: urgency === 'high' ? 2 : 3, service },
      ...(details && { summary: shorten(details, DETAILS_MAX) }),
      // There an incident always pages by the policy of its service, and its urgency is the sender's word.
      ...{ visibility: 'public' as const, page: true, reason: `its sender calls the urgency ${urgency}` },
    }
    return declare(tx, clock.now(), parts, snapshot, wanted, sender.caller, false, group)
  })
  if (isRefusal(outcome)) return failed(400, 2001, 'Invalid Input Provided', [outcome.message])
  const snapshot = documents.last()
  return {
    status: 201,
    headers: JSON_TYPE,
    body: JSON.stringify({ incident: incidentOf(outcome, key ?? null, urgency, snapshot, publicUrl()) }),
  }
}

type Declared = Exclude<Awaited<ReturnType<typeof declare>>, Refusal>

interface Sender {
  caller: Caller
  /** The one it reports on where it names none of ours. */
  service?: string
}

async function senderOf({ authenticate }: DeclaringParts, token: string, snapshot: Snapshot): Promise<Sender | 'may-not' | undefined> {
  const integration = integrationOf(snapshot, token)
  if (integration) return { caller: callerOf(integration.name), service: integration.spec.service }
  const caller = await authenticate({ headers: { authorization: `Bearer ${token}` }, method: 'POST' })
  if (isRefusal(caller) || caller.kind === 'anonymous') return undefined
  return caller.permits('incident:declare') ? { caller } : 'may-not'
}

/** An integration may open incidents, and nothing else. */
function callerOf(name: string): Caller {
  return { kind: 'token', id: `integration:${name}`, label: name, permits: (permission) => permission === 'incident:declare' }
}

/** `Token token=…`, with quotes or without, or `Bearer …`. */
function tokenIn({ headers }: RawRequest): string | undefined {
  return /^(?:Token\s+token="?|Bearer\s+)([^"\s,]+)/i.exec(String(headers['authorization'] ?? ''))?.[1]
}

function readBody(bytes: Buffer): z.output<typeof incidentBody> | string[] {
  let body: unknown
  try {
    body = JSON.parse(bytes.toString('utf8'))
  } catch {
    return ['The body is not JSON.']
  }
  const parsed = incidentBody.safeParse(body)
  return parsed.success ? parsed.data : issuesOf(parsed.error, 'body').map(({ message }) => message)
}

function incidentOf(incident: Declared, key: string | null, urgency: string, snapshot: Snapshot, baseUrl: string) {
  const { id, number, title, startedAt, summary } = incident
  const reference = (type: string, name: string | null, at: string) =>
    name === null ? null : { id: name, type, summary: name, self: null, html_url: `${baseUrl}/${at}/${name}` }
  return {
    ...{
      id,
      type: 'incident',
      summary: `[#${number.slice(4)}] ${title}`,
      self: `${baseUrl}/api/v1/incidents/${id}`,
      html_url: `${baseUrl}/i/${number.slice(4)}`,
    },
    ...{ incident_number: Number(number.slice(4)), title, status: 'triggered', urgency, incident_key: key ?? id },
    ...{
      created_at: startedAt,
      updated_at: startedAt,
      description: title,
      body: summary === null ? null : { type: 'incident_body', details: summary },
    },
    service: {
      ...reference('service_reference', incident.service, 'services'),
      summary: snapshot.get(Service, incident.service ?? '')?.spec.displayName ?? incident.service,
    },
    escalation_policy: reference('escalation_policy_reference', incident.policy, 'policies'),
    ...{ assignments: [], acknowledgements: [], teams: [], priority: null, alert_counts: { all: 0, triggered: 0, resolved: 0 } },
  }
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

function failed(status: number, code: number, message: string, errors: string[]): RawReply {
  return { status, headers: JSON_TYPE, body: JSON.stringify({ error: { code, message, errors } }) }
}
