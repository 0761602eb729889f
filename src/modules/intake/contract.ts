import { z } from 'zod'
import { route, text } from '../../platform/contract.ts'
import { listQuery, momentView, originView } from '../documents/contract.ts'
import { pageQuery } from '../incidents/contract.ts'

/** An alert that was read out of a body. */
const readAlertView = z.object({
  action: z.enum(['trigger', 'acknowledge', 'resolve']),
  title: text,
  severity: z.int(),
  dedupKey: text,
  alert: text.nullable().describe('The newest alert of that key; null when there is none.'),
})

/** A body as it came in, and what was made of it. */
const eventView = z.object({
  id: text,
  receivedAt: momentView,
  integration: text,
  source: text,
  problems: z.array(text).describe('Why (part of) it could not be used; empty when all of it was.'),
  refused: z.boolean().describe('The sender was told no.'),
  status: z.int().nullable().describe('What the sender was answered; null when the body is too long to be read again.'),
  bytes: z.int(),
  body: text.describe('As it came, keys blanked; at most 64 KB of it.'),
  alerts: z.array(readAlertView).describe('At most 20.'),
})

const keyView = z.object({
  id: text.describe('Names the key where it is revoked.'),
  start: text.nullable().describe('Its first characters.'),
  newest: z.boolean(),
})

const integrationView = z.object({
  name: text,
  displayName: text,
  source: text,
  sourceTitle: text,
  service: text,
  origin: originView,
  state: z
    .enum(['receiving', 'quiet', 'silent', 'never'])
    .describe(
      'receiving: heard within 24 hours. quiet: not, and it often is. silent: not, though it was heard on five of the seven days before. never: not within 30 days.',
    ),
  lastEventAt: momentView.nullable().describe('Within the last 30 days.'),
  events: z.int().describe('Bodies accepted within 24 hours, like the figures below.'),
  refused: z.int().describe('Of those, answered with a no, kept and shown.'),
  unparsed: z.int().describe('Of those, taken although something in them could not be used.'),
  bodies: z
    .enum(['whole', 'first-part', 'counted'])
    .describe(
      'How bodies that come now are kept: over the quota of the day their first 4 KB, and in the end nothing. They are read all the same.',
    ),
  newAlerts: z
    .enum(['each', 'gathered'])
    .describe('How alerts that are new are kept: over the quota of the day they are one alert, which pages as any. Open ones go on.'),
  perHour: z.array(z.int()).describe('Events of each of the last 24 hours, oldest first; the last is the hour that runs.'),
})

const wholeIntegrationView = integrationView.extend({
  version: z.int(),
  keys: z.array(keyView),
  address: text.describe('Where senders send to; YOUR-KEY stands for the key.'),
  connect: z.array(z.object({ name: text, file: text.nullable(), code: text })).describe('Ready to paste; YOUR-KEY stands for the key.'),
})

const byName = z.object({ name: text })

export const intakeContract = {
  listUnparsed: route({
    method: 'GET',
    path: '/unparsed-events',
    permission: 'incident:read',
    summary: 'Bodies that could not be used, newest first.',
    query: z.strictObject({
      ...pageQuery,
      integration: text.optional(),
      refused: z.stringbool().optional().describe('Only those the sender was told no for, or only the others.'),
    }),
    reply: z.object({ items: z.array(eventView), next: text.nullable() }),
    refusals: {},
  }),
  listSources: route({
    method: 'GET',
    path: '/alert-sources',
    permission: 'config:read',
    summary: 'The dialects an integration can speak.',
    reply: z.object({ items: z.array(z.object({ name: text, title: text })) }),
    refusals: {},
  }),
  listIntegrations: route({
    method: 'GET',
    path: '/integrations',
    permission: 'config:read',
    summary: 'Ways in by name, each with what came in by it.',
    query: z.strictObject({ ...listQuery, service: text.optional() }),
    reply: z.object({ items: z.array(integrationView), next: text.nullable() }),
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
    reply: z.object({ items: z.array(eventView), next: text.nullable() }),
    refusals: { 'not-found': 404, 'bad-cursor': 400 },
  }),
  testIntegration: route({
    method: 'POST',
    path: '/integrations/{name}/test',
    permission: 'incident:act',
    ofTeam: true,
    summary: 'Sends an example of its source the way every alert goes. It pages whom an alert of that severity pages.',
    params: byName,
    body: z.strictObject({
      severity: z.int().min(1).max(4).default(4).describe('A rank, 1 worst; by default 4, the lowest.'),
    }),
    reply: z.object({
      dedupKey: text,
      receivedAt: momentView,
      status: z.int().describe('What a sender would have been answered.'),
      alert: text.nullable().describe('Null when it has not been worked off within 10 s.'),
      incidentId: text.nullable(),
    }),
    refusals: { 'not-allowed': 403, 'not-found': 404, overloaded: 503 },
  }),
  makeIntegrationKey: route({
    method: 'POST',
    path: '/integrations/{name}/keys',
    permission: 'config:write',
    summary: 'Makes another key, told this once. Those before it go on working until they are revoked.',
    params: byName,
    body: z.strictObject({}),
    reply: z.object({ key: text, keys: z.array(keyView) }),
    refusals: { 'not-found': 404, 'from-file': 409, 'too-many-keys': 409 },
    replyIsSecret: true,
  }),
  revokeIntegrationKey: route({
    method: 'DELETE',
    path: '/integrations/{name}/keys/{id}',
    permission: 'config:write',
    summary: 'Ends a key at once. The last one cannot be ended; remove the integration instead.',
    params: z.object({ name: text, id: text }),
    reply: z.object({ keys: z.array(keyView) }),
    refusals: { 'not-found': 404, 'from-file': 409, 'last-key': 409 },
  }),
}
