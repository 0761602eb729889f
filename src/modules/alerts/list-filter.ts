import { firstIdAt } from '../../kernel/ids.ts'
import { isRefusal } from '../../kernel/result.ts'
import type { Input } from '../../platform/contract.ts'
import type { Sql } from '../../platform/db.ts'
import { fragment } from '../../platform/fragment.ts'
import { Integration } from '../catalog/index.ts'
import { readNamesEver } from '../documents/index.ts'
import { findIncident, type Onlooker, parseNumber, visibleInList } from '../incidents/index.ts'
import { identitiesOf } from './alert.ts'
import type { alertsContract } from './contract.ts'
import { AFTER_ALL, type AlertFilter } from './store.ts'

export type AlertQuery = Omit<Input<(typeof alertsContract)['listAlerts']>['query'], 'limit' | 'cursor'>

/** A query as the store takes it; undefined where nothing can match. */
export async function alertFilterOf(sql: Sql, query: AlertQuery, who: Onlooker): Promise<AlertFilter | undefined> {
  const q = query.q === undefined || query.q.trim() === '' ? null : query.q.trim()
  const incident = query.incident === undefined ? undefined : await findIncident(sql, query.incident, who)
  if (isRefusal(incident)) return undefined
  const named = q === null || parseNumber(q) === undefined ? undefined : await findIncident(sql, q, who)
  const qIncidentId = named && !isRefusal(named) ? named.id : null
  // With its letters a number means that incident and nothing else: its alerts are found however old they are.
  if (qIncidentId !== null && !incident && /^inc-/i.test(q!))
    return alertFilterOf(sql, { ...query, q: undefined, incident: qIncidentId }, who)
  const integrations = query.integration ?? null
  const dedupKey = query.dedupKey === undefined ? null : query.dedupKey
  const identities = dedupKey === null ? [] : identitiesOf(integrations ?? (await readNamesEver(sql, Integration.name)), dedupKey)
  return {
    source: dedupKey !== null ? { identities } : incident ? 'incident' : query.status === 'open' ? 'open' : 'all',
    incidentId: incident?.id ?? null,
    status: query.status ?? null,
    severities: query.severity ?? null,
    services: query.service ?? null,
    integrations,
    labels: query.label === undefined ? null : labelsOf(query.label),
    title: query.text ?? null,
    q,
    qIncidentId,
    visible: visibleInList(who, fragment`incident_id`),
    from: query.since === undefined ? '' : firstIdAt('alr', Date.parse(query.since)),
    before: query.until === undefined ? AFTER_ALL : firstIdAt('alr', Date.parse(query.until)),
  }
}

/** `env=prod` and `env=test`: one of the two. */
function labelsOf(pairs: string[]): Record<string, string[]> {
  const labels: Record<string, string[]> = Object.create(null)
  for (const pair of pairs) {
    const name = pair.slice(0, pair.indexOf('='))
    labels[name] = [...(labels[name] ?? []), pair.slice(name.length + 1)]
  }
  return labels
}
