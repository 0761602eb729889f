import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { listOf, listQuery, originView } from '../documents/contract.ts'

export const serviceView = z.object({
  name: z.string(),
  displayName: z.string(),
  description: z.string().nullable(),
  team: z.string().nullable(),
  policy: z.string().nullable(),
  openIncidents: z.int(),
  worstSeverity: z.int().nullable().describe('The rank of the worst open incident, 1 worst; null when none is open.'),
  origin: originView,
})

const wholeServiceView = serviceView.extend({
  urgency: z.enum(['high', 'low', 'by-severity']),
  grouping: z
    .union([z.literal('all'), z.array(z.string())])
    .nullable()
    .describe('The labels alerts are grouped by.'),
  autoResolve: z.boolean(),
  ackTimeout: z.string().nullable(),
  dependsOn: z.array(z.string()),
  neededBy: z.array(z.string()).describe('Services that depend on this one.'),
  links: z.array(z.object({ href: z.string(), text: z.string() })),
  integrations: z.array(z.object({ name: z.string(), displayName: z.string(), source: z.string(), keyStart: z.string().nullable() })),
})

export const catalogContract = {
  listServices: route({
    method: 'GET',
    path: '/services',
    permission: 'incident:read',
    summary: 'Services by name, each with its open incidents.',
    query: z.strictObject({ ...listQuery, team: z.string().optional() }),
    reply: listOf(serviceView),
    refusals: { 'bad-cursor': 400 },
  }),
  getService: route({
    method: 'GET',
    path: '/services/{name}',
    permission: 'incident:read',
    summary: 'One service, with its ways in and what it depends on.',
    params: z.object({ name: z.string() }),
    reply: wholeServiceView,
    refusals: { 'not-found': 404 },
  }),
}
