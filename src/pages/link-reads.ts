import { type Instant, iso } from '../kernel/time.ts'
import { languageOfPerson, readPreferences } from '../modules/access/index.ts'
import type { Documents } from '../modules/documents/index.ts'
import { type ActionLink, type Incident, readIncident } from '../modules/incidents/index.ts'
import { Person } from '../modules/people/index.ts'
import type { Sql } from '../platform/db.ts'
import type { Leaning } from './link-over.ts'

/** Alerts a page names; a person at night reads no more. */
const NEWEST = 20

export async function readLeaning(sql: Sql, documents: Documents, link: ActionLink): Promise<Leaning> {
  const incident = await readIncident(sql, { id: link.incidentId })
  const [made] = await sql<{ version: number }>`
    select version from documents_versions where kind = ${Person.name} and name = ${link.person} and changed_at <= ${iso(link.issuedAt)}::timestamptz
    order by version desc limit 1`
  const today = (await documents.fresh(sql)).get(Person, link.person)
  const chosen = today && (await readPreferences(sql, today.uid))
  const language = today && languageOfPerson(today.spec, chosen)
  const zone = chosen?.timeZone ?? today?.spec.timeZone
  return { link, incident, today, language, zone, sentTo: made && (await documents.version(sql, Person, link.person, made.version)) }
}

export interface LinkAlert {
  title: string
  severity: number
  open: boolean
  openedAt: Instant
  labels: Record<string, string>
  annotations: Record<string, string>
  links: { href: string; text: string }[]
}

export interface LinkAlerts {
  total: number
  open: number
  /** Open ones first, then the newest. */
  newest: LinkAlert[]
}

export async function readLinkAlerts(sql: Sql, incident: Incident): Promise<LinkAlerts> {
  const rows = await sql<AlertRow>`
    select title, severity, status, opened_at, labels, annotations, links, count(*) over () as total, count(*) filter (where status = 'open') over () as open
    from alerts_alerts where incident_id = ${incident.id} order by (status = 'open') desc, id desc limit ${NEWEST}`
  return {
    total: rows[0]?.total ?? 0,
    open: rows[0]?.open ?? 0,
    newest: rows.map(({ title, severity, status, opened_at, labels, annotations, links }) => ({
      title,
      severity,
      open: status === 'open',
      openedAt: opened_at,
      labels,
      annotations,
      links,
    })),
  }
}

interface AlertRow {
  title: string
  severity: number
  status: string
  opened_at: Instant
  labels: Record<string, string>
  annotations: Record<string, string>
  links: { href: string; text: string }[]
  total: number
  open: number
}
