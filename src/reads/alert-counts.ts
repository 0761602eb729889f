import { firstIdAt } from '../kernel/ids.ts'
import { iso, MINUTE } from '../kernel/time.ts'
import type { alertsContract } from '../modules/alerts/contract.ts'
import { alertFilterOf, alertsLookedAtTo, countAlerts, readHiddenOpenings } from '../modules/alerts/index.ts'
import { incidentsVisibleTo, visibleInList } from '../modules/incidents/index.ts'
import type { Handlers } from '../platform/contract.ts'
import type { Database } from '../platform/db.ts'
import { fragment } from '../platform/fragment.ts'
import { type Combination, facetOf, type Picked } from './pieces/facets.ts'

type Field = 'status' | 'severity' | 'service' | 'integration'

const QUARTER = 15 * MINUTE
/** A quarter with more alerts is drawn as this many: a stroke does not grow for ever, nor does the time to count it. */
const QUARTER_MAX = 1000
const INCIDENTS_MAX = 10_000
const PAGES_MAX = 20_000

/** Counts beside the list of alerts; none looks at more rows than a fixed number. */
export function createReadAlertCounts(db: Database): Pick<Handlers<typeof alertsContract>, 'countAlerts' | 'getAlertVolume'> {
  return {
    async countAlerts({ query, caller }) {
      const filter = await alertFilterOf(db.sql, query, caller)
      const rows = filter ? await countAlerts(db.sql, filter) : []
      const combinations = rows.map(
        ({ count, status, severity, service, integration }): Combination<Field> => ({
          count,
          values: { status, severity: String(severity), service, integration },
        }),
      )
      const picked: Picked<Field> = {
        status: query.status === undefined ? null : [query.status],
        severity: query.severity?.map(String) ?? null,
        service: query.service ?? null,
        integration: query.integration ?? null,
      }
      const facet = (field: Field) => facetOf(combinations, picked, field)
      return {
        counted: rows.reduce((sum, { count }) => sum + count, 0),
        complete: !filter || (await alertsLookedAtTo(db.sql, filter.source === 'open' ? { ...filter, source: 'all' } : filter)) === null,
        ...{ status: facet('status'), severity: facet('severity'), service: facet('service'), integration: facet('integration') },
      }
    },
    async getAlertVolume({ query, caller, now }) {
      const count = query.hours * 4
      const end = Math.floor(now / QUARTER) * QUARTER + QUARTER
      const starts = Array.from({ length: count }, (_, i) => end - (count - i) * QUARTER)
      const edges = JSON.stringify(starts.map((at) => ({ first: firstIdAt('alr', at), after: firstIdAt('alr', at + QUARTER) })))
      const quarters = await db.sql<{ count: number }>`
        select counted.count from json_to_recordset(${edges}) as quarter(first text, after text) cross join lateral (
          select count(*) as count from (select 1 from alerts_alerts where id >= quarter.first and id < quarter.after limit ${QUARTER_MAX}) one) counted
        order by quarter.first`
      const since = firstIdAt('inc', starts[0]!)
      const [led] = await db.sql<{ incidents: number; pages: number }>`
        select (select count(*) from (select 1 from ${incidentsVisibleTo(caller)} one where id >= ${since} limit ${INCIDENTS_MAX}) i) as incidents,
          (select count(*) from (select 1 from paging_pages where incident_id >= ${since} and first_attempt_at is not null
            and ${visibleInList(caller, fragment`incident_id`)} limit ${PAGES_MAX}) p) as pages`
      const hidden = await readHiddenOpenings(db.sql, starts[0]!, caller)
      const counts = quarters.map(({ count: all }, i) => {
        const from = starts[i]!
        return Math.max(0, all - hidden.filter((at) => at >= from && at < from + QUARTER).length)
      })
      return {
        since: iso(starts[0]!),
        alerts: counts.reduce((sum, one) => sum + one, 0),
        incidents: led!.incidents,
        pages: led!.pages,
        complete: counts.every((one) => one < QUARTER_MAX) && led!.incidents < INCIDENTS_MAX && led!.pages < PAGES_MAX,
        quarters: starts.map((from, i) => ({ from: iso(from), alerts: counts[i]! })),
      }
    },
  }
}
