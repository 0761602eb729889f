import { type Instant, iso } from '../kernel/time.ts'
import { languageOfPerson, readPreferences } from '../modules/access/index.ts'
import { AFTER_ALL } from '../modules/alerts/index.ts'
import type { Documents, Snapshot } from '../modules/documents/index.ts'
import { type ActionLink, type Incident, readIncident } from '../modules/incidents/index.ts'
import { Person, teamsOf } from '../modules/people/index.ts'
import type { Sql } from '../platform/db.ts'
import type { Leaning } from './link-over.ts'

/** Alerts a page names; a person at night reads no more. */
const NEWEST = 20

/** So many open ones say enough; counting more would take a page its time. */
const OPEN_COUNTED_MAX = 1000

export async function readLeaning(sql: Sql, documents: Documents, link: ActionLink): Promise<Leaning> {
  const snapshot = await documents.fresh(sql)
  // Who is no member of a private incident any more holds a link to nothing.
  const incident = await readIncident(sql, { id: link.incidentId }, holderOf(snapshot, link))
  const [made] = await sql<{ version: number }>`
    select version from documents_versions where kind = ${Person.name} and name = ${link.person} and changed_at <= ${iso(link.issuedAt)}::timestamptz
    order by version desc limit 1`
  const today = snapshot.get(Person, link.person)
  const chosen = today && (await readPreferences(sql, today.uid))
  const language = today && languageOfPerson(today.spec, chosen)
  const zone = chosen?.timeZone ?? today?.spec.timeZone
  return { link, incident, today, language, zone, sentTo: made && (await documents.version(sql, Person, link.person, made.version)) }
}

/** Whom a link was sent to, as an onlooker. */
export function holderOf(snapshot: Snapshot, { person }: ActionLink): { person: string; teams: string[] } {
  return { person, teams: teamsOf(snapshot, person) }
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
  /** `1000+` where there are more than are counted. */
  open: number | string
  /** The one the page is about, then open ones, then the newest. */
  newest: LinkAlert[]
}

export async function readLinkAlerts(sql: Sql, incident: Incident, about: { alert: string } | null): Promise<LinkAlerts> {
  const rows = await sql<AlertRow>`
    select title, severity, status, opened_at, labels, annotations, links from (
      (select * from alerts_alerts where id = ${about?.alert ?? ''} and incident_id || '' = ${incident.id})
      union all (select * from alerts_alerts where incident_id = ${incident.id} and (status, id) > ('open', '') and (status, id) < ('open', ${AFTER_ALL})
        and id <> ${about?.alert ?? ''} order by status desc, id desc limit ${NEWEST})
      union all (select * from alerts_alerts where incident_id = ${incident.id} and (status, id) > ('ended', '') and (status, id) < ('ended', ${AFTER_ALL})
        and id <> ${about?.alert ?? ''} order by status desc, id desc limit ${NEWEST})) a
    order by (id = ${about?.alert ?? ''}) desc, (status = 'open') desc, id desc limit ${NEWEST}`
  const [counted] = await sql<{ open: number }>`
    select count(*) as open from (select 1 from alerts_alerts where incident_id = ${incident.id} and status = 'open' limit ${OPEN_COUNTED_MAX}) one`
  return {
    total: incident.alerts,
    open: counted!.open < OPEN_COUNTED_MAX ? counted!.open : `${OPEN_COUNTED_MAX}+`,
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
}
