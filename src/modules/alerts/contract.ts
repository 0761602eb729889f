import { z } from 'zod'
import { instant, route, text } from '../../platform/contract.ts'
import { momentView } from '../documents/contract.ts'
import { commaList, countedView, facetView, incidentView, pageQuery } from '../incidents/contract.ts'

export const alertView = z.object({
  id: text,
  dedupKey: text,
  status: z.enum(['open', 'ended']),
  severity: z.int(),
  title: text,
  labels: z.record(text, text),
  annotations: z.record(text, text),
  links: z.array(z.object({ href: text, text: text })),
  warnings: z.array(text),
  count: z.int(),
  incidentId: text.nullable(),
  incidentNumber: text.nullable().describe('INC-142'),
  incidentStatus: incidentView.shape.status.nullable(),
  incidentHeld: z.boolean().describe('Whether somebody has it.'),
  grouping: z
    .enum(['alone', 'labels', 'service'])
    .describe('Whether its incident gathers no other alerts, those of equal labels, or all of the service.'),
  /** The labels by which its incident gathers alerts. */
  groupedBy: z.array(z.object({ label: text, value: text })),
  integration: text,
  service: text,
  openedAt: momentView,
  reportedAt: momentView,
  startsAt: momentView.nullable(),
  endsAt: momentView.nullable(),
  endedAt: momentView.nullable(),
  endedBy: z.enum(['source', 'lapsed', 'person', 'late']).nullable(),
})

/** One decision on the way from receipt to delivery. */
export const whyStep = z.object({
  step: z.enum(['received', 'deduped', 'grouped', 'routed', 'level', 'person', 'rule', 'page', 'stopped']),
  at: momentView,
  /** A plain sentence. */
  text: text,
  outcome: z.enum(['done', 'withheld', 'failed', 'waiting']),
  data: z.record(text, z.unknown()),
})

const repeated = (value: unknown) => (value === undefined || Array.isArray(value) ? value : [value])

const alertFilters = {
  status: z.enum(['open', 'ended']).optional(),
  severity: commaList(z.coerce.number().int().min(1).max(4)).optional(),
  service: commaList(text).optional(),
  integration: commaList(text).optional(),
  label: z
    .preprocess(repeated, z.array(text.max(2000).regex(/^[^=]+=/, 'write it as name=value')).max(20))
    .optional()
    .describe('name=value; may be given several times: every name has to match, one of its values suffices.'),
  incident: text.optional().describe('inc_… or INC-142'),
  dedupKey: text.optional(),
  since: instant.optional().describe('Opened at this moment or later.'),
  until: instant.optional().describe('Opened before this moment.'),
  q: text.max(200).optional().describe('Part of the title or of the dedup key, or the number of its incident.'),
  text: text.max(200).optional().describe('Part of the title.'),
}

const byId = z.object({ id: text.describe('alr_…') })

export const alertsContract = {
  listAlerts: route({
    method: 'GET',
    path: '/alerts',
    permission: 'incident:read',
    summary: 'Alerts, newest first. A page looks at a bounded stretch of history: it may be short, or empty, and still have a next one.',
    query: z.strictObject({ ...pageQuery, ...alertFilters }),
    reply: z.object({ items: z.array(alertView), next: text.nullable() }),
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
      since: momentView,
      alerts: z.int(),
      incidents: z.int(),
      pages: z.int().describe('Pages that were attempted for those incidents.'),
      complete: z.boolean().describe('False when a quarter, or the pages, held more than are counted.'),
      quarters: z.array(z.object({ from: momentView, alerts: z.int() })),
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
    reply: z.object({ receivedAt: momentView, source: text, body: text }),
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
}
