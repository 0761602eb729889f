import type { Language } from '../kernel/language.ts'
import { type Instant, iso } from '../kernel/time.ts'
import type { Documents } from '../modules/documents/index.ts'
import { readActiveRuns } from '../modules/escalation/index.ts'
import { numberText, signLink } from '../modules/incidents/index.ts'
import { isTest, type LeasedPage, type PageContent } from '../modules/paging/index.ts'
import { displayName, Person } from '../modules/people/index.ts'
import type { Sql } from '../platform/db.ts'
import { nextSentence, policyOfRun } from './escalation.ts'
import { foundText, testText } from './words.ts'

/** Alerts a page carries; a person reads no more than that, and a storm must not make pages of megabytes. */
const NEWEST = 20

export interface PageContentParts {
  publicUrl: string
  linkKey: Buffer
  now: Instant
  documents: Documents
}

/** What pages say: the incident as it is now, its newest alerts, and what follows, and signed links for whoever gets it. Four statements a batch, on one journey. */
export async function readPageContents(sql: Sql, pages: LeasedPage[], parts: PageContentParts): Promise<Map<string, PageContent>> {
  const ids = [...new Set(pages.map((page) => page.incidentId))]
  const uids = pages.flatMap((page) => parts.documents.last().get(Person, page.person)?.uid ?? [])
  const [incidentRows, alertRows, languageRows, followings] = await Promise.all([
    sql<IncidentRow>`
      select id, number, title, severity, status, urgency, service, detected_at from incidents_incidents where id = any(${ids}::text[])`,
    sql<AlertRow>`
    select i.id as incident_id, a.dedup_key, a.title, a.severity, a.labels, a.annotations, a.total
    from unnest(${ids}::text[]) as i(id) cross join lateral (
      select dedup_key, title, severity, labels, annotations, count(*) over () as total from alerts_alerts
      where incident_id = i.id order by (status = 'open') desc, id desc limit ${NEWEST}
    ) a`,
    sql<{ uid: string; language: Language }>`
    select person_uid as uid, language from access_preferences where person_uid = any(${uids}::text[]) and language is not null`,
    readFollowings(sql, ids, parts),
  ])
  const languages = Object.fromEntries(languageRows.map(({ uid, language }) => [uid, language]))
  const incidents = new Map(incidentRows.map((row) => [row.id, row]))
  const alerts = new Map<string, AlertRow[]>()
  for (const row of alertRows) alerts.set(row.incident_id, [...(alerts.get(row.incident_id) ?? []), row])

  const contents = new Map<string, PageContent>()
  for (const page of pages) {
    if (isTest(page)) {
      contents.set(page.id, testContentOf(page, languages, parts))
      continue
    }
    const incident = incidents.get(page.incidentId)
    if (!incident) continue
    const content = contentOf(page, incident, alerts.get(page.incidentId) ?? [], languages, parts)
    const ifNobodyActs = followings.get(page.incidentId)?.(content.person.language)
    contents.set(page.id, ifNobodyActs === undefined ? content : { ...content, page: { ...content.page, ifNobodyActs } })
  }
  return contents
}

/** Of each incident whose escalation goes on: who is next, and when, as a sentence in a language. */
async function readFollowings(
  sql: Sql,
  incidentIds: string[],
  { documents, now }: PageContentParts,
): Promise<Map<string, (language: Language) => string>> {
  const followings = new Map<string, (language: Language) => string>()
  for (const run of await readActiveRuns(sql, incidentIds)) {
    const policy = await policyOfRun(sql, documents, run)
    if (!policy) continue
    const said = new Map<Language, string>()
    followings.set(run.incidentId, (language) => {
      const sentence = said.get(language) ?? nextSentence(documents.last(), policy, run, now, language)
      said.set(language, sentence)
      return sentence
    })
  }
  return followings
}

function contentOf(
  page: LeasedPage,
  incident: IncidentRow,
  alerts: AlertRow[],
  languages: Record<string, Language>,
  parts: PageContentParts,
): PageContent {
  const person = personOf(page, languages, parts)
  const { id, level, attempt, possiblyDuplicate } = page
  return {
    page: { id, level, attempt, reason: foundText(page.found, person.language), possiblyDuplicate },
    incident: {
      id: incident.id,
      number: numberText(incident.number),
      title: incident.title,
      severity: incident.severity,
      status: incident.status,
      urgency: incident.urgency,
      service: incident.service,
      url: `${parts.publicUrl}/i/${incident.number}`,
      startedAt: iso(incident.detected_at),
    },
    person,
    alerts: {
      count: alerts[0]?.total ?? 0,
      newest: alerts.map((alert) => ({
        dedupKey: alert.dedup_key,
        title: alert.title,
        severity: alert.severity,
        labels: alert.labels,
        annotations: alert.annotations,
      })),
    },
    actions: actionsOf(page, parts),
  }
}

/** A test looks like a page and says that it is none; its links say so too. */
function testContentOf(page: LeasedPage, languages: Record<string, Language>, parts: PageContentParts): PageContent {
  const person = personOf(page, languages, parts)
  const { id, level, attempt, possiblyDuplicate } = page
  const { title, ifNobodyActs } = testText(person.language)
  return {
    page: { id, level, attempt, reason: 'test', possiblyDuplicate, ifNobodyActs },
    incident: {
      id: page.incidentId,
      number: 'TEST',
      title,
      severity: 4,
      status: 'test',
      // As at night: it has to ring through.
      urgency: 'high',
      service: null,
      url: `${parts.publicUrl}/people/${page.person}`,
      startedAt: iso(parts.now),
    },
    person,
    alerts: { count: 0, newest: [] },
    actions: actionsOf(page, parts),
  }
}

function personOf(page: LeasedPage, languages: Record<string, Language>, { documents }: PageContentParts): PageContent['person'] {
  const person = documents.last().get(Person, page.person)
  const language = (person && (languages[person.uid] ?? person.spec.language)) ?? 'en'
  return { name: page.person, displayName: displayName(page.person, person?.spec), language }
}

function actionsOf(page: LeasedPage, { publicUrl, linkKey, now }: PageContentParts): PageContent['actions'] {
  const { incidentId, id: pageId, person, contact } = page
  const link = (action: 'acknowledge' | 'resolve' | 'escalate') =>
    `${publicUrl}/l/${signLink(linkKey, { action, incidentId, pageId, person, contact, issuedAt: now })}`
  return { acknowledge: link('acknowledge'), resolve: link('resolve'), escalate: link('escalate') }
}

interface IncidentRow {
  id: string
  number: number
  title: string
  severity: number
  status: string
  urgency: 'high' | 'low'
  service: string | null
  detected_at: Instant
  /** What people chose in the browser, by uid; the same in every row. */
}

interface AlertRow {
  incident_id: string
  dedup_key: string
  title: string
  severity: number
  labels: Record<string, string>
  annotations: Record<string, string>
  total: number
}
