import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import type { Clock } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import type { Incident, Standings } from '../incidents/index.ts'
import { append, fact } from '../timeline/index.ts'
import { type AttachmentId, BYTES_MAX, FILES_MAX, PIECE_BYTES, tooLarge } from './attachment.ts'
import { type Attachment, beginFile, countBytes, dropFile, finishFile, readAttachments, writePiece } from './store.ts'

export interface AttachParts {
  db: Database
  clock: Clock
  standings: Pick<Standings, 'commander'>
  /** Of all files together. */
  quotaBytes: number
}

/**
 * Takes a file in piece by piece, each written before the next is read, and tells of it when it is whole. The same file under the same
 * name is there already: sent again after a lost answer it is answered as it is.
 */
export async function attach(
  parts: AttachParts,
  { id: incidentId }: Incident,
  name: string,
  body: Readable,
  actor: Actor,
): Promise<Attachment | Refusal<'too-large' | 'quota' | 'too-many' | 'empty'>> {
  const { db, clock } = parts
  const there = await readAttachments(db.sql, incidentId, FILES_MAX)
  if (there.length >= FILES_MAX) return refuse('too-many', `This incident has ${FILES_MAX} files; remove one first.`)
  const id = newId('att', clock.now())
  await beginFile(db.sql, { id, incidentId, name, addedBy: actor, addedAt: clock.now() })
  try {
    const whole = await written(parts, id, body)
    // What comes after a no is let go by, so that the sender hears it.
    if (isRefusal(whole)) body.resume()
    const known = isRefusal(whole) ? undefined : there.find((one) => one.name === name && one.sha256 === whole.sha256)
    const outcome = isRefusal(whole) ? whole : (known ?? (await finished(parts, id, incidentId, name, whole, actor)))
    if (isRefusal(outcome) || known) await dropFile(db.sql, id)
    return outcome
  } catch (error) {
    await dropFile(db.sql, id).catch(() => {})
    throw error
  }
}

async function written(
  { db }: AttachParts,
  id: AttachmentId,
  body: Readable,
): Promise<{ bytes: number; sha256: string } | Refusal<'too-large' | 'empty'>> {
  const hash = createHash('sha256')
  let [bytes, n, held]: [number, number, Buffer[]] = [0, 0, []]
  let heldBytes = 0
  const flush = async () => {
    if (heldBytes > 0) await writePiece(db.sql, id, n++, Buffer.concat(held))
    held = []
    heldBytes = 0
  }
  for await (const part of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > BYTES_MAX) return tooLarge()
    hash.update(part)
    held.push(part)
    heldBytes += part.length
    if (heldBytes >= PIECE_BYTES) await flush()
  }
  await flush()
  return bytes === 0 ? refuse('empty', 'The file is empty.') : { bytes, sha256: hash.digest('hex') }
}

function finished(
  { db, clock, quotaBytes }: AttachParts,
  id: AttachmentId,
  incidentId: Incident['id'],
  name: string,
  { bytes, sha256 }: { bytes: number; sha256: string },
  actor: Actor,
): Promise<Attachment | Refusal<'quota'>> {
  return db.transaction(async (tx) => {
    const now = clock.now()
    if (!(await countBytes(tx.sql, bytes, quotaBytes)))
      return refuse('quota', 'Files of all incidents together take up what they may; TOCSIN_KEEP_ATTACHMENTS_SIZE sets how much.')
    const [seq] = await append(tx, now, [
      fact({ incidentId, happenedAt: now, actor }, 'attachment.added', { attachment: id, name, bytes, sha256 }),
    ])
    await finishFile(tx.sql, id, { bytes, sha256, seq: seq! })
    return { id, incidentId, name, addedBy: actor, addedAt: now, bytes, sha256, seq: seq! }
  })
}
