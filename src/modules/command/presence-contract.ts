import { z } from 'zod'
import { route, text } from '../../platform/contract.ts'
import { momentView } from '../documents/contract.ts'

const params = z.object({ id: text.describe('inc_… or INC-142') })
const reply = z.object({
  items: z.array(z.object({ person: text, since: momentView, writing: z.boolean().describe('A note is being written.') })),
})

export const presenceContract = {
  getPresence: route({
    method: 'GET',
    path: '/incidents/{id}/presence',
    permission: 'incident:read',
    summary: 'Who looks at it now, whoever came first first: those that this node has heard of within a minute.',
    params,
    reply,
    refusals: { 'not-found': 404 },
  }),
  bePresent: route({
    method: 'PUT',
    path: '/incidents/{id}/presence',
    permission: 'incident:read',
    looks: true,
    summary:
      'Says that whoever asks is here, for a minute, and answers who else is. It is kept in memory alone; a token of nobody is not here.',
    params,
    body: z.strictObject({ writing: z.boolean().optional() }).default({}),
    reply,
    refusals: { 'not-found': 404 },
  }),
}
