import { Readable } from 'node:stream'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import { iso } from '../../kernel/time.ts'
import type { Handlers } from '../../platform/contract.ts'
import type { Sql } from '../../platform/db.ts'
import type { RawReply, RawRequest, RawRoute } from '../../platform/http.ts'
import { actorOf, findIncident } from '../incidents/index.ts'
import { deleteEntry } from '../timeline/index.ts'
import { type AttachParts, attach } from './attach.ts'
import { type AttachmentId, BYTES_MAX, downloadHeaders, FILES_MAX, nameOf, tooLarge } from './attachment.ts'
import { attachmentsContract } from './contract.ts'
import { type Attachment, readAttachment, readAttachments, readPiece, removeFile } from './store.ts'

export function attachmentHandlers({ db, standings }: AttachParts): Handlers<typeof attachmentsContract> {
  return {
    async listAttachments({ params, caller }) {
      const incident = await findIncident(db.sql, params.id, caller)
      return isRefusal(incident) ? incident : { items: (await readAttachments(db.sql, incident.id, FILES_MAX)).map(viewOf), next: null }
    },
    removeAttachment: ({ params, query, caller, now }, write) =>
      write(async (tx) => {
        const incident = await findIncident(tx.sql, params.id, caller)
        if (isRefusal(incident)) return incident
        const file = await readAttachment(tx.sql, incident.id, params.attachment)
        if (!file) return noFile(params.attachment)
        const actor = actorOf(caller)
        const any = caller.person !== undefined && (await standings.commander(tx, incident.id)) === caller.person
        const mender = { actor, any: any || caller.permits('config:write') }
        const mending = { about: { incidentId: incident.id, happenedAt: now, actor }, of: file.seq, mender }
        const deleted = await deleteEntry(tx, now, mending, query.reason)
        if (isRefusal(deleted)) return deleted
        await removeFile(tx.sql, now, file)
        return {}
      }),
  }
}

export function attachmentRoutes(parts: AttachParts): RawRoute[] {
  const { db } = parts
  return [
    {
      method: 'POST',
      path: '/api/v1/incidents/:id/attachments',
      permission: 'incident:declare',
      streams: true,
      async handle(request) {
        const incident = await findIncident(db.sql, request.params['id']!, request.caller)
        if (isRefusal(incident)) return refused(incident)
        const name = nameOf(request.query.get('name'))
        if (isRefusal(name)) return refused(name)
        if (Number(request.headers['content-length'] ?? 0) > BYTES_MAX) {
          request.stream?.resume()
          return refused(tooLarge())
        }
        const added = await attach(parts, incident, name, request.stream ?? Readable.from([]), actorOf(request.caller))
        return isRefusal(added) ? refused(added) : json(201, viewOf(added))
      },
    },
    {
      method: 'GET',
      path: '/api/v1/incidents/:id/attachments/:attachment',
      permission: 'incident:read',
      handle: (request) => download(db.sql, request),
    },
  ]
}

async function download(sql: Sql, { params, caller }: RawRequest): Promise<RawReply> {
  const incident = await findIncident(sql, params['id']!, caller)
  if (isRefusal(incident)) return refused(incident)
  const file = await readAttachment(sql, incident.id, params['attachment']!)
  return file
    ? { status: 200, headers: downloadHeaders(file), body: Readable.from(piecesOf(sql, file.id)) }
    : refused(noFile(params['attachment']!))
}

/** One piece at a time, the next when the reader has taken the one before. */
async function* piecesOf(sql: Sql, id: AttachmentId): AsyncGenerator<Buffer> {
  for (let n = 0; ; n++) {
    const piece = await readPiece(sql, id, n)
    if (!piece) return
    yield piece
  }
}

function viewOf({ id, name, bytes, sha256, addedBy, addedAt, seq }: Attachment) {
  return { id, name, bytes, sha256, addedBy, addedAt: iso(addedAt), seq }
}

function noFile(id: string): Refusal<'not-found'> {
  return refuse('not-found', `There is no file ‹${id.slice(0, 60)}› on this incident.`)
}

function refused(refusal: Refusal): RawReply {
  const statuses: Record<string, number> = attachmentsContract.attachFile.refusals
  return json(statuses[refusal.refusal] ?? 400, refusal)
}

function json(status: number, body: object): RawReply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
    body: JSON.stringify(body),
  }
}
