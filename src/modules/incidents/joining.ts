import type { Actor } from '../../kernel/actor.ts'
import { parseDuration } from '../../kernel/duration.ts'
import type { IncidentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'
import { LookAgain, type Transaction } from '../../platform/db.ts'
import { holdsOf, Service, urgencyOf } from '../catalog/index.ts'
import type { Snapshot } from '../documents/index.ts'
import { type EscalationParts, holdEscalations, readPagedAs, regrade } from '../escalation/index.ts'
import { gradedByAlert, schemeFor, schemeNamed } from '../severity/index.ts'
import { type Entry, fact, type JoinedFact, type RunReason } from '../timeline/index.ts'
import { type Incident, levelOf } from './incident.ts'
import { mayAcknowledge } from './may.ts'
import { type PagingAgain, pageAgain } from './page-again.ts'
import type { IncidentStatus } from './status.ts'
import { addAlerts, updateIncidents } from './store.ts'

/** What decides whether an alert that joins an incident, or got worse in it, pages again. */
export interface JoiningFacts {
  now: Instant
  status: IncidentStatus
  held: boolean
  acknowledgedAt: Instant | null
  /** What it pages by now; null while nothing pages. */
  paged: { urgency: 'high' | 'low' } | null
  /** The alert's own, whatever a person has made of the incident's. */
  severity: number
  urgency: 'high' | 'low'
  /** The worst rank among the other alerts open in it; null when there are none. */
  worstOpen: number | null
  /** How long an acknowledgement covers what joins, in milliseconds. */
  holdsMs: number
  /** An alert of its own that got worse, and none that joins. */
  known?: boolean
}

/**
 * Joining pages nobody by itself. Whoever acknowledged has seen what was open then: what is worse than all that is still
 * open is news, and so is anything urgent once the acknowledgement is old. How bad the incident once was, or what a person
 * calls it, says nothing about that.
 */
export function pagesAgain(facts: JoiningFacts): RunReason | null {
  const { now, status, held, acknowledgedAt, paged, severity, urgency, worstOpen, holdsMs, known } = facts
  // It was watched for just that, whoever has it.
  if (status === 'monitoring' && known !== true) return 'recurred'
  switch (mayAcknowledge({ status, held })) {
    case 'yes':
      // A run of high urgency is left alone: begun anew with each alert it would never reach its second level.
      return paged?.urgency === 'low' && urgency === 'high' ? 'urgent' : null
    case 'already':
      if (worstOpen === null || severity < worstOpen) return 'worse'
      return urgency === 'high' && now - acknowledgedAt! >= holdsMs ? 'long-acknowledged' : null
    case 'already-resolved':
      return null
  }
}

/** An alert that joins an open incident, or got worse in it. */
export interface Joining {
  incident: Incident
  /** Or only kept from changing, for others may join it as well. */
  isLocked: boolean
  severity: number
  /** The worst rank among the other alerts open in the incident; null when there are none. Asked of acknowledged ones only. */
  worstOpen: number | null
  fact: JoinedFact
  by: [string, string][]
  actor: Actor
  happenedAt: Instant
  /** Belongs to the incident already and only got worse. */
  known?: boolean
}

/**
 * Lets alerts join their incidents, and pages again where `pagesAgain` says so: the worst alert decides, and the page
 * names it. `ending` are those the caller is about to resolve or acknowledge: what runs for them is locked together with
 * what changes here. Answers the facts, for the caller to append.
 */
export async function joinIncidents(
  tx: Transaction,
  now: Instant,
  parts: EscalationParts,
  snapshot: Snapshot,
  joinings: Joining[],
  ending: IncidentId[],
): Promise<Entry[]> {
  const entries: Entry[] = []
  for (const { incident, fact: alert, by, actor, happenedAt, known } of joinings)
    if (!known) entries.push(fact({ incidentId: incident.id, happenedAt, actor }, 'alert.joined', { ...alert, grouping: by }))
  const detected = joinings.filter(({ incident }) => mayAcknowledge(incident) === 'yes').map(({ incident }) => incident.id)
  const runs = await readPagedAs(tx.sql, [...new Set(detected)])
  const again: PagingAgain[] = []
  const calm: Incident[] = []
  const regrades: Parameters<typeof regrade>[3] = []
  for (const { incident, isLocked, severity, fact: alert, worstOpen, known } of worstOfEach(joinings)) {
    const service = incident.service === null ? undefined : snapshot.get(Service, incident.service)?.spec
    const grade = gradedByAlert(schemeNamed(snapshot, incident.severityScheme) ?? schemeFor(snapshot, service), severity)
    const worsens = !incident.severityByPerson && grade.severity < incident.severity
    const next = worsens ? { ...incident, ...grade, urgency: urgencyOf(grade.severity, service) } : incident
    if (worsens) {
      const was = levelOf(incident)
      const change = {
        from: incident.severity,
        to: next.severity,
        urgency: next.urgency,
        by: 'alert',
        alert: alert.alert,
        level: grade.level,
        was,
      } as const
      entries.push(fact({ incidentId: incident.id, happenedAt: now, actor: 'system' }, 'incident.severity-changed', change))
    }
    const run = runs.get(incident.id)
    const reason = pagesAgain({
      now,
      status: incident.status,
      held: incident.held,
      acknowledgedAt: incident.acknowledgedAt,
      paged: run ?? null,
      severity,
      urgency: urgencyOf(severity, service),
      worstOpen,
      holdsMs: parseDuration(holdsOf(service))!,
      ...(known && { known }),
    })
    const isRegraded = reason === null && run !== undefined && severity < run.severity && !incident.severityByPerson
    if (!isLocked && (worsens || reason !== null || isRegraded))
      throw new LookAgain('What joins an incident changes it: it has to be locked.')
    if (reason !== null) {
      // How bad it is now: the worst that is open, and never less than a person says.
      const rank = Math.min(severity, worstOpen ?? severity, incident.severityByPerson ? incident.severity : severity)
      const { others: _, ...cause } = alert
      if (reason === 'recurred') {
        const change = { from: incident.status, to: 'investigating', byAlert: alert.title }
        entries.push(fact({ incidentId: incident.id, happenedAt: now, actor: 'system' }, 'incident.status-changed', change))
      }
      const incidentNow = reason === 'recurred' ? { ...next, status: 'investigating' as const } : next
      again.push({ incident: incidentNow, reason, cause: { ...cause, severity }, severity: rank, urgency: urgencyOf(rank, service) })
    } else if (worsens) calm.push(next)
    if (isRegraded) regrades.push({ incidentId: incident.id, severity, urgency: urgencyOf(severity, service) })
  }
  const moving = [...again.map(({ incident }) => incident.id), ...regrades.map(({ incidentId }) => incidentId), ...ending]
  await holdEscalations(tx, [...new Set(moving)])
  tx.unawaited(updateIncidents(tx.sql, now, calm))
  await regrade(tx, now, parts.documents, regrades)
  entries.push(...(await pageAgain(tx, now, parts, snapshot, again, 'system')))
  return entries
}

/** Counts, with the facts of what joined appended: who waits for a chain here holds up nobody before. */
export function countJoined(tx: Transaction, entries: Entry[]): void {
  const joined = new Map<IncidentId, number>()
  for (const { incidentId, event } of entries)
    if (event.type === 'alert.joined') joined.set(incidentId, (joined.get(incidentId) ?? 0) + alertsIn(event.data))
  if (joined.size > 0) tx.unawaited(addAlerts(tx.sql, joined))
}

/** How many alerts join together. */
export function alertsIn(joined: JoinedFact | undefined): number {
  return joined ? 1 + (joined.others?.length ?? 0) : 0
}

/** Of what joins one incident together the worst decides; where it is watched, what joins comes before what only got worse. */
function worstOfEach(joinings: Joining[]): Joining[] {
  const worst = new Map<IncidentId, Joining>()
  const rank = ({ incident, severity, known }: Joining) => severity + (incident.status === 'monitoring' && known ? 100 : 0)
  for (const joining of joinings) {
    const { id } = joining.incident
    const before = worst.get(id)
    if (before === undefined || rank(joining) < rank(before)) worst.set(id, joining)
  }
  return [...worst.values()]
}
