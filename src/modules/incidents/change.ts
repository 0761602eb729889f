import type { Actor } from '../../kernel/actor.ts'
import { type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import { Service, urgencyOf } from '../catalog/index.ts'
import type { Snapshot } from '../documents/index.ts'
import { type EscalationParts, regrade } from '../escalation/index.ts'
import { levelAt, schemeNamed } from '../severity/index.ts'
import { append, type Entry, fact } from '../timeline/index.ts'
import { notFound } from './find.ts'
import { type Incident, levelOf } from './incident.ts'
import { mayAcknowledge } from './may.ts'
import { pageAgain } from './page-again.ts'
import { lockIncidents, updateIncidents } from './store.ts'

export interface IncidentChange {
  title?: string | undefined
  severity?: number | undefined
  /** What its scheme calls that rank; the scheme's own word unless said. */
  level?: string | undefined
  summary?: string | undefined
  reason?: string | undefined
  /** The severity follows from which alerts are in it: no person has said how bad it is. */
  byAlerts?: boolean | undefined
  /** What the person saw when they decided. */
  expected?: Expected | undefined
}

export interface Expected {
  title?: string | undefined
  summary?: string | undefined
  severity?: number | undefined
  level?: string | undefined
  status?: string | undefined
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
  const changed = changedMeanwhile(incident, change.expected, change)
  if (changed) return changed
  const { next, entries } = await changeHeld(tx, now, parts, snapshot, incident, by, change)
  await append(tx, now, entries)
  return next
}

/** The same of an incident that is locked. Answers it as it then is, with the facts, for the caller to append. */
export async function changeHeld(
  tx: Transaction,
  now: Instant,
  parts: EscalationParts,
  snapshot: Snapshot,
  incident: Incident,
  by: Actor,
  change: IncidentChange,
): Promise<{ next: Incident; entries: Entry[] }> {
  const severity = change.severity ?? incident.severity
  const service = incident.service === null ? undefined : snapshot.get(Service, incident.service)?.spec
  const urgency = change.severity === undefined ? incident.urgency : urgencyOf(severity, service)
  const next: Incident = {
    ...incident,
    title: change.title ?? incident.title,
    summary: change.summary ?? incident.summary,
    severity,
    level: change.level ?? (severity === incident.severity ? incident.level : levelNamed(snapshot, incident, severity)),
    urgency,
    severityByPerson: incident.severityByPerson || (change.severity !== undefined && change.byAlerts !== true),
  }
  const about = { incidentId: incident.id, happenedAt: now, actor: by }
  const entries: Entry[] = []
  if (next.title !== incident.title) entries.push(fact(about, 'incident.retitled', { from: incident.title, to: next.title }))
  if (severity !== incident.severity) {
    const reason = change.reason === undefined ? {} : { reason: change.reason }
    const levels = { level: levelOf(next), was: levelOf(incident) }
    entries.push(
      fact(about, 'incident.severity-changed', { from: incident.severity, to: severity, urgency, by: 'person', ...reason, ...levels }),
    )
  }
  const urgent = mayAcknowledge(incident) === 'yes' && incident.urgency === 'low' && urgency === 'high'
  if (urgent) entries.push(...(await pageAgain(tx, now, parts, snapshot, [{ incident: next, reason: 'urgent' }], by)))
  else {
    tx.unawaited(updateIncidents(tx.sql, now, [next]))
    if (severity !== incident.severity || urgency !== incident.urgency)
      await regrade(tx, now, parts.documents, [{ incidentId: incident.id, severity, urgency }])
  }
  return { next, entries }
}

function levelNamed(snapshot: Snapshot, { severityScheme }: Incident, severity: number): string | null {
  const scheme = schemeNamed(snapshot, severityScheme)
  return scheme ? levelAt(scheme.spec, severity).key : null
}

/** What somebody else has changed since the person looked; what both want alike is no conflict. */
export function changedMeanwhile(
  incident: Incident,
  expected: Expected = {},
  change: Expected = {},
): Refusal<'changed-meanwhile'> | undefined {
  const is: Record<keyof Expected, string | number> = { ...incident, summary: incident.summary ?? '', level: levelOf(incident) }
  const names = (Object.keys(expected) as (keyof Expected)[]).filter(
    (name) => expected[name] !== undefined && is[name] !== expected[name] && is[name] !== change[name],
  )
  if (names.length === 0) return undefined
  const now = names.map((name) => `its ${name} is ${JSON.stringify(is[name])} now`).join(', ')
  return refuse('changed-meanwhile', `Somebody changed it meanwhile: ${now}. Look again, then say what you expect.`)
}
