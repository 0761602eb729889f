import { firstIdAt } from '../kernel/ids.ts'
import { isRefusal, type Refusal, refuse } from '../kernel/result.ts'
import { type Instant, iso } from '../kernel/time.ts'
import { identitiesOf } from '../modules/alerts/index.ts'
import { Integration, Service } from '../modules/catalog/index.ts'
import { type Documents, readNamesEver, type Snapshot } from '../modules/documents/index.ts'
import {
  EscalationPolicy,
  find,
  nextStep,
  OWN_POLICY,
  ownPolicy,
  type PolicySpec,
  type Run,
  readActiveRuns,
} from '../modules/escalation/index.ts'
import type { incidentsContract } from '../modules/incidents/contract.ts'
import {
  type Incident,
  incidentsVisibleTo,
  isOpen,
  mayAcknowledge,
  parseNumber,
  readIncidentsByNumber,
  STATUSES,
  viewOf,
} from '../modules/incidents/index.ts'
import { displayName, Person } from '../modules/people/index.ts'
import type { Caller, Handlers, Input } from '../platform/contract.ts'
import type { Database, Sql } from '../platform/db.ts'
import type { Fragment } from '../platform/fragment.ts'
import { type Combination, facetOf, type Picked } from './pieces/facets.ts'

/** A page looks at no more rows than this, however few of them match; the next one goes on from there. */
const LOOKED_AT_MAX = 10_000
/** Larger than any number. */
const ENDLESS = Number.MAX_SAFE_INTEGER
/** Numbers are given in the order of time, but for transactions that overlap. */
const OVERLAP = 1000
/** Incidents that are put first because they were asked for by name. */
const NAMED_MAX = 20
/** Incidents that one dedup key is looked up in. */
const OF_A_KEY_MAX = 500

type Routes = Pick<Handlers<typeof incidentsContract>, 'listIncidents' | 'countIncidents'>
type Query = Omit<Input<(typeof incidentsContract)['listIncidents']>['query'], 'limit' | 'cursor'>

/** Incidents as lists show them: found by whatever joins rooms, each with who is paged next if nobody acts. */
export function createReadIncidents(db: Database, documents: Documents): Routes {
  return {
    async listIncidents({ query, caller, now }) {
      const before = query.cursor === undefined ? ENDLESS : /^\d{1,9}$/.test(query.cursor) ? Number(query.cursor) : undefined
      if (before === undefined) return refuse('bad-cursor', 'The cursor is not one of ours; leave it out for the first page.')
      const snapshot = await documents.fresh(db.sql)
      const wanted = await wantedBy(db.sql, snapshot, query, caller)
      if (isRefusal(wanted)) return wanted
      // What was asked for by its number or key comes first, however old it is, and once.
      const named = wanted.q === null ? [] : await readNumbers(db.sql, 'named', wanted, [], NAMED_MAX)
      const first = query.cursor === undefined ? named.slice(0, query.limit) : []
      wanted.before = Math.min(wanted.before, before)
      const room = query.limit - first.length
      const found = await readNumbers(db.sql, wanted.openOnly ? 'open' : 'all', wanted, named, room + 1)
      const numbers = [...first, ...found.slice(0, room)]
      const next = found.length > room ? (found[room - 1] ?? found[0]! + 1) : await lookedAtTo(db.sql, wanted)
      const incidents = (await readIncidentsByNumber(db.sql, numbers, caller)).sort(
        (a, b) => numbers.indexOf(a.number) - numbers.indexOf(b.number),
      )
      const nexts = await readNexts(db.sql, documents, snapshot, now, incidents)
      return {
        items: incidents.map((incident) => ({ ...viewOf(incident), next: nexts.get(incident.id) ?? null })),
        next: next === null ? null : String(next),
      }
    },
    async countIncidents({ query, caller }) {
      const snapshot = await documents.fresh(db.sql)
      const wanted = await wantedBy(db.sql, snapshot, query, caller)
      if (isRefusal(wanted)) return wanted
      const teamOf = (service: string | null) => (service === null ? null : (snapshot.get(Service, service)?.spec.team ?? null))
      const combinations = (await countCombinations(db.sql, wanted)).map(
        ({ count, status, severity, urgency, service, acknowledged_by }): Combination<Field> => ({
          count,
          values: { status, severity: String(severity), urgency, service, team: teamOf(service), acknowledgedBy: acknowledged_by },
        }),
      )
      const picked: Picked<Field> = {
        status: wanted.statuses,
        severity: query.severity?.map(String) ?? null,
        urgency: query.urgency === undefined ? null : [query.urgency],
        service: query.service ?? null,
        team: query.team ?? null,
        acknowledgedBy: wanted.acknowledgedBy,
      }
      const facet = (field: Field) => facetOf(combinations, picked, field)
      return {
        counted: combinations.reduce((sum, { count }) => sum + count, 0),
        complete: (await lookedAtTo(db.sql, { ...wanted, openOnly: false })) === null,
        ...{ status: facet('status'), severity: facet('severity'), urgency: facet('urgency') },
        ...{ service: facet('service'), team: facet('team'), acknowledgedBy: facet('acknowledgedBy') },
      }
    },
  }
}

type Field = 'status' | 'severity' | 'urgency' | 'service' | 'team' | 'acknowledgedBy'

/** A filter as the statements take it. */
interface Wanted {
  /** Those that who asks may see. */
  incidents: Fragment
  statuses: string[] | null
  /** Nothing but open ones can match: they are found without looking through history. */
  openOnly: boolean
  severities: number[] | null
  urgency: string | null
  services: string[] | null
  acknowledgedBy: string[] | null
  waitingFor: string | null
  sinceAt: string | null
  untilAt: string | null
  /** The stretch of numbers that can match. */
  from: number
  before: number
  title: string | null
  q: string | null
  number: number | null
  /** Incidents that `q` names by a dedup key. */
  ofKey: string[]
}

async function wantedBy(sql: Sql, snapshot: Snapshot, query: Query, caller: Caller): Promise<Wanted | Refusal<'no-person'>> {
  const people = (query.acknowledgedBy ?? []).map((name) => personIn(name, caller))
  const waitingFor = query.waitingFor === undefined ? null : personIn(query.waitingFor, caller)
  for (const one of [...people, waitingFor]) if (isRefusal(one)) return one
  const statuses =
    query.status?.flatMap((status) => (status === 'open' ? STATUSES.filter((one) => isOpen({ status: one })) : [status])) ?? null
  const q = query.q === undefined || query.q.trim() === '' ? null : query.q.trim()
  const ofTeams = query.team && snapshot.all(Service).filter(({ spec }) => spec.team !== undefined && query.team!.includes(spec.team))
  const services = query.service ?? null
  const incidents = incidentsVisibleTo(caller)
  return {
    incidents,
    statuses,
    openOnly: waitingFor !== null || statuses?.every((status) => isOpen({ status })) === true,
    severities: query.severity ?? null,
    urgency: query.urgency ?? null,
    services: ofTeams ? ofTeams.map(({ name }) => name).filter((name) => services === null || services.includes(name)) : services,
    acknowledgedBy: query.acknowledgedBy === undefined ? null : (people as string[]),
    waitingFor: waitingFor as string | null,
    ...(await stretchOf(sql, incidents, query)),
    title: query.text ?? null,
    q,
    number: q === null ? null : (parseNumber(q) ?? null),
    ofKey: q === null ? [] : await readIncidentsOfKey(sql, identitiesOf(await readNamesEver(sql, Integration.name), q)),
  }
}

function personIn(name: string, caller: Caller): string | Refusal<'no-person'> {
  if (name !== 'me') return name
  return caller.person ?? refuse('no-person', '`me` is nobody here: the token belongs to no person. Write a name.')
}

/** Ids tell when they were made, so the numbers of a span of time are found at its ends. */
async function stretchOf(
  sql: Sql,
  incidents: Fragment,
  { since, until }: Query,
): Promise<Pick<Wanted, 'sinceAt' | 'untilAt' | 'from' | 'before'>> {
  const whole = { sinceAt: null, untilAt: null, from: 0, before: ENDLESS }
  if (since === undefined && until === undefined) return whole
  const at = (text: string | undefined) => (text === undefined ? null : Date.parse(text))
  const [sinceAt, untilAt] = [at(since), at(until)]
  const [ends] = await sql<{ first: number | null; after: number | null }>`
    select (select number from ${incidents} one where id >= ${firstIdAt('inc', sinceAt ?? 0)} order by id limit 1) as first,
      (select number from ${incidents} one where id >= ${untilAt === null ? 'inc_z' : firstIdAt('inc', untilAt)} order by id limit 1) as after`
  const first = sinceAt === null ? 0 : (ends?.first ?? ENDLESS)
  return {
    sinceAt: sinceAt === null ? null : iso(sinceAt),
    untilAt: untilAt === null ? null : iso(untilAt),
    from: Math.max(0, first - OVERLAP),
    before: Math.min(ENDLESS, (ends?.after ?? ENDLESS) + OVERLAP),
  }
}

async function readIncidentsOfKey(sql: Sql, identities: string[]): Promise<string[]> {
  const rows = await sql<{ incident_id: string }>`
    select incident_id from alerts_alerts where identity = any(${identities}::uuid[]) and latest and incident_id is not null
    union
    (select incident_id from alerts_alerts where identity = any(${identities}::uuid[]) and not latest and incident_id is not null limit ${OF_A_KEY_MAX})`
  return rows.map((row) => row.incident_id)
}

/**
 * The numbers of what matches, newest first: among those that were named, or the newest rows of the stretch. Whom one waits for is looked
 * up for each of them (`offset 0`): gathered beforehand it would be all that a person was ever paged for.
 */
async function readNumbers(sql: Sql, among: 'named' | 'open' | 'all', wanted: Wanted, but: number[], limit: number): Promise<number[]> {
  const { incidents, statuses, severities, urgency, services, acknowledgedBy, waitingFor, sinceAt, untilAt, from, before, title, q } =
    wanted
  const rows = await sql<{ number: number }>`
    select i.number from (
      (select id, number, title, status, open, held, severity, urgency, service, acknowledged_by, detected_at from ${incidents} one
        where ${among}::text = 'open' and open and number < ${before}::bigint and number >= ${from}::bigint order by number desc limit ${LOOKED_AT_MAX})
      union all
      (select id, number, title, status, open, held, severity, urgency, service, acknowledged_by, detected_at from ${incidents} one
        where ${among}::text = 'all' and number < ${before}::bigint and number >= ${from}::bigint order by number desc limit ${LOOKED_AT_MAX})
      union all
      (select id, number, title, status, open, held, severity, urgency, service, acknowledged_by, detected_at from ${incidents} one
        where ${among}::text = 'named' and number = ${wanted.number}::bigint)
      union all
      (select id, number, title, status, open, held, severity, urgency, service, acknowledged_by, detected_at from ${incidents} one
        where ${among}::text = 'named' and id = any(${wanted.ofKey}::text[]) and number is distinct from ${wanted.number}::bigint)
    ) i
    where i.number <> all(${but}::bigint[])
      and (${statuses}::text[] is null or i.status = any(${statuses}::text[]))
      and (${severities}::int[] is null or i.severity = any(${severities}::int[]))
      and (${urgency}::text is null or i.urgency = ${urgency}::text)
      and (${services}::text[] is null or i.service = any(${services}::text[]))
      and (${acknowledgedBy}::text[] is null or i.acknowledged_by = any(${acknowledgedBy}::text[]))
      and (${sinceAt}::timestamptz is null or i.detected_at >= ${sinceAt}::timestamptz)
      and (${untilAt}::timestamptz is null or i.detected_at < ${untilAt}::timestamptz)
      and (${title}::text is null or position(lower(${title}::text) in lower(i.title)) > 0)
      and (${q}::text is null or position(lower(${q}::text) in lower(i.title)) > 0 or i.number = ${wanted.number}::bigint or i.id = any(${wanted.ofKey}::text[]))
      and (${waitingFor}::text is null or i.open and not i.held and exists (
        select 1 from paging_pages p where p.incident_id = i.id and p.person = ${waitingFor}::text
          and (p.first_attempt_at is not null or p.status in ('queued', 'retrying', 'sending')) offset 0))
    order by i.number desc limit ${limit}`
  return rows.map((row) => row.number)
}

/** Where looking stopped although there is more; null at the end of the stretch. */
async function lookedAtTo(
  sql: Sql,
  { incidents, openOnly, from, before }: Pick<Wanted, 'incidents' | 'openOnly' | 'from' | 'before'>,
): Promise<number | null> {
  const [row] = openOnly
    ? await sql<{ number: number }>`
        select number from ${incidents} one where open and number < ${before}::bigint and number >= ${from}::bigint order by number desc offset ${LOOKED_AT_MAX - 1} limit 1`
    : await sql<{ number: number }>`
        select number from ${incidents} one where number < ${before}::bigint and number >= ${from}::bigint order by number desc offset ${LOOKED_AT_MAX - 1} limit 1`
  return row?.number ?? null
}

interface CombinationRow {
  status: string
  severity: number
  urgency: string
  service: string | null
  acknowledged_by: string | null
  count: number
}

/** What is no facet narrows what is counted. Open ones count however old they are. */
async function countCombinations(sql: Sql, wanted: Wanted): Promise<CombinationRow[]> {
  const { incidents, waitingFor, sinceAt, untilAt, from, before, title, q } = wanted
  return sql<CombinationRow>`
    with newest as (
      select id, number, title, status, open, held, severity, urgency, service, acknowledged_by, detected_at from ${incidents} one
      where number < ${before}::bigint and number >= ${from}::bigint order by number desc limit ${LOOKED_AT_MAX}),
    looked_at as (
      select * from newest
      union all
      (select id, number, title, status, open, held, severity, urgency, service, acknowledged_by, detected_at from ${incidents} one
        where open and number < (select coalesce(min(number), 0) from newest) and number >= ${from}::bigint order by number desc limit ${LOOKED_AT_MAX}))
    select status, severity, urgency, service, acknowledged_by, count(*) as count from looked_at i
    where (${sinceAt}::timestamptz is null or i.detected_at >= ${sinceAt}::timestamptz)
      and (${untilAt}::timestamptz is null or i.detected_at < ${untilAt}::timestamptz)
      and (${title}::text is null or position(lower(${title}::text) in lower(i.title)) > 0)
      and (${q}::text is null or position(lower(${q}::text) in lower(i.title)) > 0 or i.number = ${wanted.number}::bigint or i.id = any(${wanted.ofKey}::text[]))
      and (${waitingFor}::text is null or i.open and not i.held and exists (
        select 1 from paging_pages p where p.incident_id = i.id and p.person = ${waitingFor}::text
          and (p.first_attempt_at is not null or p.status in ('queued', 'retrying', 'sending')) offset 0))
    group by status, severity, urgency, service, acknowledged_by`
}

type Next = { level: number; round: number; catchAll: boolean; people: { person: string; displayName: string }[]; dueAt: string | null }

/** Who is next, for a page of a list at once: asked of the engine's own rule. */
async function readNexts(sql: Sql, documents: Documents, snapshot: Snapshot, now: Instant, incidents: Incident[]) {
  const nexts = new Map<string, Next>()
  const waiting = incidents.filter((one) => mayAcknowledge(one) === 'yes').map(({ id }) => id)
  if (waiting.length === 0) return nexts
  const runs = await readActiveRuns(sql, waiting)
  const named = runs.filter((run) => run.policy !== OWN_POLICY).map((run) => ({ name: run.policy, version: run.policyVersion }))
  const policies = await documents.versions(sql, EscalationPolicy, named)
  for (const run of runs) {
    const policy = run.policy === OWN_POLICY ? ownPolicy : policies.get(`${run.policy}/${run.policyVersion}`)?.spec
    if (policy) nexts.set(run.incidentId, nextOf(snapshot, policy, run, now))
  }
  return nexts
}

function nextOf(snapshot: Snapshot, policy: PolicySpec, run: Run, now: Instant): Next {
  const step = nextStep(policy, run, run.levelReachedAt ?? now)
  const people = find(snapshot, step.notify, run.urgency, run.stage, run.dueAt ?? step.dueAt).flatMap(({ person, absent }) =>
    person === undefined || absent !== undefined ? [] : [person],
  )
  return {
    level: step.level + 1,
    round: step.round,
    catchAll: step.level >= policy.levels.length,
    people: [...new Set(people)].map((person) => ({ person, displayName: displayName(person, snapshot.get(Person, person)?.spec) })),
    dueAt: run.dueAt === null ? null : iso(run.dueAt),
  }
}
