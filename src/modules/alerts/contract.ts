import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { listQuery, originView } from '../documents/contract.ts'
import { commaList, countedView, facetView, instant, pageQuery } from '../incidents/contract.ts'

export const alertView = z.object({
  id: z.string(),
  dedupKey: z.string(),
  status: z.enum(['open', 'ended']),
  severity: z.int(),
  title: z.string(),
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  links: z.array(z.object({ href: z.string(), text: z.string() })),
  warnings: z.array(z.string()),
  count: z.int(),
  incidentId: z.string().nullable(),
  incidentNumber: z.string().nullable().describe('INC-142'),
  incidentStatus: z.enum(['detected', 'acknowledged', 'resolved']).nullable(),
  grouping: z
    .enum(['alone', 'labels', 'service'])
    .describe('Whether its incident gathers no other alerts, those of equal labels, or all of the service.'),
  /** The labels by which its incident gathers alerts. */
  groupedBy: z.array(z.object({ label: z.string(), value: z.string() })),
  integration: z.string(),
  service: z.string(),
  openedAt: instant,
  reportedAt: instant,
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  endedAt: instant.nullable(),
  endedBy: z.enum(['source', 'lapsed', 'person', 'late']).nullable(),
})

/** One decision on the way from receipt to delivery. */
export const whyStep = z.object({
  step: z.enum(['received', 'deduped', 'grouped', 'routed', 'level', 'person', 'rule', 'page', 'stopped']),
  at: instant,
  /** A plain sentence. */
  text: z.string(),
  outcome: z.enum(['done', 'withheld', 'failed', 'waiting']),
  data: z.record(z.string(), z.unknown()),
})

/** An alert that was read out of a body. */
const readAlertView = z.object({
  action: z.enum(['trigger', 'acknowledge', 'resolve']),
  title: z.string(),
  severity: z.int(),
  dedupKey: z.string(),
  alert: z.string().nullable().describe('The newest alert of that key; null when there is none.'),
})

/** A body as it came in, and what was made of it. */
const eventView = z.object({
  id: z.string(),
  receivedAt: instant,
  integration: z.string(),
  source: z.string(),
  problems: z.array(z.string()).describe('Why (part of) it could not be used; empty when all of it was.'),
  refused: z.boolean().describe('The sender was told no.'),
  status: z.int().nullable().describe('What the sender was answered; null when the body is too long to be read again.'),
  bytes: z.int(),
  body: z.string().describe('As it came, keys blanked; at most 64 KB of it.'),
  alerts: z.array(readAlertView).describe('At most 20.'),
})

const keyView = z.object({
  id: z.string().describe('Names the key where it is revoked.'),
  start: z.string().nullable().describe('Its first characters.'),
  newest: z.boolean(),
})

const integrationView = z.object({
  name: z.string(),
  displayName: z.string(),
  source: z.string(),
  sourceTitle: z.string(),
  service: z.string(),
  origin: originView,
  state: z
    .enum(['receiving', 'quiet', 'silent', 'never'])
    .describe(
      'receiving: heard within 24 hours. quiet: not, and it often is. silent: not, though it was heard on five of the seven days before. never: not within 30 days.',
    ),
  lastEventAt: instant.nullable().describe('Within the last 30 days.'),
  events: z.int().describe('Bodies accepted within 24 hours, like the figures below.'),
  refused: z.int().describe('Of those, answered with a no, kept and shown.'),
  unparsed: z.int().describe('Of those, taken although something in them could not be used.'),
  perHour: z.array(z.int()).describe('Events of each of the last 24 hours, oldest first; the last is the hour that runs.'),
})

const wholeIntegrationView = integrationView.extend({
  version: z.int(),
  keys: z.array(keyView),
  address: z.string().describe('Where senders send to; YOUR-KEY stands for the key.'),
  connect: z
    .array(z.object({ name: z.string(), file: z.string().nullable(), code: z.string() }))
    .describe('Ready to paste; YOUR-KEY stands for the key.'),
})

const byName = z.object({ name: z.string() })

const repeated = (value: unknown) => (value === undefined || Array.isArray(value) ? value : [value])

const alertFilters = {
  status: z.enum(['open', 'ended']).optional(),
  severity: commaList(z.coerce.number().int().min(1).max(4)).optional(),
  service: commaList(z.string()).optional(),
  integration: commaList(z.string()).optional(),
  label: z
    .preprocess(
      repeated,
      z
        .array(
          z
            .string()
            .max(2000)
            .regex(/^[^=]+=/, 'write it as name=value'),
        )
        .max(20),
    )
    .optional()
    .describe('name=value; may be given several times: every name has to match, one of its values suffices.'),
  incident: z.string().optional().describe('inc_… or INC-142'),
  dedupKey: z.string().optional(),
  since: instant.optional().describe('Opened at this moment or later.'),
  until: instant.optional().describe('Opened before this moment.'),
  q: z.string().max(200).optional().describe('Part of the title or of the dedup key, or the number of its incident.'),
  text: z.string().max(200).optional().describe('Part of the title.'),
}

const byId = z.object({ id: z.string().describe('alr_…') })

export const alertsContract = {
  listAlerts: route({
    method: 'GET',
    path: '/alerts',
    permission: 'incident:read',
    summary: 'Alerts, newest first. A page looks at a bounded stretch of history: it may be short, or empty, and still have a next one.',
    query: z.strictObject({ ...pageQuery, ...alertFilters }),
    reply: z.object({ items: z.array(alertView), next: z.string().nullable() }),
    refusals: { 'bad-cursor': 400 },
  }),
  countAlerts: route({
    method: 'GET',
    path: '/alerts/facets',
    permission: 'incident:read',
    summary: 'How many alerts have which value, field by field; each field is counted as if it were not filtered by.',
    query: z.strictObject(alertFilters),
    reply: z.object({ ...countedView, status: facetView, severity: facetView, service: facetView, integration: facetView }),
    refusals: {},
  }),
  getAlertVolume: route({
    method: 'GET',
    path: '/alerts/volume',
    permission: 'incident:read',
    summary: 'How many alerts of the last hours became how many incidents and pages; by quarters of an hour.',
    query: z.strictObject({ hours: z.coerce.number().int().min(1).max(24).default(24) }),
    reply: z.object({
      since: instant,
      alerts: z.int(),
      incidents: z.int(),
      pages: z.int().describe('Pages that were attempted for those incidents.'),
      complete: z.boolean().describe('False when a quarter, or the pages, held more than are counted.'),
      quarters: z.array(z.object({ from: instant, alerts: z.int() })),
    }),
    refusals: {},
  }),
  getAlert: route({
    method: 'GET',
    path: '/alerts/{id}',
    permission: 'incident:read',
    summary: 'One alert.',
    params: byId,
    reply: alertView,
    refusals: { 'not-found': 404 },
  }),
  getAlertPayload: route({
    method: 'GET',
    path: '/alerts/{id}/payload',
    permission: 'incident:read',
    summary: 'The body that opened the alert, as it came.',
    params: byId,
    reply: z.object({ receivedAt: instant, source: z.string(), body: z.string() }),
    refusals: { 'not-found': 404, gone: 410 },
  }),
  getAlertWhy: route({
    method: 'GET',
    path: '/alerts/{id}/why',
    permission: 'incident:read',
    summary: 'Every decision about an alert from receipt to delivery, in order.',
    params: byId,
    reply: z.object({ alert: alertView, steps: z.array(whyStep) }),
    refusals: { 'not-found': 404 },
  }),
  listUnparsed: route({
    method: 'GET',
    path: '/unparsed-events',
    permission: 'incident:read',
    summary: 'Bodies that could not be used, newest first.',
    query: z.strictObject({
      ...pageQuery,
      integration: z.string().optional(),
      refused: z.stringbool().optional().describe('Only those the sender was told no for, or only the others.'),
    }),
    reply: z.object({ items: z.array(eventView), next: z.string().nullable() }),
    refusals: {},
  }),
  listSources: route({
    method: 'GET',
    path: '/alert-sources',
    permission: 'config:read',
    summary: 'The dialects an integration can speak.',
    reply: z.object({ items: z.array(z.object({ name: z.string(), title: z.string() })) }),
    refusals: {},
  }),
  listIntegrations: route({
    method: 'GET',
    path: '/integrations',
    permission: 'config:read',
    summary: 'Ways in by name, each with what came in by it.',
    query: z.strictObject({ ...listQuery, service: z.string().optional() }),
    reply: z.object({ items: z.array(integrationView), next: z.string().nullable() }),
    refusals: { 'bad-cursor': 400 },
  }),
  getIntegration: route({
    method: 'GET',
    path: '/integrations/{name}',
    permission: 'config:read',
    summary: 'One way in: what came, its keys, and how senders are pointed at it.',
    params: byName,
    reply: wholeIntegrationView,
    refusals: { 'not-found': 404 },
  }),
  listIntegrationEvents: route({
    method: 'GET',
    path: '/integrations/{name}/events',
    permission: 'config:read',
    summary: 'The last bodies that came in, newest first, at most 20 of each hour.',
    params: byName,
    query: z.strictObject({ ...pageQuery, limit: pageQuery.limit.pipe(z.int().max(50, 'is at most 50')).default(10) }),
    reply: z.object({ items: z.array(eventView), next: z.string().nullable() }),
    refusals: { 'not-found': 404, 'bad-cursor': 400 },
  }),
  testIntegration: route({
    method: 'POST',
    path: '/integrations/{name}/test',
    permission: 'incident:act',
    summary: 'Sends an example of its source the way every alert goes. It pages whom an alert of that severity pages.',
    params: byName,
    body: z.strictObject({
      severity: z.int().min(1).max(4).default(4).describe('A rank, 1 worst; by default 4, the lowest.'),
    }),
    reply: z.object({
      dedupKey: z.string(),
      receivedAt: instant,
      status: z.int().describe('What a sender would have been answered.'),
      alert: z.string().nullable().describe('Null when it has not been worked off within 10 s.'),
      incidentId: z.string().nullable(),
    }),
    refusals: { 'not-found': 404, overloaded: 503 },
  }),
  makeIntegrationKey: route({
    method: 'POST',
    path: '/integrations/{name}/keys',
    permission: 'config:write',
    summary: 'Makes another key, told this once. Those before it go on working until they are revoked.',
    params: byName,
    body: z.strictObject({}),
    reply: z.object({ key: z.string(), keys: z.array(keyView) }),
    refusals: { 'not-found': 404, 'from-file': 409, 'too-many-keys': 409 },
    replyIsSecret: true,
  }),
  revokeIntegrationKey: route({
    method: 'DELETE',
    path: '/integrations/{name}/keys/{id}',
    permission: 'config:write',
    summary: 'Ends a key at once. The last one cannot be ended; remove the integration instead.',
    params: z.object({ name: z.string(), id: z.string() }),
    reply: z.object({ keys: z.array(keyView) }),
    refusals: { 'not-found': 404, 'from-file': 409, 'last-key': 409 },
  }),
}
