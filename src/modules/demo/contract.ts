import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { momentView } from '../documents/contract.ts'

const objectName = z.object({ kind: z.string(), name: z.string() })
const stayingView = objectName.extend({ usedBy: z.array(objectName).describe('Your own objects that use it, at first or at second hand.') })

const holdingsView = z.object({
  people: z.int(),
  teams: z.int(),
  schedules: z.int(),
  policies: z.int(),
  services: z.int(),
  integrations: z.int(),
  incidents: z.int(),
})

const pageContentView = z.object({
  page: z.object({
    id: z.string(),
    level: z.int(),
    attempt: z.int(),
    reason: z.string(),
    possiblyDuplicate: z.boolean(),
    ifNobodyActs: z.string().optional(),
  }),
  incident: z.object({
    id: z.string(),
    number: z.string(),
    title: z.string(),
    severity: z.int(),
    status: z.string().describe('As it was when the page left.'),
    urgency: z.enum(['high', 'low']),
    service: z.string().nullable(),
    url: z.string(),
    startedAt: momentView,
  }),
  person: z.object({ name: z.string(), displayName: z.string() }),
  alerts: z.object({ count: z.int(), newest: z.array(z.record(z.string(), z.unknown())) }),
  actions: z.object({ acknowledge: z.string(), resolve: z.string(), escalate: z.string() }).describe('Signed links: a bare POST acts.'),
})

export const demoContract = {
  getDemo: route({
    method: 'GET',
    path: '/demo',
    permission: 'config:read',
    summary: 'The demo company: what there is of it, what would stay without it, and how to raise a first alert.',
    reply: z.object({
      company: z.string(),
      present: z.boolean(),
      holds: holdingsView,
      stays: z.array(stayingView).describe('What removing it would leave, because something of your own uses it.'),
      firstAlert: z
        .object({
          url: z.string(),
          body: z.record(z.string(), z.union([z.string(), z.number()])),
          command: z.string().describe('One line for a shell.'),
        })
        .nullable(),
    }),
    refusals: {},
  }),
  removeDemo: route({
    method: 'DELETE',
    path: '/demo',
    permission: 'config:write',
    summary: 'Removes the demo company and all it ever did, but for what your own objects use.',
    reply: z.object({ removed: holdingsView, stayed: z.array(stayingView) }),
    refusals: {},
  }),
  listPhones: route({
    method: 'GET',
    path: '/demo/phones',
    permission: 'incident:read',
    summary: 'Phones drawn in the browser; first the one that the first alert would ring.',
    reply: z.object({
      items: z.array(
        z.object({
          person: z.string(),
          displayName: z.string(),
          contact: z.string().describe('What its owner calls it.'),
          demo: z.boolean(),
          ringsFirst: z.boolean(),
        }),
      ),
    }),
    refusals: {},
  }),
  listPhoneMessages: route({
    method: 'GET',
    path: '/demo/phones/{person}/messages',
    permission: 'incident:read',
    summary: 'What a person’s drawn phones show, newest first. `page.delivered` on /events says when to look again.',
    params: z.object({ person: z.string() }),
    query: z.strictObject({
      after: z.coerce.number().int().min(0).default(0).describe('Only messages newer than the one with this id.'),
      limit: z.coerce.number().int().min(1).max(200).default(20),
    }),
    reply: z.object({
      items: z.array(z.object({ id: z.int(), contact: z.string(), shownAt: momentView, pages: z.array(pageContentView) })),
    }),
    refusals: { 'not-found': 404 },
  }),
}
