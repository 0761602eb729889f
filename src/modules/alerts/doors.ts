import { isRefusal } from '../../kernel/result.ts'
import type { Clock } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import { inflated, type RawReply, type RawRequest, type RawRoute } from '../../platform/http.ts'
import type { Documents } from '../documents/index.ts'
import { BACKLOG_MAX_MS, type Inbox } from './inbox.ts'
import { createKeyring, type Keyring } from './keyring.ts'
import { newReceipt } from './loop.ts'
import type { AlertSource, Answer, ReadBody, Reading } from './source.ts'

export interface DoorParts {
  db: Database
  clock: Clock
  documents: Documents
  inbox: Inbox
  sources: AlertSource[]
  read: ReadBody
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
  const keyring = createKeyring(parts)
  return DOORS.map((door) => {
    const named = door.source === undefined ? undefined : sources.get(door.source)!
    const general = named ?? sources.get('generic')!
    return {
      method: 'POST',
      path: door.path,
      permission: 'key',
      bodyBytesMax: door.bytesMax,
      tooLarge: () => replyOf(general.tooLarge),
      handle: (request) => knock(parts, keyring, sources, door, named, general, request),
    }
  })
}

async function knock(
  parts: DoorParts,
  keyring: Keyring,
  sources: Map<string, AlertSource>,
  door: Door,
  named: AlertSource | undefined,
  general: AlertSource,
  request: RawRequest,
): Promise<RawReply> {
  const { clock, inbox } = parts
  const now = clock.now()
  const { oldestAt } = inbox.backlog()
  if (oldestAt !== null && now - oldestAt > BACKLOG_MAX_MS) return replyOf(general.overloaded)

  const context = { now, receipt: newReceipt(now) }
  const { body, problem, tooLarge } = await opened(request, door.inflatedMax)
  const read = async (source: AlertSource): Promise<Reading> =>
    tooLarge ? { signals: [], problems: [], answer: source.tooLarge } : parts.read(source, body, context)
  const early = door.key === 'in-body' ? await read(named!) : undefined
  const key = early ? (early.key ?? keyIn(body)) : request.params['key']
  if (early && key === undefined) return replyOf(early.answer.status >= 400 ? early.answer : general.unknownKey)
  const integration = await keyring.find(key!)
  if (!integration) {
    parts.unknownKey(door.path)
    return replyOf(general.unknownKey)
  }
  const source = named ?? sources.get(integration.spec.source) ?? general
  const kept = early ? blanked(body, key!) : { body, times: 0 }
  // Wherever else the key stood, it would be shown with the alert.
  const reading = early && kept.times > 1 ? await parts.read(source, kept.body, context) : (early ?? (await read(source)))
  const refused = reading.answer.status >= 400
  try {
    await inbox.accept({
      integration: integration.name,
      source: source.name,
      receipt: context.receipt,
      body: kept.body,
      receivedAt: now,
      reading: refused && problem !== undefined ? { ...reading, problems: [problem, ...reading.problems] } : reading,
      refused,
    })
  } catch {
    return replyOf(general.overloaded)
  }
  return replyOf(reading.answer)
}

/**
 * The body as it is to be read. One whose encoding is not what its header says is tried as it came: a page lost for a
 * wrong header is the worse mistake. Of one too large only that it came is kept.
 */
async function opened(request: RawRequest, bytesMax: number): Promise<{ body: Buffer; problem?: string; tooLarge: boolean }> {
  const body = await inflated(request, bytesMax)
  if (!isRefusal(body)) return { body, tooLarge: false }
  const tooLarge = body.refusal === 'too-large'
  return { body: tooLarge ? Buffer.alloc(0) : request.body, problem: body.message, tooLarge }
}

/** The key of a body that is not JSON as a whole: its sender is known all the same, and what came is shown. */
function keyIn(body: Buffer): string | undefined {
  return /"(?:routing|service)_key"\s*:\s*"([A-Za-z0-9._~-]{20,128})"/.exec(body.toString('latin1'))?.[1]
}

/** A key inside a body is never stored: wherever it stands, all but its first characters become stars. */
function blanked(body: Buffer, key: string): { body: Buffer; times: number } {
  const copy = Buffer.from(body)
  const needle = Buffer.from(key)
  let times = 0
  for (let at = copy.indexOf(needle); at >= 0; at = copy.indexOf(needle, at + needle.length), times++)
    copy.fill(0x2a, at + 6, at + needle.length)
  return copy.includes('\\u00') ? blankedEscapes(copy, key, times) : { body: copy, times }
}

/** JSON lets any letter be written as an escape, and so a key as well. */
function blankedEscapes(body: Buffer, key: string, found: number): { body: Buffer; times: number } {
  let times = found
  const stars = key.slice(0, 6).padEnd(key.length, '*')
  const text = body.toString('utf8').replace(/"(?:[^"\\]|\\.)*"/gs, (literal) => {
    const said = literal.includes('\\u00') ? textIn(literal) : ''
    if (!said.includes(key)) return literal
    times += said.split(key).length - 1
    return JSON.stringify(said.replaceAll(key, stars))
  })
  return times === found ? { body, times } : { body: Buffer.from(text), times }
}

function textIn(literal: string): string {
  try {
    return JSON.parse(literal)
  } catch {
    return ''
  }
}

function replyOf({ status, body, headers }: Answer): RawReply {
  return typeof body === 'string'
    ? { status, body, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } }
    : { status, body: JSON.stringify(body), headers: { 'content-type': 'application/json; charset=utf-8', ...headers } }
}
