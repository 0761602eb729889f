import type { z } from 'zod'
import { type Instant, iso } from '../../kernel/time.ts'
import type { RecordedEvent } from '../timeline/index.ts'
import type { incidentView } from './contract.ts'
import { type Incident, numberText } from './incident.ts'

/** An incident as the API tells it. */
export function viewOf(incident: Incident): z.input<typeof incidentView> {
  return {
    id: incident.id,
    number: numberText(incident.number),
    title: incident.title,
    summary: incident.summary,
    status: incident.status,
    severity: incident.severity,
    urgency: incident.urgency,
    service: incident.service,
    policy: incident.policy,
    kind: incident.kind,
    origin: incident.origin,
    visibility: incident.visibility,
    demo: incident.demo,
    grouping: incident.grouping.map(([label, value]) => ({ label, value })),
    startedAt: iso(incident.detectedAt),
    impactStartedAt: isoOrNull(incident.impactStartedAt),
    declaredAt: isoOrNull(incident.declaredAt),
    declaredBy: incident.declaredBy,
    acknowledgedAt: isoOrNull(incident.acknowledgedAt),
    acknowledgedBy: incident.acknowledgedBy,
    resolvedAt: isoOrNull(incident.resolvedAt),
    resolvedBy: incident.resolvedBy,
  }
}

export function eventViewOf({ position, seq, incidentId, event, actor, happenedAt, recordedAt }: RecordedEvent) {
  return {
    position,
    seq,
    incidentId,
    type: event.type,
    data: { ...event.data },
    actor,
    happenedAt: iso(happenedAt),
    recordedAt: iso(recordedAt),
  }
}

export function isoOrNull(at: Instant | null): string | null {
  return at === null ? null : iso(at)
}
