import { z } from 'zod'
import { route, text } from '../../platform/contract.ts'
import { momentView } from '../documents/contract.ts'

const byId = z.object({ id: text.describe('inc_… or INC-142') })
const byRole = byId.extend({ role: text.describe('Its name, or a shorter word for it: commander, ic.') })
const reason = text.trim().min(1, 'is required').max(1000)

const offerView = z.object({
  to: text,
  by: text,
  brief: text,
  offeredAt: momentView,
  lapsesAt: momentView.describe('Not answered by then it is off, and whoever has the role keeps it.'),
})

export const roleView = z.object({
  role: text,
  name: text,
  wanted: z.boolean().describe('Its level asks for it.'),
  emptySince: momentView.nullable().describe('Of one that is wanted and that nobody has.'),
  many: z.boolean().describe('Several may have it.'),
  handsOff: z.boolean().describe('At this level, whoever has it is warned before they do with their own hands what others should.'),
  duties: z.array(text),
  firstSteps: z.array(text),
  people: z.array(
    z.object({
      person: text,
      accepted: z.boolean().describe('False while they were only told so; any act of theirs here accepts.'),
      since: momentView,
    }),
  ),
  offer: offerView.nullable(),
})
const changed = roleView.extend({ warnings: z.array(text).describe('What speaks against it, and does not forbid it.') })

const who = { 'not-found': 404, 'not-declared': 409, 'not-from-here': 409, 'no-such-role': 422 } as const

export const rolesContract = {
  listRoles: route({
    method: 'GET',
    path: '/incidents/{id}/roles',
    permission: 'incident:read',
    summary: 'Every role there is, those its level asks for first: who has it, and who is asked to take it.',
    params: byId,
    reply: z.object({ items: z.array(roleView) }),
    refusals: { 'not-found': 404 },
  }),
  giveRole: route({
    method: 'PUT',
    path: '/incidents/{id}/roles/{role}',
    permission: 'incident:act',
    summary:
      'Takes a role, or gives it to somebody, who has it at once. One that somebody has goes over by `force`, with a reason, or by handing over.',
    params: byRole,
    body: z.strictObject({ person: text.max(100), force: z.boolean().optional(), reason: reason.optional() }),
    reply: changed,
    refusals: { ...who, 'no-such-person': 422, 'role-held': 409, 'may-not-hold': 409, 'reason-wanted': 422 },
  }),
  leaveRole: route({
    method: 'DELETE',
    path: '/incidents/{id}/roles/{role}',
    permission: 'incident:act',
    summary: 'Gives up a role. Another’s is taken from them by `force`, with a reason.',
    params: byRole,
    body: z
      .strictObject({
        person: text.max(100).optional().describe('Whose; the caller’s own unless said.'),
        force: z.boolean().optional(),
        reason: reason.optional(),
      })
      .default({}),
    reply: roleView,
    refusals: { ...who, 'not-yours': 409, 'reason-wanted': 422 },
  }),
  offerRole: route({
    method: 'POST',
    path: '/incidents/{id}/roles/{role}/handover',
    permission: 'incident:act',
    summary: 'Offers a role to somebody, with a brief: what whoever takes it must know. Until they accept, whoever has it keeps it.',
    params: byRole,
    body: z.strictObject({
      to: text.max(100),
      brief: text
        .trim()
        .max(10_000)
        .optional()
        .describe('Written by Tocsin unless said: what it is, how far it is, open tasks, the next update, the last decisions.'),
    }),
    status: 201,
    reply: offerView.extend({ role: text, warnings: z.array(text) }),
    refusals: { ...who, 'no-such-person': 422, 'offer-open': 409, 'not-yours': 409, 'role-held': 409, 'may-not-hold': 409 },
  }),
  readBrief: route({
    method: 'GET',
    path: '/incidents/{id}/brief',
    permission: 'incident:read',
    summary: 'What whoever takes a role over must know, as Tocsin would write it now.',
    params: byId,
    reply: z.object({ brief: text }),
    refusals: { 'not-found': 404 },
  }),
  withdrawOffer: route({
    method: 'DELETE',
    path: '/incidents/{id}/roles/{role}/handover',
    permission: 'incident:act',
    summary: 'Takes an offer back.',
    params: byRole,
    reply: roleView,
    refusals: { ...who, 'not-yours': 409 },
  }),
  answerOffer: route({
    method: 'PUT',
    path: '/incidents/{id}/roles/{role}/handover/answer',
    permission: 'incident:act',
    summary: 'Accepts a role that was offered, or declines it with a reason. Only whoever it was offered to answers.',
    params: byRole,
    body: z.strictObject({ accept: z.boolean(), reason: reason.optional() }),
    reply: roleView,
    refusals: { ...who, 'not-yours': 409, 'reason-wanted': 422 },
  }),
}
