import { z } from 'zod'
import { route } from '../../platform/contract.ts'

export const pagingContract = {
  testContact: route({
    method: 'POST',
    path: '/people/{name}/contacts/{contact}/test',
    permission: 'incident:act',
    summary: 'Sends a test page through the real channel. It opens no incident, and nobody else is paged when it fails.',
    params: z.object({ name: z.string(), contact: z.string() }),
    body: z.strictObject({}),
    status: 202,
    reply: z.object({ page: z.string().describe('The page’s id; how it went stands among the person’s recent pages.') }),
    refusals: { 'not-found': 404, 'not-yours': 403, 'just-tested': 429 },
  }),
}
