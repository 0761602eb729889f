import { refuse } from '../../kernel/result.ts'
import { storable } from '../../kernel/text.ts'
import { iso } from '../../kernel/time.ts'
import type { Handlers } from '../../platform/contract.ts'
import type { alertsContract } from './contract.ts'
import { eventViews } from './events.ts'
import { readBody, readReceipts, readUnparsed } from './inbox-store.ts'
import { BODY_SHOWN_MAX, type IntegrationRouteParts, integrationHandlers } from './integration-routes.ts'
import { alertFilterOf } from './list-filter.ts'
import { AFTER_ALL, alertsLookedAtTo, isAlertId, readAlert, readAlerts } from './store.ts'
import { viewsOf } from './view.ts'

export interface AlertRouteParts extends IntegrationRouteParts {
  /** Joins rooms; see src/reads. */
  readWhy: Handlers<typeof alertsContract>['getAlertWhy']
  counts: Pick<Handlers<typeof alertsContract>, 'countAlerts' | 'getAlertVolume'>
}

export function alertHandlers(parts: AlertRouteParts): Handlers<typeof alertsContract> {
  const { db, readWhy, counts, sources } = parts
  return {
    ...integrationHandlers(parts),
    async listAlerts({ query }) {
      const before = query.cursor ?? AFTER_ALL
      if (before !== AFTER_ALL && !isAlertId(before))
        return refuse('bad-cursor', 'The cursor is not one of ours; leave it out for the first page.')
      const filter = await alertFilterOf(db.sql, query)
      if (!filter) return { items: [], next: null }
      if (before < filter.before) filter.before = before
      const alerts = await readAlerts(db.sql, filter, query.limit + 1)
      const items = alerts.slice(0, query.limit)
      const next = alerts.length > query.limit ? items.at(-1)!.id : await alertsLookedAtTo(db.sql, filter)
      return { items: await viewsOf(db.sql, items), next }
    },
    ...counts,
    async getAlert({ params }) {
      const alert = await readAlert(db.sql, params.id)
      return alert ? (await viewsOf(db.sql, [alert]))[0]! : notFound(params.id)
    },
    async getAlertPayload({ params }) {
      const alert = await readAlert(db.sql, params.id)
      if (!alert) return notFound(params.id)
      const found = await readBody(db.sql, alert.first.position, alert.first.index)
      if (!found) return refuse('gone', 'Raw bodies are kept for 30 days; this one has gone.')
      return {
        receivedAt: iso(found.entry.receivedAt),
        source: found.entry.source,
        body: found.body.subarray(0, BODY_SHOWN_MAX).toString('utf8'),
      }
    },
    getAlertWhy: readWhy,
    async listUnparsed({ query }) {
      const before = query.cursor === undefined ? null : storable(query.cursor)
      const rows = await readUnparsed(db.sql, {
        integration: query.integration === undefined ? null : storable(query.integration),
        refused: query.refused ?? null,
        before,
        limit: query.limit + 1,
        bytesMax: BODY_SHOWN_MAX,
      })
      const items = rows.slice(0, query.limit)
      const receipts = await readReceipts(db.sql, items)
      const views = await eventViews(
        db.sql,
        sources,
        items.map((one, i) => ({ ...one, receipt: receipts[i] ?? one.id })),
      )
      return {
        // What was found wrong when it was worked off counts, not what reading it again would say.
        items: views.map((view, i) => ({ ...view, problems: items[i]!.problems, refused: items[i]!.refused })),
        next: rows.length > query.limit ? items.at(-1)!.id : null,
      }
    },
  }
}

function notFound(id: string) {
  return refuse('not-found', `There is no alert ${id.slice(0, 60)}.`)
}
