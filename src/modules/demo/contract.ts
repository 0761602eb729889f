import { z } from 'zod'
import { route, text } from '../../platform/contract.ts'
import { momentView } from '../documents/contract.ts'

const objectName = z.object({ kind: text, name: text })
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
    id: text,
    level: z.int(),
    attempt: z.int(),
    reason: text,
    possiblyDuplicate: z.boolean(),
    ifNobodyActs: text.optional(),
    cause: z.object({ dedupKey: text, title: text, severity: z.int() }).optional().describe('The alert that made it page again.'),
  }),
  incident: z.object({
    id: text,
    number: text,
    title: text,
    severity: z.int(),
    status: text.describe('As it was when the page left.'),
    urgency: z.enum(['high', 'low']),
    service: text.nullable(),
    url: text,
    startedAt: momentView,
  }),
  person: z.object({ name: text, displayName: text }),
  alerts: z.object({ count: z.int(), newest: z.array(z.record(text, z.unknown())) }),
  actions: z.object({ acknowledge: text, resolve: text, escalate: text }).describe('Signed links: a bare POST acts.'),
})

export const demoContract = {
  getDemo: route({
    method: 'GET',
    path: '/demo',
    permission: 'config:read',
    summary: 'The demo company: what there is of it, what would stay without it, and how to raise a first alert.',
    reply: z.object({
      company: text,
      present: z.boolean(),
      holds: holdingsView,
      stays: z.array(stayingView).describe('What removing it would leave, because something of your own uses it.'),
      firstAlert: z
        .object({
          url: text,
          body: z.record(text, z.union([text, z.number()])),
          command: text.describe('One line for a shell.'),
        })
        .nullable(),
    }),
    refusals: {},
  }),
  startDemo: route({
    method: 'POST',
    path: '/demo',
    permission: 'config:write',
    summary: 'Makes the demo company, with a month behind it and six incidents under way. Takes some seconds; touches nothing of your own.',
    body: z.strictObject({}),
    status: 201,
    reply: z.object({ company: text, holds: holdingsView }),
    refusals: { 'already-there': 409, 'names-taken': 409, 'not-here': 409 },
  }),
  removeDemo: route({
    method: 'DELETE',
    path: '/demo',
    permission: 'config:write',
    summary: 'Removes the demo company and all it ever did, but for what your own objects use.',
    reply: z.object({ removed: holdingsView, stayed: z.array(stayingView) }),
    refusals: {},
  }),
  startOutage: route({
    method: 'POST',
    path: '/demo/outage',
    permission: 'config:write',
    summary:
      'Lets an outage of the demo company begin, to watch and to take part in: from the first alert over roles and updates to its end, in some minutes.',
    body: z.strictObject({
      pace: z.int().min(1).max(60).default(4).describe('How many times faster than it would be; at 1 it takes 20 minutes.'),
    }),
    status: 201,
    reply: z.object({ service: text, pace: z.int(), endsAt: momentView }),
    refusals: { 'no-demo': 409, 'already-going': 409 },
  }),
  listPhones: route({
    method: 'GET',
    path: '/demo/phones',
    permission: 'incident:read',
    summary: 'Phones drawn in the browser; first the one that the first alert would ring.',
    reply: z.object({
      items: z.array(
        z.object({
          person: text,
          displayName: text,
          contact: text.describe('What its owner calls it.'),
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
    params: z.object({ person: text }),
    query: z.strictObject({
      after: z.coerce.number().int().min(0).default(0).describe('Only messages newer than the one with this id.'),
      limit: z.coerce.number().int().min(1).max(200).default(20),
    }),
    reply: z.object({
      items: z.array(z.object({ id: z.int(), contact: text, shownAt: momentView, pages: z.array(pageContentView) })),
    }),
    refusals: { 'not-found': 404 },
  }),
}
