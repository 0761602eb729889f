import { refuse } from '../../kernel/result.ts'
import { DAY, type Instant, iso } from '../../kernel/time.ts'
import type { Handlers } from '../../platform/contract.ts'
import type { Database, Sql } from '../../platform/db.ts'
import type { KeepSettings } from '../../platform/settings.ts'
import type { alertsContract } from './contract.ts'
import { alertFilterOf } from './list-filter.ts'
import { AFTER_ALL, alertsLookedAtTo, isAlertId, readAlert, readAlerts } from './store.ts'
import { viewsOf } from './view.ts'

export const BODY_SHOWN_MAX = 64 * 1024

export interface AlertRouteParts {
  db: Database
  /** A body as it came in, where it is still kept. */
  readBody(
    sql: Sql,
    position: number,
    index: number,
  ): Promise<{ entry: { receivedAt: Instant; source: string; bytes: number; sent?: number }; body: Buffer } | undefined>
  keep: KeepSettings
}

/** What joins several rooms is read in src/reads. */
type Elsewhere = 'getAlertWhy' | 'countAlerts' | 'getAlertVolume'

export function alertHandlers({ db, readBody, keep }: AlertRouteParts): Omit<Handlers<typeof alertsContract>, Elsewhere> {
  return {
    async listAlerts({ query, caller }) {
      const before = query.cursor ?? AFTER_ALL
      if (before !== AFTER_ALL && !isAlertId(before))
        return refuse('bad-cursor', 'The cursor is not one of ours; leave it out for the first page.')
      const filter = await alertFilterOf(db.sql, query, caller)
      if (!filter) return { items: [], next: null }
      if (before < filter.before) filter.before = before
      const alerts = await readAlerts(db.sql, filter, query.limit + 1)
      const items = alerts.slice(0, query.limit)
      const next = alerts.length > query.limit ? items.at(-1)!.id : await alertsLookedAtTo(db.sql, filter)
      return { items: await viewsOf(db.sql, items, caller), next }
    },
    async getAlert({ params, caller }) {
      const alert = await readAlert(db.sql, params.id, caller)
      return alert ? (await viewsOf(db.sql, [alert], caller))[0]! : notFound(params.id)
    },
    async getAlertPayload({ params, caller }) {
      const alert = await readAlert(db.sql, params.id, caller)
      if (!alert) return notFound(params.id)
      const found = await readBody(db.sql, alert.first.position, alert.first.index)
      if (!found) return refuse('gone', `Raw bodies are kept for ${keep.bodiesMs / DAY} days; this one has gone.`)
      if (found.entry.bytes === 0 && found.entry.sent)
        return refuse('gone', 'So much came in that day that this body was read and not kept; TOCSIN_KEEP_BODIES_DAY sets how much is.')
      return {
        receivedAt: iso(found.entry.receivedAt),
        source: found.entry.source,
        body: found.body.subarray(0, BODY_SHOWN_MAX).toString('utf8'),
      }
    },
  }
}

function notFound(id: string) {
  return refuse('not-found', `There is no alert ${id.slice(0, 60)}.`)
}
