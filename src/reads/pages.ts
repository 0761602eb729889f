import { isRefusal, refuse } from '../kernel/result.ts'
import { type Instant, iso } from '../kernel/time.ts'
import type { Documents } from '../modules/documents/index.ts'
import type { incidentsContract } from '../modules/incidents/contract.ts'
import { findIncident, isoOrNull } from '../modules/incidents/index.ts'
import { type Found, foundText } from '../modules/timeline/index.ts'
import type { Handlers } from '../platform/contract.ts'
import type { Database } from '../platform/db.ts'
import { tellingOf } from './pieces/words.ts'

/** The delivery log of an incident: pages in the order they were decided, each with its attempts. */
export function createReadPages(db: Database, documents: Documents): Handlers<typeof incidentsContract>['getPages'] {
  return async ({ params, query, caller, reader, now }) => {
    const incident = await findIncident(db.sql, params.id, caller)
    if (isRefusal(incident)) return incident
    const skip = query.cursor === undefined ? 0 : /^\d{1,9}$/.test(query.cursor) ? Number(query.cursor) : undefined
    if (skip === undefined) return refuse('bad-cursor', 'The cursor is not one of ours; leave it out for the first page.')
    const rows = await db.sql<PageRow>`
      select id, person, contact, channel, round, level, urgency, reason, status, due_at, possibly_duplicate, ended_at, ended_reason from paging_pages
      where incident_id = ${incident.id} order by queued_at, round, level, person, rule offset ${skip} limit ${query.limit + 1}`
    const pages = rows.slice(0, query.limit)
    const attempts = await db.sql<AttemptRow>`
      select page_id, attempt, began_at, ended_at, outcome, answer, bundle_id from paging_attempts
      where page_id = any(${pages.map((page) => page.id)}::text[]) order by page_id, attempt`
    const telling = tellingOf(await documents.fresh(db.sql), reader, now)
    return {
      items: pages.map(
        ({ id, person, contact, channel, round, level, urgency, reason, status, due_at, possibly_duplicate, ended_at, ended_reason }) => ({
          ...{ id, person, contact, channel, round, level, urgency, status },
          reason: foundText(JSON.parse(reason) as Found, telling),
          dueAt: iso(due_at),
          possiblyDuplicate: possibly_duplicate,
          endedAt: isoOrNull(ended_at),
          endedReason: ended_reason,
          attempts: attempts
            .filter((one) => one.page_id === id)
            .map(({ attempt, began_at, ended_at: ended, outcome, answer, bundle_id }) => ({
              attempt,
              beganAt: iso(began_at),
              endedAt: iso(ended),
              outcome,
              answer,
              bundle: bundle_id,
            })),
        }),
      ),
      next: rows.length > query.limit ? String(skip + query.limit) : null,
    }
  }
}

interface PageRow {
  id: string
  person: string
  contact: string
  channel: string
  round: number
  level: number
  urgency: 'high' | 'low'
  reason: string
  status: 'queued' | 'retrying' | 'sending' | 'delivered' | 'gave-up' | 'withdrawn'
  due_at: Instant
  possibly_duplicate: boolean
  ended_at: Instant | null
  ended_reason: string | null
}

interface AttemptRow {
  page_id: string
  attempt: number
  began_at: Instant
  ended_at: Instant
  outcome: 'delivered' | 'try-again' | 'gave-up' | 'unknown'
  answer: string
  bundle_id: string | null
}
