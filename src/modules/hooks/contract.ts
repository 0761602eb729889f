import { z } from 'zod'
import { route, text } from '../../platform/contract.ts'
import { listOf, listQuery, momentView, originView } from '../documents/contract.ts'
import { pageQuery } from '../incidents/contract.ts'

const hookView = z.object({
  name: text,
  displayName: text,
  url: text.describe('Masked for whoever may not change the configuration.'),
  events: z.array(text).nullable().describe('Null: every event.'),
  services: z.array(text).nullable().describe('Null: incidents of every service.'),
  teams: z.array(text).nullable(),
  secrets: z.int().describe('With how many secrets deliveries are signed: 2 while one is replaced, 0 when nothing can be sent yet.'),
  state: z
    .enum(['on', 'failing', 'off', 'no-secret'])
    .describe(
      'failing: the last attempt did not arrive. off: none has for 3 days, and nothing is sent; a test that arrives switches it on.',
    ),
  failingSince: momentView.nullable(),
  offSince: momentView.nullable(),
  lastDeliveredAt: momentView.nullable(),
  waiting: z.int().describe('Deliveries that are not through; counted up to 1,000.'),
  origin: originView,
})

const deliveryView = z.object({
  id: text.describe('The `webhook-id`: the same on every attempt.'),
  type: text.describe('The event’s, or `hook.test`.'),
  incident: text.nullable().describe('INC-142; null for a test.'),
  incidentId: text.nullable(),
  occurredAt: momentView,
  queuedAt: momentView,
  state: z
    .enum(['waiting', 'sending', 'delivered', 'gave-up', 'withheld'])
    .describe('withheld: the incident became private before it left. gave-up: tried for 3 days.'),
  attempts: z.int(),
  lastAttemptAt: momentView.nullable(),
  nextAttemptAt: momentView
    .nullable()
    .describe('Null while an earlier delivery about the same incident is not through, and after the end.'),
  status: z.int().nullable().describe('What the receiver answered last.'),
  answer: text.nullable(),
})

const byName = z.object({ name: text })
const byDelivery = z.object({ name: text, id: text.describe('dlv_…') })

export const hooksContract = {
  listHooks: route({
    method: 'GET',
    path: '/hooks',
    permission: 'config:read',
    summary: 'Programs that are told of what happens to incidents, by name, each with how it fares.',
    query: z.strictObject(listQuery),
    reply: listOf(hookView),
    refusals: { 'bad-cursor': 400 },
  }),
  getHook: route({
    method: 'GET',
    path: '/hooks/{name}',
    permission: 'config:read',
    summary: 'One of them.',
    params: byName,
    reply: hookView,
    refusals: { 'not-found': 404 },
  }),
  listDeliveries: route({
    method: 'GET',
    path: '/hooks/{name}/deliveries',
    permission: 'config:read',
    summary: 'What it was told within 7 days, newest first, with what its receiver answered.',
    params: byName,
    query: z.strictObject(pageQuery),
    reply: listOf(deliveryView),
    refusals: { 'not-found': 404, 'bad-cursor': 400 },
  }),
  getDelivery: route({
    method: 'GET',
    path: '/hooks/{name}/deliveries/{id}',
    permission: 'config:read',
    summary: 'One delivery with the body that is sent.',
    params: byDelivery,
    reply: deliveryView.extend({ body: text }),
    refusals: { 'not-found': 404 },
  }),
  redeliver: route({
    method: 'POST',
    path: '/hooks/{name}/deliveries/{id}/redelivery',
    permission: 'config:write',
    summary: 'Sends a delivery once more, at once, under its id; answers what came of it.',
    params: byDelivery,
    body: z.strictObject({}),
    reply: deliveryView,
    refusals: { 'not-found': 404, 'under-way': 409, 'no-secret': 409 },
  }),
  testHook: route({
    method: 'POST',
    path: '/hooks/{name}/test',
    permission: 'config:write',
    summary: 'Sends an event of type `hook.test` and answers what came of it. One that arrives switches a hook on that was switched off.',
    params: byName,
    body: z.strictObject({}),
    reply: deliveryView,
    refusals: { 'not-found': 404, 'no-secret': 409 },
  }),
  makeHookSecret: route({
    method: 'POST',
    path: '/hooks/{name}/secret',
    permission: 'config:write',
    summary: 'Makes a new secret, told this once. The one before signs beside it until it is retired.',
    params: byName,
    body: z.strictObject({}),
    reply: z.object({ secret: text.describe('whsec_…'), secrets: z.int() }),
    refusals: { 'not-found': 404, 'from-file': 409 },
    replyIsSecret: true,
  }),
  retireHookSecret: route({
    method: 'DELETE',
    path: '/hooks/{name}/secret/older',
    permission: 'config:write',
    summary: 'Signs no more with the secret before.',
    params: byName,
    reply: z.object({ secrets: z.int() }),
    refusals: { 'not-found': 404, 'from-file': 409 },
  }),
}
