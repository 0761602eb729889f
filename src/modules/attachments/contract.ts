import { z } from 'zod'
import { route, text } from '../../platform/contract.ts'
import { momentView } from '../documents/contract.ts'

export const attachmentView = z.object({
  id: text,
  name: text,
  bytes: z.int(),
  sha256: text,
  addedBy: text,
  addedAt: momentView,
  seq: z.int().describe('Of its entry on the timeline.'),
})

const byIncident = z.object({ id: text.describe('inc_… or INC-142') })
const byFile = z.object({ id: text.describe('inc_… or INC-142'), attachment: text.describe('att_…') })

export const attachmentsContract = {
  listAttachments: route({
    method: 'GET',
    path: '/incidents/{id}/attachments',
    permission: 'incident:read',
    summary: 'Files on an incident, oldest first.',
    params: byIncident,
    reply: z.object({ items: z.array(attachmentView), next: z.null() }),
    refusals: { 'not-found': 404 },
  }),
  attachFile: route({
    method: 'POST',
    path: '/incidents/{id}/attachments',
    permission: 'incident:declare',
    summary:
      'Attaches a file, at most 25 MB: the body is the file as it is. The same file under the same name is there once, so that it may be sent again.',
    params: byIncident,
    query: z.object({ name: text.describe('What the file is called.') }),
    status: 201,
    reply: attachmentView,
    refusals: { 'not-found': 404, 'no-name': 400, empty: 400, 'too-large': 413, quota: 507, 'too-many': 409 },
    raw: true,
  }),
  downloadAttachment: route({
    method: 'GET',
    path: '/incidents/{id}/attachments/{attachment}',
    permission: 'incident:read',
    summary: 'The file, to be saved.',
    params: byFile,
    reply: z.unknown(),
    refusals: { 'not-found': 404 },
    raw: true,
  }),
  removeAttachment: route({
    method: 'DELETE',
    path: '/incidents/{id}/attachments/{attachment}',
    permission: 'incident:declare',
    summary: 'Takes a file of one’s own away for good; that it was there, and why it went, stays on the timeline. Admins may any.',
    params: byFile,
    query: z.strictObject({ reason: text.max(1000).optional() }),
    reply: z.object({}),
    refusals: { 'not-found': 404, 'not-yours': 409 },
  }),
}
