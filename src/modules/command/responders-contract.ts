import { z } from 'zod'
import { route, text } from '../../platform/contract.ts'
import { momentView } from '../documents/contract.ts'

const byId = z.object({ id: text.describe('inc_… or INC-142') })
const name = text.min(1).max(100).optional()

export const responderView = z.object({
  id: text,
  target: text.describe('person:ada, team:db, schedule:night, service:api, expert:api, policy:db.'),
  message: text.nullable(),
  by: text,
  at: momentView,
  joinedBy: text.nullable(),
  joinedAt: momentView.nullable(),
  releasedAt: momentView.nullable(),
})

export const respondersContract = {
  listResponders: route({
    method: 'GET',
    path: '/incidents/{id}/responders',
    permission: 'incident:read',
    summary: 'Who was asked to come, and who came.',
    params: byId,
    reply: z.object({ items: z.array(responderView) }),
    refusals: { 'not-found': 404 },
  }),
  pageResponder: route({
    method: 'POST',
    path: '/incidents/{id}/responders',
    permission: 'incident:act',
    summary:
      'Pages somebody to come: whoever answers that page joins, and does not take the incident. Again and again until somebody does.',
    params: byId,
    body: z
      .strictObject({
        person: name,
        team: name,
        schedule: name.describe('Whoever is on call by it.'),
        service: name.describe('The first level of its escalation policy.'),
        expert: name.describe('The experts that this service names.'),
        policy: name.describe('Its first level.'),
        message: text.trim().min(1).max(500).optional().describe('What they are asked for; it stands in the page.'),
      })
      .refine(({ message: _, ...targets }) => Object.values(targets).filter((one) => one !== undefined).length === 1, {
        error: 'say whom: one of person, team, schedule, service, expert, policy',
      }),
    status: 201,
    reply: responderView.extend({ warnings: z.array(text) }),
    refusals: {
      'not-found': 404,
      'not-from-here': 409,
      'no-such-person': 422,
      'no-such-team': 422,
      'no-such-schedule': 422,
      'no-such-service': 422,
      'no-such-policy': 422,
      'nobody-there': 422,
    },
  }),
  releaseResponder: route({
    method: 'DELETE',
    path: '/incidents/{id}/responders/{responder}',
    permission: 'incident:act',
    summary: 'Lets somebody go who was asked to come, whether or not they have answered.',
    params: byId.extend({ responder: text.describe('rsp_…') }),
    reply: z.object({ items: z.array(responderView) }),
    refusals: { 'not-found': 404 },
  }),
}
