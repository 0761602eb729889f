import type { Clock } from '../../kernel/time.ts'
import { packingOf, unpacked } from '../../platform/body.ts'
import { decoded } from '../../platform/charset.ts'
import type { Database } from '../../platform/db.ts'
import type { RawReply, RawRequest, RawRoute } from '../../platform/http.ts'
import type { Documents } from '../documents/index.ts'
import { blanked, keyIn } from './blanked.ts'
import type { Inbox } from './inbox.ts'
import { type DoorWord, readAsKept } from './kept.ts'
import { createKeyring, type Keyring, keysAround } from './keyring.ts'
import { newReceipt } from './loop.ts'
import type { AlertSource, Answer, Asked, BodyMax, Door, KeyPlace, ReadBody, ReadContext, Reading } from './source.ts'

export interface DoorParts {
  db: Database
  clock: Clock
  documents: Documents
  inbox: Inbox
  sources: AlertSource[]
  read: ReadBody
  /** Counts keys that no integration has, by door; shown in metrics. */
  unknownKey(door: string): void
  /** Counts requests with a known key that were answered with a no. */
  refused(): void
}

/** An address, with all that listens there. */
interface Entrance {
  path: string
  /** Undefined: whatever dialect the integration names. */
  source?: string
  /** One for each method; none where nothing listens, but a key may be anywhere in what came. */
  doors: Door[]
}

const MB = 1024 * 1024
const LARGE = { bytesMax: 4 * MB, inflatedMax: 8 * MB }
/** Of a body whose sender nobody knows this much is read, to be let go of with the answer. */
const UNKNOWN_BYTES = 64 * 1024
/** Of what comes where nothing listens. */
const ASTRAY = { bytesMax: 512 * 1024, inflatedMax: 512 * 1024 }
/** Of a body that the door refuses this much is kept: enough to see who sent what. */
const REFUSED_KEPT_BYTES = 64 * 1024
/** At which every dialect is heard. */
const OPEN_TO_ALL = ['/in/:key', '/integrations/v1/:vendor/:key']

function entrancesOf(sources: AlertSource[]): Entrance[] {
  const own = new Map<string, Entrance>()
  for (const { name, doors = [] } of sources)
    for (const door of doors) {
      const entrance = own.get(door.path) ?? { path: door.path, source: name, doors: [] }
      if (entrance.source !== name) throw new Error(`${name} and ${entrance.source} both listen at ${door.path}`)
      entrance.doors.push(door)
      own.set(door.path, entrance)
    }
  // Beside the doors, where the browser's own addresses would answer a sender with a page.
  const beside = new Set(['/in/*', '/integrations/v1/*', ...[...own.keys()].map((path) => `/${path.split('/')[1]}/*`)])
  return [
    ...OPEN_TO_ALL.map((path): Entrance => ({ path, doors: [{ method: 'POST', path, key: { in: 'path' } }] })),
    ...own.values(),
    ...[...beside].map((path): Entrance => ({ path, doors: [] })),
  ]
}

export interface Doors {
  routes: RawRoute[]
  /** Answers a request that no route takes, if it names a key that an integration has: then it is kept. */
  astray(request: RawRequest): Promise<RawReply | undefined>
}

/** The ways in: check the key, read the body, put it on disk, answer as the vendor does. */
export function alertDoors(parts: DoorParts): Doors {
  const sources = new Map(parts.sources.map((source) => [source.name, source]))
  const house = { ...parts, keyring: createKeyring(parts), sourceCalled: (name: string | undefined) => sources.get(name ?? '') }
  const nowhere = (request: RawRequest) => knock(house, { path: '', doors: [] }, request)
  const routes = entrancesOf(parts.sources).map(
    (entrance): RawRoute => ({
      method: 'any',
      path: entrance.path,
      permission: 'key',
      bodyBytesMax:
        entrance.doors[0]?.key.in === 'path'
          ? (params) => bytesMaxFor(house, entrance, params['key']!)
          : Math.max(...(entrance.doors.length > 0 ? entrance.doors.map(maxOf) : [ASTRAY]).map(({ bytesMax }) => bytesMax)),
      takesPart: true,
      unavailable: () => replyOf((house.sourceCalled(entrance.source) ?? house.sourceCalled('generic')!).overloaded),
      handle: async (request) => (await knock(house, entrance, request)) ?? replyOf(said(404, nothingAt(request))),
    }),
  )
  return { routes, astray: nowhere }
}

function maxOf(door: Door | undefined): BodyMax {
  return door === undefined ? ASTRAY : (door.bodyMax ?? LARGE)
}

/** As much of a body is taken in as its sender may send; who sends stands in the path, before it. */
async function bytesMaxFor({ keyring, sourceCalled }: House, { source, doors }: Entrance, key: string): Promise<number> {
  // When the database cannot be asked, whoever handles it finds out and says so.
  const sender = await keyring.find(key).catch(() => undefined)
  return sender ? ((sourceCalled(source) ?? sourceCalled(sender.spec.source))?.bodyMax ?? maxOf(doors[0])).bytesMax : UNKNOWN_BYTES
}

interface House extends DoorParts {
  keyring: Keyring
  sourceCalled(name: string | undefined): AlertSource | undefined
}

/**
 * Whoever names a key that an integration has is known: what was sent is kept and shown, whatever becomes of it.
 * Undefined: nothing listens there, and nobody is known.
 */
async function knock(house: House, entrance: Entrance, request: RawRequest): Promise<RawReply | undefined> {
  const { clock, inbox, keyring } = house
  const now = clock.now()
  const door = entrance.doors.find(({ method }) => method === request.method) ?? entrance.doors[0]
  const place = door?.key.in
  const named = house.sourceCalled(entrance.source)
  const general = named ?? house.sourceCalled('generic')!
  if (inbox.isOverloaded(now)) return place === undefined && keysAround(request).length === 0 ? undefined : replyOf(general.overloaded)

  const asked = door?.isAddressed && askedOf(door, request)
  const context: ReadContext = { now, receipt: newReceipt(now), ...(asked && { asked }) }
  // Who it is from says how large it may be.
  const sender = place === 'path' ? await keyring.find(request.params['key']!) : undefined
  const speaks = named ?? house.sourceCalled(sender?.spec.source)
  const limits = { ...maxOf(door), ...(sender && speaks?.bodyMax) }
  // Its sender was not known yet when it came in.
  if (sender && request.part?.why === 'too-large' && request.part.length <= limits.bytesMax) return replyOf(general.overloaded)
  const { body, word } = await opened(limits, request, entrance.doors)
  const read = (source: AlertSource, text = body) => readAsKept(word, () => house.read(source, text, context))
  const early = place === 'body' ? await read(named!) : undefined
  const keys = [(door && keyAt(door.key, request)) ?? early?.key ?? keyIn(body) ?? keysAround(request)].flat()
  if (early && keys.length === 0)
    return replyOf(
      early.answer.status >= 400 && !word.said ? early.answer : (refusedAs(word, general, entrance.doors) ?? general.unknownKey),
    )
  const found = await firstFound(keyring, keys)
  if (!found) {
    if (keys.length > 0 && entrance.path !== '') house.unknownKey(entrance.path)
    return place === undefined && !/^\/in\//.test(request.path) ? undefined : replyOf(general.unknownKey)
  }
  const { integration, key } = found
  const source = named ?? house.sourceCalled(integration.spec.source) ?? general
  if (request.broken !== undefined) word.said = { status: 400, problem: request.broken.replaceAll(key, `${key.slice(0, 6)}…`) }
  else if (place === undefined && word.said?.status !== 413)
    word.said = {
      status: 404,
      problem: `${nothingAt(request, key)} This integration listens at ${source.address({ baseUrl: '', key: `${key.slice(0, 6)}…` })}.`,
    }
  // Where the key stands in the path a body hardly ever names it, and is not searched for escapes.
  const kept = place === 'path' && !body.includes(key) ? { body, times: 0 } : blanked(body, key)
  if (asked) context.asked = word.asked = { ...asked, params: withoutKey(asked.params, key), query: withoutKey(asked.query, key) }
  // Wherever else the key stood, it would be shown with the alert.
  const reading = early && kept.times <= 1 && !asked ? early : await readIfRoom(() => read(source, kept.body))
  if (!reading) return replyOf(general.overloaded)
  const refused = reading.answer.status >= 400
  // Whoever only asks is answered, and has reported nothing.
  if (door?.method === 'GET' && !refused && reading.signals.length + reading.problems.length === 0) return replyOf(reading.answer)
  if (refused) house.refused()
  try {
    await inbox.accept({
      ...{ integration: integration.name, source: source.name, receipt: context.receipt, receivedAt: now, reading, refused },
      body: word.said ? kept.body.subarray(0, REFUSED_KEPT_BYTES) : kept.body,
      ...word,
    })
  } catch {
    return replyOf(general.overloaded)
  }
  return replyOf(refusedAs(word, source, entrance.doors) ?? reading.answer)
}

function keyAt(key: KeyPlace, { params, headers, query }: RawRequest): string | undefined {
  switch (key.in) {
    case 'path':
      return params['key']
    case 'query':
      return query.get(key.name) ?? undefined
    case 'header': {
      const header = single(headers[key.name.toLowerCase()])?.trim() ?? ''
      const before = key.scheme === undefined ? '' : `${key.scheme} `
      return header.length > before.length && header.toLowerCase().startsWith(before.toLowerCase())
        ? header.slice(before.length).trim()
        : undefined
    }
    case 'body':
      return undefined
  }
}

/** What the address says beside the key. */
function askedOf({ key }: Door, { method, params, query }: RawRequest): Asked {
  const { key: _, ...said } = params
  return { method, params: said, query: Object.fromEntries([...query].filter(([name]) => key.in !== 'query' || name !== key.name)) }
}

/** A key is never kept, wherever else it stood. */
function withoutKey(said: Record<string, string>, key: string): Record<string, string> {
  return Object.fromEntries(Object.entries(said).map((pair) => pair.map((one) => one.replaceAll(key, `${key.slice(0, 6)}…`))))
}

async function readIfRoom(read: () => Reading | Promise<Reading>): Promise<Reading | undefined> {
  try {
    return await read()
  } catch {
    return undefined
  }
}

/** The door's own no, in the vendor's shape where it has one for that. */
function refusedAs({ said: no }: DoorWord, source: AlertSource, doors: Door[]): Answer | undefined {
  if (!no) return undefined
  if (no.status === 413) return source.tooLarge
  return { ...said(no.status, no.problem), ...(no.status === 405 && { headers: { Allow: methodsOf(doors) } }) }
}

function said(status: number, message: string): Answer {
  const refusal = status === 405 ? 'method-not-allowed' : status === 404 ? 'not-found' : 'invalid-alert'
  return { status, body: { status: 'error', refusal, message } }
}

function nothingAt({ method, path }: RawRequest, key?: string): string {
  const shown = key === undefined ? path : path.replaceAll(key, `${key.slice(0, 6)}…`)
  return `Nothing listens at ${method} ${shown.slice(0, 300)}.`
}

async function firstFound(keyring: Keyring, keys: string[]) {
  for (const key of keys) {
    const integration = await keyring.find(key)
    if (integration) return { integration, key }
  }
  return undefined
}

/**
 * The body as it is to be read, and what the door says of it. One whose encoding is not what its header says is tried as
 * it came: a page lost for a wrong header is the worse mistake.
 */
async function opened({ bytesMax, inflatedMax }: BodyMax, request: RawRequest, doors: Door[]): Promise<{ body: Buffer; word: DoorWord }> {
  const { method, headers, part } = request
  const packing = packingOf(single(headers['content-encoding']))
  const isZip = packing === 'none' && request.body[0] === 0x1f && request.body[1] === 0x8b
  const notes: string[] = []
  let { body } = request
  const sent = request.body.length > bytesMax ? 'too-large' : part?.why
  let cut = sent
  let length = part?.length ?? body.length
  if (packing === 'unknown')
    notes.push(`Content-Encoding ‹${String(headers['content-encoding']).slice(0, 40)}› is not understood; send gzip, deflate or none.`)
  else if (packing !== 'none' || isZip) {
    const opens = await unpacked(body, packing === 'none' ? 'gzip' : packing, inflatedMax)
    if (opens.cut === 'broken-off' && cut === undefined) notes.push(`The body is not valid ${packing === 'none' ? 'gzip' : packing}.`)
    if (opens.cut !== 'broken-off' || opens.length > 0) body = opens.bytes
    if (opens.cut === 'too-large') [cut, length] = ['too-large', opens.length]
  }
  const text = decoded(body, single(headers['content-type']))
  if (text.warning !== undefined) notes.push(text.warning)
  const no = refusalOf(method, doors, cut, length, cut === sent ? bytesMax : inflatedMax)
  return {
    body: text.body,
    word: { ...(no && { said: no }), ...(notes.length > 0 && { notes }), ...(cut !== undefined && { sent: length }) },
  }
}

function refusalOf(
  method: string,
  doors: Door[],
  cut: 'too-large' | 'broken-off' | undefined,
  length: number,
  max: number,
): DoorWord['said'] {
  if (doors.length > 0 && !doors.some((door) => door.method === method))
    return {
      status: 405,
      problem: `It came as ${method}: send this as ${methodsOf(doors)}. Does a redirect stand in between? Name the address that it leads to.`,
    }
  if (cut === 'too-large')
    return {
      status: 413,
      problem: `The body is larger than the ${max} bytes that are taken here (${length} came): its first part is kept. Send fewer alerts at a time.`,
    }
  return cut === 'broken-off' ? { status: 400, problem: `The body broke off after ${length} bytes.` } : undefined
}

function methodsOf(doors: Door[]): string {
  return doors.map(({ method }) => method).join(', ')
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}

function replyOf({ status, body, headers }: Answer): RawReply {
  return typeof body === 'string'
    ? { status, body, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } }
    : { status, body: JSON.stringify(body), headers: { 'content-type': 'application/json; charset=utf-8', ...headers } }
}
