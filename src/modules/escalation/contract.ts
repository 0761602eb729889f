import { z } from 'zod'
import { instant, route, text } from '../../platform/contract.ts'
import { momentView } from '../documents/contract.ts'

const simulatedPage = z.object({
  at: momentView,
  afterSeconds: z.number().describe('From the start of the escalation.'),
  person: text,
  displayName: text,
  contact: text,
  channel: text,
})

/** What is played through: how bad, how urgent, from when on. */
const setting = {
  urgency: z.enum(['high', 'low']).optional().describe('By the severity unless said: high for ranks 1 and 2.'),
  at: instant.optional().describe('When it starts; now unless said.'),
}

const simulationView = z.object({
  policy: text,
  version: z.int().describe('0: not saved.'),
  severity: z.int(),
  urgency: z.enum(['high', 'low']),
  startsAt: momentView,
  steps: z.array(
    z.object({
      round: z.int().describe('0 for the first.'),
      level: z.int().describe('1 for the first; one more than the levels for the catch-all.'),
      catchAll: z.boolean(),
      at: momentView,
      afterSeconds: z.number(),
      found: z.array(z.object({ person: text.nullable(), displayName: text.nullable(), why: text, absent: z.boolean() })),
      pages: z.array(simulatedPage).describe('Those this level leads to; later contacts of a person follow by their own rules.'),
    }),
  ),
  skippedRounds: z.int().describe('Rounds between the second and the catch-all, all like the second.'),
})

export const escalationContract = {
  simulatePolicy: route({
    method: 'GET',
    path: '/policies/{name}/simulation',
    permission: 'config:read',
    summary:
      'Who would be paged, when, and through which contact, if nobody answered: two rounds and the catch-all, by the rule the pager itself follows.',
    params: z.object({ name: text }),
    query: z.strictObject({
      severity: z.coerce.number({ error: 'is a rank from 1 to 5' }).int().min(1).max(5).default(2).describe('A rank, 1 worst.'),
      ...setting,
    }),
    reply: simulationView,
    refusals: { 'not-found': 404 },
  }),
  simulateDraft: route({
    method: 'POST',
    looks: true,
    path: '/policies/simulation',
    permission: 'config:read',
    summary: 'The same for a policy that is not saved, such as one that is being written. Changes nothing.',
    body: z.strictObject({
      spec: z.record(text, z.unknown()).describe('As in a document of kind EscalationPolicy.'),
      name: text.optional().describe('The policy it is a draft of.'),
      severity: z.int().min(1).max(5).default(2).describe('A rank, 1 worst.'),
      ...setting,
    }),
    reply: simulationView,
    refusals: { 'invalid-policy': 422 },
  }),
}
