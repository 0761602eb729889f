import { isRefusal } from '../../kernel/result.ts'
import type { Clock } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import { inflated, type RawReply, type RawRequest, type RawRoute } from '../../platform/http.ts'
import type { Document, Documents } from '../documents/index.ts'
import { BACKLOG_MAX_MS, type Inbox } from './inbox.ts'
import { type IntegrationSpec, integrationOf } from './integration.ts'
import { newReceipt } from './loop.ts'
import type { AlertSource, Answer, Reading } from './source.ts'

export interface DoorParts {
  db: Database
  clock: Clock
  documents: Documents
  inbox: Inbox
  sources: AlertSource[]
  /** Counts keys that no integration has, by door; shown in metrics. */
  unknownKey(door: string): void
}

/** Where a vendor's senders knock: the path they use, and where their key stands. */
interface Door {
  path: string
  /** Undefined: whatever dialect the integration names. */
  source?: string
  key: 'in-path' | 'in-body'
  bytesMax: number
  inflatedMax: number
}

const MB = 1024 * 1024
const DOORS: Door[] = [
  { path: '/in/:key', key: 'in-path', bytesMax: 4 * MB, inflatedMax: 8 * MB },
  { path: '/in/:key/api/v2/alerts', source: 'alertmanager-api', key: 'in-path', bytesMax: 4 * MB, inflatedMax: 8 * MB },
  { path: '/v2/enqueue', source: 'pagerduty', key: 'in-body', bytesMax: 512 * 1024, inflatedMax: 512 * 1024 },
  { path: '/generic/2010-04-15/create_event.json', source: 'pagerduty-v1', key: 'in-body', bytesMax: 512 * 1024, inflatedMax: 512 * 1024 },
  { path: '/integrations/v1/:vendor/:key', key: 'in-path', bytesMax: 4 * MB, inflatedMax: 8 * MB },
  { path: '/integrations/v1/:vendor/:key/', key: 'in-path', bytesMax: 4 * MB, inflatedMax: 8 * MB },
]

/** The ways in: check the key, read the body, put it on disk, answer as the vendor does. */
export function alertDoors(parts: DoorParts): RawRoute[] {
  const sources = new Map(parts.sources.map((source) => [source.name, source]))
  return DOORS.map((door) => {
    const named = door.source === undefined ? undefined : sources.get(door.source)!
    const general = named ?? sources.get('generic')!
    return {
      method: 'POST',
      path: door.path,
      permission: 'key',
      bodyBytesMax: door.bytesMax,
      tooLarge: () => replyOf(general.tooLarge),
      handle: (request) => knock(parts, sources, door, named, general, request),
    }
  })
}

async function knock(
  parts: DoorParts,
  sources: Map<string, AlertSource>,
  door: Door,
  named: AlertSource | undefined,
  general: AlertSource,
  request: RawRequest,
): Promise<RawReply> {
  const { clock, inbox, documents, db } = parts
  const now = clock.now()
  const body = await inflated(request, door.inflatedMax)
  if (isRefusal(body)) return replyOf(body.refusal === 'too-large' ? general.tooLarge : { status: 415, body: { message: body.message } })
  const { oldestAt } = inbox.backlog()
  if (oldestAt !== null && now - oldestAt > BACKLOG_MAX_MS) return replyOf(general.overloaded)

  const receipt = newReceipt(now)
  const early: Reading | undefined = door.key === 'in-body' ? named!.read(body, { now, receipt }) : undefined
  const key = early ? early.key : request.params['key']
  if (early && key === undefined) return replyOf(early.answer.status >= 400 ? early.answer : general.unknownKey)
  const integration = await find(db, documents, key!)
  if (!integration) {
    parts.unknownKey(door.path)
    return replyOf(general.unknownKey)
  }
  const source = named ?? sources.get(integration.spec.source) ?? general
  const reading = early ?? source.read(body, { now, receipt })
  try {
    await inbox.accept({
      integration: integration.name,
      source: source.name,
      receipt,
      body: early ? blanked(body, key!) : body,
      receivedAt: now,
      reading,
      refused: reading.answer.status >= 400,
    })
  } catch {
    return replyOf(source.overloaded)
  }
  return replyOf(reading.answer)
}

/** A key unknown here may have been made on another node a moment ago: the database is asked before saying no. */
async function find(db: Database, documents: Documents, key: string): Promise<Document<IntegrationSpec> | undefined> {
  return integrationOf(documents.last(), key) ?? integrationOf(await documents.fresh(db.sql), key)
}

/** A key inside a body is never stored: all but its first characters become stars of the same length. */
function blanked(body: Buffer, key: string): Buffer {
  const copy = Buffer.from(body)
  const needle = Buffer.from(key)
  for (let at = copy.indexOf(needle); at >= 0; at = copy.indexOf(needle, at + needle.length)) copy.fill(0x2a, at + 6, at + needle.length)
  return copy
}

function replyOf({ status, body, headers }: Answer): RawReply {
  return typeof body === 'string'
    ? { status, body, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } }
    : { status, body: JSON.stringify(body), headers: { 'content-type': 'application/json; charset=utf-8', ...headers } }
}
