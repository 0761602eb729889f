import { Readable } from 'node:stream'
import { acceptedLanguage } from '../../kernel/language.ts'
import { isRefusal } from '../../kernel/result.ts'
import { type Clock, iso } from '../../kernel/time.ts'
import type { Database, Sql } from '../../platform/db.ts'
import type { RawReply, RawRoute } from '../../platform/http.ts'
import type { Signer } from '../../platform/secret-key.ts'
import type { Documents } from '../documents/index.ts'
import { displayName, Person } from '../people/index.ts'
import { BUNDLE_FORMAT, bundledOf, readChain, readHead, readStretch, signedText } from '../timeline/index.ts'
import { EXPORT_FORMATS } from './contract.ts'
import { exportedText } from './export-text.ts'
import { findIncident } from './find.ts'
import { type Incident, numberText } from './incident.ts'
import { eventViewOf, viewOf } from './view.ts'

export interface ExportParts {
  db: Database
  clock: Clock
  documents: Documents
  signer: Signer
}

/** Read and sent at once: whatever the length of a timeline, no more than this of it is in memory. */
const EVENTS_AT_ONCE = 500

type Format = (typeof EXPORT_FORMATS)[number]

const TYPES: Record<Format, string> = {
  md: 'text/markdown; charset=utf-8',
  json: 'application/json; charset=utf-8',
  bundle: 'application/json; charset=utf-8',
}

/** `GET /api/v1/incidents/{id}/export`: written out while it is read. */
export function exportRoute(parts: ExportParts): RawRoute {
  const { db, documents, clock } = parts
  return {
    method: 'GET',
    path: '/api/v1/incidents/:id/export',
    permission: 'incident:read',
    async handle({ params, query, caller, headers }) {
      const asked = query.get('format') ?? 'json'
      const format = EXPORT_FORMATS.find((one) => one === asked)
      if (format === undefined) return refused(400, { refusal: 'invalid', message: `query.format: is one of ${EXPORT_FORMATS.join(', ')}` })
      const incident = await findIncident(db.sql, params['id']!, caller)
      if (isRefusal(incident)) return refused(404, incident)
      const snapshot = await documents.fresh(db.sql)
      const listener = {
        language: acceptedLanguage(String(headers['accept-language'])),
        called: (person: string) => displayName(person, snapshot.get(Person, person)?.spec),
      }
      const now = clock.now()
      const written = {
        md: () => exportedText(db.sql, incident, { now, listener }),
        json: () => exportedJson(db.sql, incident, now),
        bundle: () => exportedBundle(parts, incident, now),
      }[format]()
      const name = `${numberText(incident.number)}.${format === 'bundle' ? 'bundle.json' : format}`
      return {
        status: 200,
        body: Readable.from(written),
        headers: { 'content-type': TYPES[format], 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' },
      }
    },
  }
}

function refused(status: number, refusal: { refusal: string; message: string }): RawReply {
  return { status, body: JSON.stringify(refusal), headers: { 'content-type': 'application/json; charset=utf-8' } }
}

async function* exportedJson(sql: Sql, incident: Incident, now: number): AsyncGenerator<string> {
  yield headOf({ incident: viewOf(incident), exportedAt: iso(now) })
  yield* listed(async function* () {
    for (let seq = 0; ; ) {
      const after = { seq, happenedAt: 0 }
      const events = await readStretch(sql, incident.id, { order: 'recorded', first: 'oldest', after, limit: EVENTS_AT_ONCE })
      for (const event of events) yield eventViewOf(event)
      if (events.length < EVENTS_AT_ONCE) return
      seq = events.at(-1)!.seq
    }
  })
  yield '}\n'
}

/** Up to the head as it was when it was begun, so that what happens meanwhile is in the next one. */
async function* exportedBundle({ db, signer }: ExportParts, incident: Incident, now: number): AsyncGenerator<string> {
  const head = await readHead(db.sql, incident.id)
  const exportedAt = iso(now)
  const signature = signer.sign(signedText({ id: incident.id, head, exportedAt }))
  const attachments: object[] = []
  yield headOf({ format: BUNDLE_FORMAT, incident: viewOf(incident), exportedAt, head, key: signer.publicKey, signature })
  yield* listed(async function* () {
    for (let after = 0; after < head.seq; ) {
      const links = await readChain(db.sql, incident.id, { after, limit: Math.min(EVENTS_AT_ONCE, head.seq - after) })
      for (const link of links) {
        const { event, redacted } = link.entry as typeof link.entry & { redacted?: true }
        if (event.type === 'attachment.added' && !redacted) attachments.push({ seq: link.seq, ...event.data })
        yield bundledOf(link)
      }
      if (links.length === 0) return
      after = links.at(-1)!.seq
    }
  })
  yield `,"attachments":${JSON.stringify(attachments)}}\n`
}

function headOf(fields: object): string {
  return `${JSON.stringify(fields).slice(0, -1)},"events":[`
}

/** Items of a JSON list, a line each. */
async function* listed(items: () => AsyncGenerator<object>): AsyncGenerator<string> {
  let separator = '\n'
  for await (const item of items()) {
    yield separator + JSON.stringify(item)
    separator = ',\n'
  }
  yield '\n]'
}
