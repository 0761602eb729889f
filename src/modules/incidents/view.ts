import type { z } from 'zod'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'
import type { RecordedEvent } from '../timeline/index.ts'
import { incidentView } from './contract.ts'
import { type Incident, levelOf, numberText } from './incident.ts'
import { type Member, readMembers } from './member-store.ts'

const { members: _, ...shown } = incidentView.shape
const SHOWN = Object.keys(shown) as (keyof typeof shown)[]

/** An incident as the API tells it: what the contract names, moments written out. */
export function viewOf(incident: Incident): z.input<typeof incidentView> {
  const told = {
    ...incident,
    number: numberText(incident.number),
    level: levelOf(incident),
    scheme: { name: incident.severityScheme, version: incident.severitySchemeVersion },
    declared: incident.declaredAt !== null,
    mergedInto: numberOrNull(incident.mergedInto),
    parent: numberOrNull(incident.parent),
    grouping: incident.grouping.map(([label, value]) => ({ label, value })),
    startedAt: iso(incident.detectedAt),
    impactStartedAt: isoOrNull(incident.impactStartedAt),
    declaredAt: isoOrNull(incident.declaredAt),
    acknowledgedAt: isoOrNull(incident.acknowledgedAt),
    resolvedAt: isoOrNull(incident.resolvedAt),
  } satisfies z.input<typeof incidentView>
  return Object.fromEntries(SHOWN.map((name) => [name, told[name]])) as typeof told
}

/** One by itself: a private one with its members. */
export async function wholeViewOf(sql: Sql, incident: Incident): Promise<z.input<typeof incidentView>> {
  const view = viewOf(incident)
  return incident.visibility === 'public' ? view : { ...view, ...membersViewOf(await readMembers(sql, incident.id)) }
}

export function membersViewOf(members: Member[]) {
  return {
    members: members.map(({ kind, name, how, by, at }) => ({
      person: kind === 'person' ? name : null,
      team: kind === 'team' ? name : null,
      ...{ how, by, at: iso(at) },
    })),
  }
}

export function eventViewOf({ position, seq, incidentId, event, actor, happenedAt, recordedAt, redacted }: RecordedEvent) {
  return {
    position,
    seq,
    incidentId,
    type: event.type,
    data: { ...event.data },
    actor,
    happenedAt: iso(happenedAt),
    recordedAt: iso(recordedAt),
    ...(redacted && { redacted }),
  }
}

function numberOrNull(number: number | null): string | null {
  return number === null ? null : numberText(number)
}

export function isoOrNull(at: Instant | null): string | null {
  return at === null ? null : iso(at)
}
