import type { PersonLook } from '../parts/avatar.tsx'
import { shortName } from '../parts/person-names.ts'
import type { SeverityRank } from '../parts/severity-mark.tsx'
import type { IncidentRow, NextPage } from '../product/incidents/incident-row.ts'
import { words } from '../product/incidents/words.ts'
import type { IncidentView, ListedIncidentView } from './views.ts'

export type { IncidentView, ListedIncidentView }

export function rowOf(incident: IncidentView & Partial<Pick<ListedIncidentView, 'next'>>, look: (name: string) => PersonLook): IncidentRow {
  return {
    id: incident.id,
    number: incident.number,
    title: incident.title,
    severity: incident.severity as SeverityRank,
    ...{ status: incident.status, held: incident.held },
    service: incident.service ?? undefined,
    startedAt: Date.parse(incident.startedAt),
    endedAt: momentOf(incident.resolvedAt),
    holder: incident.acknowledgedBy === null ? undefined : look(incident.acknowledgedBy),
    next: incident.next ? nextPageOf(incident.next) : undefined,
  }
}

/** Who is paged next, in as few words as a row has room for. */
function nextPageOf({ people, catchAll, level, dueAt }: NonNullable<ListedIncidentView['next']>): NextPage {
  const [first, ...others] = people.map(({ displayName }) => displayName)
  const where = catchAll ? words.catchAll : words.level(level)
  const who =
    first === undefined
      ? where
      : others.length > 1
        ? words.andMore(shortName(first), others.length)
        : [first, ...others].map(shortName).join(', ')
  return { who, at: momentOf(dueAt) }
}

/** The worst first, the newest before the older. */
export function byUrgency(a: IncidentView, b: IncidentView): number {
  return a.severity - b.severity || Date.parse(b.startedAt) - Date.parse(a.startedAt)
}

export function momentOf(text: string | null | undefined): number | undefined {
  return text === null || text === undefined ? undefined : Date.parse(text)
}
