import { type Actor, nameOf } from '../../kernel/actor.ts'
import { parseDuration } from '../../kernel/duration.ts'
import { type IncidentId, newId } from '../../kernel/ids.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import { crashPoint } from '../../platform/crash.ts'
import type { Transaction } from '../../platform/db.ts'
import { OWN_SERVICE, Service, urgencyOf } from '../catalog/index.ts'
import type { Snapshot } from '../documents/index.ts'
import {
  type EscalationParts,
  levelAfterLast,
  OWN_POLICY,
  regrade,
  type Start,
  startEscalations,
  stopEscalations,
} from '../escalation/index.ts'
import { type AlertFact, append, type Entry, type JoinedFact, type RunReason } from '../timeline/index.ts'
import { type Incident, mayAcknowledge, mayEscalate, stageOf } from './incident.ts'
import { insertIncidents, lockAckTimeouts, lockAffected, lockIncidents, updateIncidents } from './store.ts'

export interface IncidentParts extends EscalationParts {
  /** Ends the open alerts of incidents that a person resolves; answers the facts. */
  endAlerts(tx: Transaction, now: Instant, incidentIds: IncidentId[]): Promise<Entry[]>
}

export interface NewIncident {
  title: string
  summary?: string
  severity: number
  service: string | null
  /** Named by a person who declares; otherwise the service's. */
  policy?: string | null
  origin: 'alert' | 'person' | 'drill'
  actor: Actor
  demo: boolean
  kind?: string
  impactStartedAt?: Instant | null
  group?: { key: string; by: [string, string][] }
  alert?: AlertFact
  /** Alerts that open it together with the first. */
  joined?: JoinedFact
  reason?: RunReason
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
  const opened = incidents.map((one) => {
    const service = one.service === null ? undefined : snapshot.get(Service, one.service)
    const policy = one.service === OWN_SERVICE ? OWN_POLICY : (one.policy ?? service?.spec.policy ?? null)
    return { one, id: newId('inc', now), service, policy, urgency: urgencyOf(one.severity, service?.spec) }
  })
  tx.unawaited(
    insertIncidents(
      tx.sql,
      now,
      opened.map(({ one, id, service, policy, urgency }) => ({
        id,
        title: one.title,
        summary: one.summary ?? null,
        severity: one.severity,
        urgency,
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
      })),
    ),
  )
  const facts = opened.map(({ one, id, policy, urgency }): Entry => {
    const { title, severity, service, origin, alert, group } = one
    return {
      incidentId: id,
      happenedAt: now,
      actor: one.actor,
      event: {
        type: 'incident.opened',
        data: { title, severity, urgency, service, policy, origin, ...(alert && { alert }), ...(group && { grouping: group.by }) },
      },
    }
  })
  const starts = opened.flatMap(({ one, id, policy, urgency }): Start[] =>
    policy === null
      ? []
      : [{ incidentId: id, policy, severity: one.severity, urgency, stage: stageOf(one), reason: one.reason ?? 'opened' }],
  )
  const nobody = opened.filter(({ policy }) => policy === null).map(({ one, id }) => nobodyEntry(now, id, one.service))
  const decided = await startEscalations(tx, now, parts, snapshot, starts, true)
  const joined = opened.flatMap(({ one, id }): Entry[] =>
    one.joined === undefined
      ? []
      : [
          {
            incidentId: id,
            happenedAt: now,
            actor: one.actor,
            event: { type: 'alert.joined', data: { ...one.joined, grouping: one.group?.by ?? [] } },
          },
        ],
  )
  const ids = opened.map(({ id }) => id)
  await append(tx, now, [...facts, ...nobody, ...decided, ...joined], new Set(ids))
  return ids
}

/** An alert that joins an open incident, with the incident locked. */
export interface Joining {
  incident: Incident
  severity: number
  fact: JoinedFact
  by: [string, string][]
  actor: Actor
  happenedAt: Instant
  /** Belongs to the incident already and only got worse. */
  known?: boolean
}

/**
 * Lets alerts join their incidents. Joining pages nobody by itself; it pages again when it makes an acknowledged
 * incident worse, or an unacknowledged one urgent. Answers the facts, for the caller to append.
 */
export async function joinIncidents(
  tx: Transaction,
  now: Instant,
  parts: EscalationParts,
  snapshot: Snapshot,
  joinings: Joining[],
): Promise<Entry[]> {
  const entries: Entry[] = []
  const changed = new Map<string, { incident: Incident; again: RunReason | null }>()
  const after = new Map<string, Incident>()
  for (const { incident: found, severity, fact, by, actor, happenedAt, known } of joinings) {
    const incident = after.get(found.id) ?? found
    if (!known)
      entries.push({ incidentId: incident.id, happenedAt, actor, event: { type: 'alert.joined', data: { ...fact, grouping: by } } })
    if (incident.severityByPerson || severity >= incident.severity) continue
    const service = incident.service === null ? undefined : snapshot.get(Service, incident.service)?.spec
    const urgency = urgencyOf(severity, service)
    const again = incident.status === 'acknowledged' ? 'worse' : urgency === 'high' && incident.urgency === 'low' ? 'urgent' : null
    entries.push({
      incidentId: incident.id,
      happenedAt: now,
      actor: 'system',
      event: {
        type: 'incident.severity-changed',
        data: { from: incident.severity, to: severity, urgency, by: 'alert', alert: fact.alert },
      },
    })
    const next = { ...incident, severity, urgency }
    after.set(incident.id, next)
    changed.set(incident.id, { incident: next, again: again ?? changed.get(incident.id)?.again ?? null })
  }
  const calm = [...changed.values()].filter(({ again }) => again === null).map(({ incident }) => incident)
  tx.unawaited(updateIncidents(tx.sql, now, calm))
  await regrade(
    tx,
    now,
    parts.documents,
    calm.map(({ id, severity, urgency }) => ({ incidentId: id, severity, urgency })),
  )
  for (const reason of ['worse', 'urgent'] as const) {
    const incidents = [...changed.values()].filter(({ again }) => again === reason).map(({ incident }) => incident)
    entries.push(...(await pageAgain(tx, now, parts, snapshot, incidents, reason, 'system')))
  }
  return entries
}

/** Nobody has it any more: back to detected, and a new run. Answers the facts, for the caller to append. */
async function pageAgain(
  tx: Transaction,
  now: Instant,
  parts: EscalationParts,
  snapshot: Snapshot,
  incidents: Incident[],
  reason: RunReason,
  actor: Actor,
  fromLevel?: number,
): Promise<Entry[]> {
  if (incidents.length === 0) return []
  const stopped = await stopEscalations(
    tx,
    now,
    incidents.map(({ id }) => id),
    'superseded',
  )
  const back = incidents
    .filter(({ status }) => status === 'acknowledged')
    .map(({ id }): Entry => ({ incidentId: id, happenedAt: now, actor, event: { type: 'incident.unacknowledged', data: { reason } } }))
  const detected = incidents.map(
    (incident): Incident => ({ ...incident, status: 'detected', acknowledgedAt: null, acknowledgedBy: null, ackTimeoutAt: null }),
  )
  tx.unawaited(updateIncidents(tx.sql, now, detected))
  const starts = incidents.flatMap(({ id, policy, severity, urgency, demo, origin }): Start[] =>
    policy === null
      ? []
      : [
          {
            incidentId: id,
            policy,
            severity,
            urgency,
            stage: stageOf({ demo, origin }),
            reason,
            ...(fromLevel !== undefined && { fromLevel }),
          },
        ],
  )
  const nobody = incidents.filter(({ policy }) => policy === null).map(({ id, service }) => nobodyEntry(now, id, service))
  const decided = await startEscalations(tx, now, parts, snapshot, starts, false)
  // What was decided because somebody wanted it is told under their name.
  return [...stopped, ...back, ...nobody, ...decided.map((entry) => ({ ...entry, actor }))]
}

/** The fact that an incident pages nobody, for it follows no policy. */
function nobodyEntry(now: Instant, incidentId: IncidentId, service: string | null): Entry {
  const reason = service === null ? 'no-service' : 'no-policy'
  return { incidentId, happenedAt: now, actor: 'system', event: { type: 'escalation.none', data: { reason } } }
}

export type Via = 'api' | 'link' | 'source' | 'cli' | 'web'

/**
 * Acknowledges: the escalation stops and what is queued is withdrawn, in this transaction. Idempotent: an incident
 * that somebody has already keeps them. Answers the incident as it then is.
 */
export async function acknowledge(
  tx: Transaction,
  now: Instant,
  snapshot: Snapshot,
  id: string,
  by: Actor,
  via: Via,
  page?: string,
): Promise<Incident | Refusal<'not-found' | 'already-resolved'>> {
  const [incident] = await lockIncidents(tx.sql, [id])
  if (!incident) return notFound(id)
  const may = mayAcknowledge(incident)
  if (isRefusal(may)) return may
  if (may === 'already') return incident
  const { next, entries } = await give(tx, now, snapshot, incident, by, via, page)
  await append(tx, now, entries)
  tx.afterCommit(() => crashPoint('ack.after_commit'))
  return next
}

/** Acknowledges, in their source's name, incidents that are locked, as far as they may be. Answers the facts, for the caller to append. */
export async function acknowledgeAtSource(
  tx: Transaction,
  now: Instant,
  snapshot: Snapshot,
  taken: { incident: Incident; integration: string }[],
): Promise<Entry[]> {
  const all: Entry[] = []
  for (const { incident, integration } of taken)
    if (mayAcknowledge(incident) === 'yes')
      all.push(...(await give(tx, now, snapshot, incident, `integration:${integration}`, 'source')).entries)
  return all
}

/** From here somebody has it. */
async function give(
  tx: Transaction,
  now: Instant,
  snapshot: Snapshot,
  incident: Incident,
  by: Actor,
  via: Via,
  page?: string,
): Promise<{ next: Incident; entries: Entry[] }> {
  const timeout = incident.service === null ? undefined : snapshot.get(Service, incident.service)?.spec.ackTimeout
  const next: Incident = {
    ...incident,
    status: 'acknowledged',
    acknowledgedAt: now,
    acknowledgedBy: nameOf(by),
    ackTimeoutAt: timeout === undefined ? null : now + parseDuration(timeout)!,
  }
  tx.unawaited(updateIncidents(tx.sql, now, [next]))
  const stopped = await stopEscalations(tx, now, [incident.id], 'acknowledged')
  const fact: Entry = {
    incidentId: incident.id,
    happenedAt: now,
    actor: by,
    event: { type: 'incident.acknowledged', data: { via, ...(page && { page }) } },
  }
  return { next, entries: [fact, ...stopped] }
}

/** Resolves by hand: the open alerts end with it. Idempotent. */
export async function resolve(
  tx: Transaction,
  now: Instant,
  parts: IncidentParts,
  id: string,
  by: Actor,
): Promise<Incident | Refusal<'not-found'>> {
  // Alerts are locked before incidents, as everywhere. Those that join until then are found by the second look.
  const ended = await parts.endAlerts(tx, now, [id as IncidentId])
  const [incident] = await lockIncidents(tx.sql, [id])
  if (!incident) return notFound(id)
  if (incident.status === 'resolved') {
    await append(tx, now, ended)
    return incident
  }
  const next: Incident = { ...incident, status: 'resolved', resolvedAt: now, resolvedBy: nameOf(by), ackTimeoutAt: null }
  ended.push(...(await parts.endAlerts(tx, now, [incident.id])))
  tx.unawaited(updateIncidents(tx.sql, now, [next]))
  const stopped = await stopEscalations(tx, now, [incident.id], 'resolved')
  const fact: Entry = {
    incidentId: incident.id,
    happenedAt: now,
    actor: by,
    event: { type: 'incident.resolved', data: { reason: 'by-hand', alertsEnded: ended.length } },
  }
  await append(tx, now, [...ended, fact, ...stopped])
  return next
}

/**
 * The last alert of these incidents has ended: those that alerts opened resolve with it. The incidents are locked.
 * Answers the facts, for the caller to append.
 */
export async function resolveEnded(tx: Transaction, now: Instant, incidents: Incident[]): Promise<Entry[]> {
  const ending = incidents.filter((incident) => incident.status !== 'resolved' && incident.autoResolve && incident.origin === 'alert')
  if (ending.length === 0) return []
  const resolved = ending.map(
    (incident): Incident => ({ ...incident, status: 'resolved', resolvedAt: now, resolvedBy: 'alerts ended', ackTimeoutAt: null }),
  )
  tx.unawaited(updateIncidents(tx.sql, now, resolved))
  const stopped = await stopEscalations(
    tx,
    now,
    ending.map(({ id }) => id),
    'resolved',
  )
  return [
    ...ending.map(
      ({ id }): Entry => ({
        incidentId: id,
        happenedAt: now,
        actor: 'system',
        event: { type: 'incident.resolved', data: { reason: 'alerts-ended', alertsEnded: 0 } },
      }),
    ),
    ...stopped,
  ]
}

/** Pages the next level now and takes the incident back to detected; after the last level, the catch-all. */
export async function escalate(
  tx: Transaction,
  now: Instant,
  parts: EscalationParts,
  snapshot: Snapshot,
  id: string,
  by: Actor,
): Promise<Incident | Refusal<'not-found' | 'already-resolved' | 'no-policy'>> {
  const [incident] = await lockIncidents(tx.sql, [id])
  if (!incident) return notFound(id)
  const may = mayEscalate(incident)
  if (may !== 'yes') return may
  const last = await levelAfterLast(tx, incident.id)
  const fromLevel = last?.policy === incident.policy ? last.fromLevel : 0
  await append(tx, now, await pageAgain(tx, now, parts, snapshot, [incident], 'by-hand', by, fromLevel))
  return { ...incident, status: 'detected', acknowledgedAt: null, acknowledgedBy: null, ackTimeoutAt: null }
}

export interface IncidentChange {
  title?: string | undefined
  severity?: number | undefined
  summary?: string | undefined
  reason?: string | undefined
  /** What the person saw when they decided. */
  expected?: { title?: string | undefined; summary?: string | undefined; severity?: number | undefined } | undefined
}

/** A person's word on title or severity. Severity decides levels and urgency, so what runs reads it anew. */
export async function changeIncident(
  tx: Transaction,
  now: Instant,
  parts: EscalationParts,
  snapshot: Snapshot,
  id: string,
  by: Actor,
  change: IncidentChange,
): Promise<Incident | Refusal<'not-found' | 'changed-meanwhile'>> {
  const [incident] = await lockIncidents(tx.sql, [id])
  if (!incident) return notFound(id)
  const changed = changedMeanwhile(incident, change)
  if (changed !== undefined) return refuse('changed-meanwhile', changed)
  const severity = change.severity ?? incident.severity
  const service = incident.service === null ? undefined : snapshot.get(Service, incident.service)?.spec
  const urgency = change.severity === undefined ? incident.urgency : urgencyOf(severity, service)
  const next: Incident = {
    ...incident,
    title: change.title ?? incident.title,
    summary: change.summary ?? incident.summary,
    severity,
    urgency,
    severityByPerson: incident.severityByPerson || change.severity !== undefined,
  }
  const entries: Entry[] = []
  if (next.title !== incident.title)
    entries.push({
      incidentId: incident.id,
      happenedAt: now,
      actor: by,
      event: { type: 'incident.retitled', data: { from: incident.title, to: next.title } },
    })
  if (severity !== incident.severity)
    entries.push({
      incidentId: incident.id,
      happenedAt: now,
      actor: by,
      event: {
        type: 'incident.severity-changed',
        data: {
          from: incident.severity,
          to: severity,
          urgency,
          by: 'person',
          ...(change.reason !== undefined && { reason: change.reason }),
        },
      },
    })
  const urgent = incident.status === 'detected' && incident.urgency === 'low' && urgency === 'high'
  if (urgent) entries.push(...(await pageAgain(tx, now, parts, snapshot, [next], 'urgent', by)))
  else {
    tx.unawaited(updateIncidents(tx.sql, now, [next]))
    await regrade(tx, now, parts.documents, [{ incidentId: incident.id, severity, urgency }])
  }
  await append(tx, now, entries)
  return next
}

/** What somebody else has changed since the person looked; what both want alike is no conflict. */
function changedMeanwhile(incident: Incident, { expected = {}, ...change }: IncidentChange): string | undefined {
  const names = (['title', 'summary', 'severity'] as const).filter((name) => {
    const now = incident[name] ?? ''
    return expected[name] !== undefined && now !== expected[name] && now !== change[name]
  })
  if (names.length === 0) return undefined
  return `Somebody changed it meanwhile: ${names.map((name) => `its ${name} is ${JSON.stringify(incident[name] ?? '')} now`).join(', ')}. Look again, then say what you expect.`
}

/** Acknowledged but not resolved within the service's time: pages again. */
export async function lapseAcknowledgements(
  tx: Transaction,
  now: Instant,
  parts: EscalationParts,
  snapshot: Snapshot,
  limit: number,
): Promise<number> {
  const incidents = await lockAckTimeouts(tx.sql, now, limit)
  await append(tx, now, await pageAgain(tx, now, parts, snapshot, incidents, 'ack-timeout', 'system'))
  return incidents.length
}

/** Tocsin's own alarm: an incident of the built-in service that pages the admins; one open for each key. */
export async function raiseAlarm(
  tx: Transaction,
  now: Instant,
  parts: EscalationParts,
  snapshot: Snapshot,
  alarm: { key: string; title: string; severity?: number },
): Promise<void> {
  const group = { key: `alarm:${alarm.key}`, by: [] }
  if ((await lockAffected(tx.sql, [{ service: OWN_SERVICE, groupKey: group.key }], [])).length > 0) return
  await openIncidents(tx, now, parts, snapshot, [
    { title: alarm.title, severity: alarm.severity ?? 2, service: OWN_SERVICE, origin: 'alert', actor: 'system', demo: false, group },
  ])
}

/** The condition behind an own alarm is over. */
export async function endAlarm(tx: Transaction, now: Instant, key: string): Promise<void> {
  await append(tx, now, await resolveEnded(tx, now, await lockAffected(tx.sql, [{ service: OWN_SERVICE, groupKey: `alarm:${key}` }], [])))
}

function notFound(id: string): Refusal<'not-found'> {
  return refuse('not-found', `There is no incident ${id}.`)
}
