import { z } from 'zod'
import { route, text } from '../../platform/contract.ts'
import { listOf, listQuery, momentView, originView } from '../documents/contract.ts'

export const serviceView = z.object({
  name: text,
  displayName: text,
  description: text.nullable(),
  team: text.nullable(),
  policy: text.nullable(),
  openIncidents: z.int(),
  worstSeverity: z.int().nullable().describe('The rank of the worst open incident, 1 worst; null when none is open.'),
  openSince: momentView.nullable().describe('When the oldest open incident was opened.'),
  unacknowledged: z.int().describe('Open incidents nobody has.'),
  lastHour: z
    .array(
      z.object({
        number: text,
        severity: z.int(),
        from: momentView,
        until: momentView.nullable().describe('Null while it is open.'),
      }),
    )
    .describe('Incidents that were open within the last hour, oldest first; at most 20.'),
  onCall: z
    .object({
      person: text,
      displayName: text,
      until: momentView.nullable(),
      catchAll: z.boolean().describe('Nobody of an earlier level is there.'),
    })
    .nullable()
    .describe('Who would be paged first now; null when there is no policy, or nobody to be found.'),
  integrationCount: z.int(),
  lastEventAt: momentView.nullable().describe('Of any of its integrations, within the last 30 days.'),
  missing: z
    .array(z.enum(['policy', 'owner', 'integration', 'nobody-on-call', 'silent-integration']))
    .describe('What it would take for an alert to reach somebody who owns it.'),
  usedBy: z.int().describe('Services that depend on this one.'),
  origin: originView,
})

const wholeServiceView = serviceView.extend({
  urgency: z.enum(['high', 'low', 'by-severity']),
  grouping: z
    .union([z.literal('all'), z.array(text)])
    .nullable()
    .describe('The labels alerts are grouped by.'),
  holds: text.describe('How long an acknowledgement covers what joins: an urgent alert that joins later pages again.'),
  autoResolve: z.boolean(),
  ackTimeout: text.nullable(),
  dependsOn: z.array(text),
  neededBy: z.array(text).describe('Services that depend on this one.'),
  links: z.array(z.object({ href: text, text: text })),
  integrations: z.array(z.object({ name: text, displayName: text, source: text, keyStart: text.nullable() })),
})

export const catalogContract = {
  listServices: route({
    method: 'GET',
    path: '/services',
    permission: 'incident:read',
    summary: 'Services by name, each with its open incidents.',
    query: z.strictObject({ ...listQuery, team: text.optional() }),
    reply: listOf(serviceView),
    refusals: { 'bad-cursor': 400 },
  }),
  getService: route({
    method: 'GET',
    path: '/services/{name}',
    permission: 'incident:read',
    summary: 'One service, with its ways in and what it depends on.',
    params: z.object({ name: text }),
    reply: wholeServiceView,
    refusals: { 'not-found': 404 },
  }),
}
