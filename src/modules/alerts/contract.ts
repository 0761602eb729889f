import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { commaList, instant, pageQuery } from '../incidents/contract.ts'

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

const unparsedView = z.object({
  id: z.string(),
  receivedAt: instant,
  integration: z.string(),
  source: z.string(),
  problems: z.array(z.string()),
  refused: z.boolean().describe('The sender was told no.'),
  body: z.string().describe('As it came, keys blanked; at most 64 KB of it.'),
})

const byId = z.object({ id: z.string().describe('alr_…') })

export const alertsContract = {
  listAlerts: route({
    method: 'GET',
    path: '/alerts',
    permission: 'incident:read',
    summary: 'Alerts, newest first.',
    query: z.strictObject({
      ...pageQuery,
      status: z.enum(['open', 'ended']).optional(),
      incident: z.string().optional().describe('inc_… or INC-142'),
      service: commaList(z.string()).optional(),
      dedupKey: z.string().optional(),
      text: z.string().max(200).optional().describe('Part of the title.'),
    }),
    reply: z.object({ items: z.array(alertView), next: z.string().nullable() }),
    refusals: { 'bad-cursor': 400 },
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
    query: z.strictObject(pageQuery),
    reply: z.object({ items: z.array(unparsedView), next: z.string().nullable() }),
    refusals: {},
  }),
}
