import type { IncidentId } from '../../kernel/ids.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Caller, Handlers } from '../../platform/contract.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import {
  deleteEntry,
  editEntry,
  gapsOf,
  importRows,
  ROWS_MAX,
  readHappenings,
  readImport,
  readStretch,
  redactEntry,
} from '../timeline/index.ts'
import type { incidentsContract, timelineContract } from './contract.ts'
import { findIncident } from './find.ts'
import type { Incident } from './incident.ts'
import type { Standings } from './members.ts'
import { momentIn } from './moments.ts'
import { addNote } from './note.ts'
import { actorOf } from './routes.ts'
import { eventViewOf } from './view.ts'

export interface TimelineRouteParts {
  db: Database
  /** The public half of what signs bundles. */
  signer: { publicKey: string }
  standings: Pick<Standings, 'commander'>
  /** Takes away the file that an entry tells of. */
  removeFileOf(sql: Transaction['sql'], now: Instant, incidentId: IncidentId, seq: number): Promise<void>
}

type Handled = Handlers<typeof timelineContract> & Pick<Handlers<typeof incidentsContract>, 'addNote' | 'getTimeline'>

const BAD_ROWS_TOLD = 50

export function timelineHandlers({ db, signer, standings, removeFileOf }: TimelineRouteParts): Handled {
  /** On one incident, as far as the caller may see it. */
  const on = async <Answer>(tx: Transaction, ref: string, caller: Caller, act: (incident: Incident) => Promise<Answer>) => {
    const incident = await findIncident(tx.sql, ref, caller)
    return isRefusal(incident) ? (incident as Refusal<'not-found'>) : act(incident)
  }
  const mendingOf = async (tx: Transaction, incident: Incident, of: number, caller: Caller, now: Instant) => ({
    of,
    about: { incidentId: incident.id, happenedAt: now, actor: actorOf(caller) },
    // Who commands the incident mends what others wrote, too.
    mender: {
      actor: actorOf(caller),
      any: caller.person !== undefined && (await standings.commander(tx, incident.id)) === caller.person,
    },
  })
  return {
    addNote: ({ params, body, caller, now }, write) =>
      write((tx) =>
        on(tx, params.id, caller, async (incident) => {
          const happenedAt = momentIn(body.happenedAt ?? body.at, now)
          if (isRefusal(happenedAt)) return happenedAt
          const about = { incidentId: incident.id, happenedAt, actor: actorOf(caller) }
          return { seq: await addNote(tx, now, about, body.text, body.kind) }
        }),
      ),
    async getTimeline({ params, query, caller }) {
      const incident = await findIncident(db.sql, params.id, caller)
      if (isRefusal(incident)) return incident
      const after = placeIn(query.cursor, query.order)
      if (after === 'bad') return refuse('bad-cursor', 'The cursor is not one of ours; leave it out for the first page.')
      const { order, first, show, limit } = query
      const events = await readStretch(db.sql, incident.id, { order, first, show, after, limit: limit + 1 })
      const items = events.slice(0, limit)
      const last = events.length > limit ? items.at(-1)! : undefined
      const next = last && (order === 'happened' ? `${last.happenedAt}.${last.seq}` : String(last.seq))
      return { items: items.map(eventViewOf), next: next ?? null }
    },
    async listGaps({ params, caller, now }) {
      const incident = await findIncident(db.sql, params.id, caller)
      if (isRefusal(incident)) return incident
      const gaps = gapsOf(await readHappenings(db.sql, incident.id), { rank: incident.severity, until: incident.resolvedAt ?? now })
      return { items: gaps.map(({ from, until }) => ({ from: iso(from), until: iso(until) })) }
    },
    editEntry: ({ params, body, caller, now }, write) =>
      write((tx) =>
        on(tx, params.id, caller, async (incident) =>
          editEntry(tx, now, await mendingOf(tx, incident, params.seq, caller, now), body.text),
        ),
      ),
    deleteEntry: ({ params, body, caller, now }, write) =>
      write((tx) =>
        on(tx, params.id, caller, async (incident) =>
          deleteEntry(tx, now, await mendingOf(tx, incident, params.seq, caller, now), body.reason),
        ),
      ),
    redactEntry: ({ params, body, caller, now }, write) =>
      write((tx) =>
        on(tx, params.id, caller, async (incident) => {
          const about = { incidentId: incident.id, happenedAt: now, actor: actorOf(caller) }
          const redacted = await redactEntry(tx, now, { of: params.seq, about }, body.reason)
          if (!isRefusal(redacted)) await removeFileOf(tx.sql, now, incident.id, params.seq)
          return redacted
        }),
      ),
    importTimeline: ({ params, body, caller, now }, write) =>
      write((tx) =>
        on(tx, params.id, caller, async (incident) => {
          const { rows, bad } = readImport(body.content, { ...body, now })
          if (bad.length > 0)
            return refuse(
              'bad-rows',
              `Nothing was added: ${bad.length === 1 ? 'one row' : `${bad.length} rows`} cannot be used. Line ${bad[0]!.line} ${bad[0]!.message}.`,
              bad.slice(0, BAD_ROWS_TOLD).map(({ line, message }) => ({ path: `line ${line}`, message, line })),
            )
          if (rows.length > ROWS_MAX)
            return refuse(
              'too-many-rows',
              `Nothing was added: there are ${rows.length} rows, and one import takes ${ROWS_MAX}. Send it in parts.`,
            )
          return importRows(tx, now, { incidentId: incident.id, actor: actorOf(caller) }, rows, body)
        }),
      ),
    getSigningKey: async () => ({ algorithm: 'Ed25519', key: signer.publicKey }),
  }
}

/** Where the page before ended; undefined for the first one. */
function placeIn(cursor: string | undefined, order: 'happened' | 'recorded'): { happenedAt: Instant; seq: number } | undefined | 'bad' {
  if (cursor === undefined) return undefined
  const found = order === 'happened' ? /^(-?\d{1,15})\.(\d{1,9})$/.exec(cursor) : /^()(\d{1,9})$/.exec(cursor)
  return found ? { happenedAt: Number(found[1]), seq: Number(found[2]) } : 'bad'
}
