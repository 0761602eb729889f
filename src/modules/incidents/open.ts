import { type Actor, nameOf } from '../../kernel/actor.ts'
import { type IncidentId, newId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import { OWN_SERVICE, Service, urgencyOf } from '../catalog/index.ts'
import type { Snapshot } from '../documents/index.ts'
import { type EscalationParts, OWN_POLICY, type Start, startEscalations } from '../escalation/index.ts'
import { gradedByAlert, type SchemeVersion, schemeFor } from '../severity/index.ts'
import { type AlertFact, append, type Entry, fact, type JoinedFact, type RunReason } from '../timeline/index.ts'
import { stageOf } from './incident.ts'
import { alertsIn } from './joining.ts'
import { insertMembers, type NewMember } from './member-store.ts'
import { letInFacts, memberOf, type Named } from './members.ts'
import { pagesNobody } from './page-again.ts'
import { insertIncidents } from './store.ts'

export interface NewIncident {
  title: string
  summary?: string
  /** A rank: an alert's own, or what a person says. */
  severity: number
  /** What a person says it is, and in whose words; the scheme of the service's team makes it of an alert's rank otherwise. */
  graded?: { scheme: SchemeVersion; level: string }
  service: string | null
  /** Named by a person who declares; otherwise the service's. */
  policy?: string | null
  origin: 'alert' | 'person' | 'drill'
  actor: Actor
  demo: boolean
  kind?: string
  impactStartedAt?: Instant | null
  /** Public unless said. */
  visibility?: 'public' | 'private'
  /** Who sees a private one, beside whoever declares it and whoever is paged. */
  members?: Named[]
  group?: { key: string; by: [string, string][] }
  alert?: AlertFact
  /** Alerts that open it together with the first. */
  joined?: JoinedFact
  reason?: RunReason
  parent?: number | null
  /** Of a level that wakes nobody. */
  wakesNobody?: boolean
  /** Whoever opens it has it: there is nobody to page. */
  taken?: boolean
  /** What is said of it beside its opening. */
  besides?: (about: Omit<Entry, 'event'>) => Entry[]
}

/**
 * Opens incidents and starts their escalations, level 1 decided and its pages queued, all in the caller's
 * transaction. Answers their ids, in order.
 */
export async function openIncidents(
  tx: Transaction,
  now: Instant,
  parts: EscalationParts,
  snapshot: Snapshot,
  incidents: NewIncident[],
): Promise<IncidentId[]> {
  if (incidents.length === 0) return []
  const by = ({ actor }: NewIncident, incidentId: IncidentId) => ({ incidentId, happenedAt: now, actor })
  const opened = incidents.map((one) => {
    const service = one.service === null ? undefined : snapshot.get(Service, one.service)
    const policy = one.service === OWN_SERVICE ? OWN_POLICY : (one.policy ?? service?.spec.policy ?? null)
    const scheme = one.graded?.scheme ?? schemeFor(snapshot, service?.spec)
    const grade = one.graded ? { severity: one.severity, level: one.graded.level } : gradedByAlert(scheme, one.severity)
    return { one, id: newId('inc', now), service, policy, scheme, grade, urgency: urgencyOf(grade.severity, service?.spec) }
  })
  tx.unawaited(
    insertIncidents(
      tx.sql,
      now,
      opened.map(({ one, id, service, policy, scheme, grade, urgency }) => ({
        id,
        title: one.title,
        summary: one.summary ?? null,
        ...grade,
        severityScheme: scheme.name,
        severitySchemeVersion: scheme.version,
        parent: one.parent ?? null,
        urgency,
        visibility: one.visibility ?? 'public',
        service: one.service,
        serviceVersion: service?.version ?? null,
        policy,
        groupKey: one.group?.key ?? null,
        grouping: one.group?.by ?? [],
        kind: one.kind ?? 'production',
        origin: one.origin,
        demo: one.demo,
        autoResolve: one.origin === 'alert' && service?.spec.autoResolve !== false,
        impactStartedAt: one.impactStartedAt ?? null,
        declaredAt: one.origin === 'alert' ? null : now,
        declaredBy: one.origin === 'alert' ? null : nameOf(one.actor),
        alerts: (one.alert ? 1 : 0) + alertsIn(one.joined),
      })),
    ),
  )
  const facts = opened.flatMap(({ one, id, policy, grade: { severity }, urgency }) => {
    const { title, service, origin, alert, group, besides } = one
    const optional = { ...(alert && { alert }), ...(group && { grouping: group.by }) }
    const about = by(one, id)
    return [fact(about, 'incident.opened', { title, severity, urgency, service, policy, origin, ...optional }), ...(besides?.(about) ?? [])]
  })
  const starts = opened.flatMap(({ one, id, policy, grade: { severity }, urgency }): Start[] =>
    policy === null || one.wakesNobody === true || one.taken === true
      ? []
      : [{ incidentId: id, policy, severity, urgency, stage: stageOf(one), reason: one.reason ?? 'opened' }],
  )
  const nobody = opened.flatMap(({ one, id, policy, grade: { level } }) =>
    one.wakesNobody === true
      ? [fact({ incidentId: id, happenedAt: now, actor: 'system' }, 'escalation.none', { reason: 'severity', level })]
      : policy === null && one.taken !== true
        ? [pagesNobody(now, id, one.service)]
        : [],
  )
  const decided = await startEscalations(tx, now, parts, snapshot, starts, true)
  const hidden = opened.filter(({ one }) => one.visibility === 'private')
  const letIn = hidden.length === 0 ? [] : await letInAtFirst(tx, now, parts, hidden, decided)
  const joined = opened.flatMap(({ one, id }) =>
    one.joined === undefined ? [] : [fact(by(one, id), 'alert.joined', { ...one.joined, grouping: one.group?.by ?? [] })],
  )
  const ids = opened.map(({ id }) => id)
  await append(tx, now, [...facts, ...nobody, ...decided, ...letIn, ...joined], new Set(ids))
  return ids
}

/** Private from the first moment on: whoever declares them, whom they name, and whom the first level pages. Answers the facts. */
async function letInAtFirst(
  tx: Transaction,
  now: Instant,
  parts: EscalationParts,
  hidden: { one: NewIncident; id: IncidentId }[],
  decided: Entry[],
): Promise<Entry[]> {
  const entries: Entry[] = []
  for (const { one, id: incidentId } of hidden) {
    const { actor, members = [] } = one
    const declarer = actor.startsWith('person:') ? nameOf(actor) : undefined
    const others = members.map(memberOf).filter(({ kind, name }) => kind === 'team' || name !== declarer)
    const named = others.map((member): NewMember => ({ incidentId, ...member, how: 'hand', by: actor }))
    const first: NewMember[] = declarer === undefined ? [] : [{ incidentId, kind: 'person', name: declarer, how: 'declaring', by: actor }]
    await insertMembers(tx.sql, now, [...first, ...named])
    entries.push(...letInFacts(now, actor, first, 'declaring'), ...letInFacts(now, actor, named, 'hand'))
  }
  const pages = decided.flatMap(({ incidentId, event }) =>
    event.type === 'escalation.level-decided' && hidden.some(({ id }) => id === incidentId)
      ? event.data.pages.map(({ person }) => ({ incidentId, person }))
      : [],
  )
  return [...entries, ...(await parts.letIn(tx, now, pages))]
}
