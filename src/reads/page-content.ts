import type { Language } from '../kernel/language.ts'
import { type Instant, iso } from '../kernel/time.ts'
import { AFTER_ALL } from '../modules/alerts/index.ts'
import type { Documents } from '../modules/documents/index.ts'
import { type Run, readActiveRuns } from '../modules/escalation/index.ts'
import { covered, incidentsVisibleTo, numberText, signLink } from '../modules/incidents/index.ts'
import { isTest, type LeasedPage, type PageContent } from '../modules/paging/index.ts'
import { displayName, Person } from '../modules/people/index.ts'
import { causeText, foundText, purposeText, type RunPurpose, type Telling } from '../modules/timeline/index.ts'
import type { Sql } from '../platform/db.ts'
import { nextSentence, policyOfRun } from './pieces/next-step.ts'
import { tellingOf, testText } from './pieces/words.ts'

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
  const [incidentRows, alertRows, readerRows, followings] = await Promise.all([
    sql<IncidentRow>`
      select id, number, title, severity, status, urgency, service, visibility, detected_at, alerts from ${incidentsVisibleTo('tocsin')} i where id = any(${ids}::text[])`,
    sql<AlertRow>`
    select i.id as incident_id, a.dedup_key, a.title, a.severity, a.labels, a.annotations
    from unnest(${ids}::text[]) as i(id) cross join lateral (
      select * from (
        (select * from alerts_alerts where incident_id = i.id and (status, id) > ('open', '') and (status, id) < ('open', ${AFTER_ALL}) order by status desc, id desc limit ${NEWEST})
        union all (select * from alerts_alerts where incident_id = i.id and (status, id) > ('ended', '') and (status, id) < ('ended', ${AFTER_ALL}) order by status desc, id desc limit ${NEWEST})) either
      order by (status = 'open') desc, id desc limit ${NEWEST}) a`,
    sql<{ uid: string; language: Language | null; zone: string | null }>`
    select person_uid as uid, language, time_zone as zone from access_preferences where person_uid = any(${uids}::text[])`,
    readFollowings(sql, ids, parts),
  ])
  const chosen: Chosen = new Map(readerRows.map((row) => [row.uid, row]))
  const incidents = new Map(incidentRows.map((row) => [row.id, row]))
  const alerts = new Map<string, AlertRow[]>()
  for (const row of alertRows) alerts.set(row.incident_id, [...(alerts.get(row.incident_id) ?? []), row])

  const isOfRun = (page: LeasedPage) => followings.get(page.incidentId)?.run.id === page.runId
  const others = pages.filter((page) => !isTest(page) && !isOfRun(page)).map(({ runId }) => runId)
  const [causes, purposes] = await Promise.all([readCauses(sql, [...followings.values()]), readPurposes(sql, others)])

  const contents = new Map<string, PageContent>()
  for (const page of pages) {
    if (isTest(page)) {
      contents.set(page.id, testContentOf(page, chosen, parts))
      continue
    }
    const incident = incidents.get(page.incidentId)
    if (!incident) continue
    const wanted = purposes.get(page.runId)
    // What follows on the incident's own run is no matter of whoever is asked for something else.
    const following = wanted === undefined ? followings.get(page.incidentId) : undefined
    const run = following?.run.id === page.runId ? following.run : undefined
    const content =
      incident.visibility === 'private'
        ? coverOf(page, incident, run, chosen, parts)
        : contentOf(page, incident, run, newestFor(run, causes, alerts.get(page.incidentId) ?? []), chosen, parts)
    const ifNobodyActs = following?.sentence(content.person)
    const { reason } = content.page
    const said =
      wanted && `${purposeText(wanted.purpose, content.person.language)}${wanted.message === null ? '' : `: ${wanted.message}`}; ${reason}`
    contents.set(page.id, {
      ...content,
      page: { ...content.page, ...(said && { reason: said }), ...(ifNobodyActs !== undefined && { ifNobodyActs }) },
    })
  }
  return contents
}

/** What pages are for that are not to have an incident, by run: with what whoever asked wrote. */
async function readPurposes(sql: Sql, runIds: string[]): Promise<Map<string, { purpose: RunPurpose; message: string | null }>> {
  if (runIds.length === 0) return new Map()
  const rows = await sql<{ id: string; purpose: RunPurpose; message: string | null }>`
    select e.id, e.purpose, r.message from escalation_runs e
    left join command_responders r on e.purpose like 'responder:%' and r.id = substr(e.purpose, 11)
    where e.id = any(${runIds}::text[]) and e.purpose <> 'incident'`
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

/** The alerts that made incidents page again, by id: however many came since, the page is about them. */
async function readCauses(sql: Sql, followings: Following[]): Promise<Map<string, AlertRow>> {
  const ids = followings.flatMap(({ run }) => run.cause?.alert ?? [])
  if (ids.length === 0) return new Map()
  const rows = await sql<AlertRow & { id: string }>`
    select id, incident_id, dedup_key, title, severity, labels, annotations from alerts_alerts where id = any(${ids}::text[])`
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

function newestFor(run: Run | undefined, causes: Map<string, AlertRow>, newest: AlertRow[]): AlertRow[] {
  const cause = run?.cause && causes.get(run.cause.alert)
  if (!cause) return newest
  return [cause, ...newest.filter(({ dedup_key }) => dedup_key !== cause.dedup_key)].slice(0, NEWEST)
}

interface Following {
  run: Run
  /** Who is next, and when. */
  sentence(person: PageContent['person']): string | undefined
}

/** The escalations that go on, by incident. */
async function readFollowings(sql: Sql, incidentIds: string[], { documents, now }: PageContentParts): Promise<Map<string, Following>> {
  const followings = new Map<string, Following>()
  for (const run of await readActiveRuns(sql, incidentIds)) {
    const policy = await policyOfRun(sql, documents, run)
    const said = new Map<string, string>()
    followings.set(run.incidentId, {
      run,
      sentence(person) {
        const key = `${person.language} ${person.timeZone}`
        const sentence = said.get(key) ?? (policy && nextSentence(documents.last(), policy, run, tellingTo(person, { documents, now })))
        if (sentence !== undefined) said.set(key, sentence)
        return sentence
      },
    })
  }
  return followings
}

/** To whoever a contact leads, a private incident is a number and a level: what it is stands behind the sign-in. */
function coverOf(page: LeasedPage, incident: IncidentRow, run: Run | undefined, chosen: Chosen, parts: PageContentParts): PageContent {
  const person = personOf(page, chosen, parts)
  const unsaid: IncidentRow = { ...covered(incident, person.language), alerts: 0 }
  const { severity, urgency } = run?.cause ? run : incident
  return contentOf(page, { ...unsaid, severity, urgency }, undefined, [], chosen, parts)
}

/** What an alert caused is about that alert: its name and how bad it is stand where otherwise those of the incident do. */
function contentOf(
  page: LeasedPage,
  incident: IncidentRow,
  run: Run | undefined,
  alerts: AlertRow[],
  chosen: Chosen,
  parts: PageContentParts,
): PageContent {
  const person = personOf(page, chosen, parts)
  const { id, level, attempt, possiblyDuplicate } = page
  const found = foundText(page.found, tellingTo(person, parts))
  const { cause } = run ?? {}
  const number = numberText(incident.number)
  const { severity, urgency } = run && cause ? run : incident
  return {
    page: {
      id,
      level,
      attempt,
      reason: run && cause ? `${causeText(run.reason, cause, { ...incident, number }, person.language)}; ${found}` : found,
      possiblyDuplicate,
      ...(cause && { cause: { dedupKey: cause.dedupKey, title: cause.title, severity: cause.severity } }),
    },
    incident: {
      id: incident.id,
      number,
      title: cause?.title ?? incident.title,
      severity,
      status: incident.status,
      urgency,
      service: incident.service,
      url: `${parts.publicUrl}/i/${incident.number}`,
      startedAt: iso(incident.detected_at),
    },
    person,
    alerts: {
      count: incident.alerts,
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
function testContentOf(page: LeasedPage, chosen: Chosen, parts: PageContentParts): PageContent {
  const person = personOf(page, chosen, parts)
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

function personOf(page: LeasedPage, chosen: Chosen, { documents }: PageContentParts): PageContent['person'] {
  const person = documents.last().get(Person, page.person)
  const own = person && chosen.get(person.uid)
  return {
    name: page.person,
    displayName: displayName(page.person, person?.spec),
    language: own?.language ?? person?.spec.language ?? 'en',
    timeZone: own?.zone ?? person?.spec.timeZone ?? 'UTC',
  }
}

function tellingTo(
  { language, timeZone }: PageContent['person'],
  { documents, now }: Pick<PageContentParts, 'documents' | 'now'>,
): Telling {
  return tellingOf(documents.last(), { language, zone: timeZone }, now)
}

/** What people chose in the browser, by their uid. */
type Chosen = Map<string, { language: Language | null; zone: string | null }>

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
  visibility: 'public' | 'private'
  detected_at: Instant
  alerts: number
}

interface AlertRow {
  incident_id: string
  dedup_key: string
  title: string
  severity: number
  labels: Record<string, string>
  annotations: Record<string, string>
}
