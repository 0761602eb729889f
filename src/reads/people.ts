import { isRefusal, refuse } from '../kernel/result.ts'
import { type Instant, iso, SECOND } from '../kernel/time.ts'
import { byName, type Document, type Documents, pageOf, type Snapshot } from '../modules/documents/index.ts'
import { incidentsVisibleTo, isoOrNull, numberText } from '../modules/incidents/index.ts'
import type { peopleContract } from '../modules/people/contract.ts'
import {
  checksOf,
  displayName,
  hardness,
  masked,
  Person,
  type PersonSpec,
  type Reaches,
  reachOf,
  rulesOf,
  Team,
  type Urgency,
} from '../modules/people/index.ts'
import type { Caller, Handlers } from '../platform/contract.ts'
import type { Database, Sql } from '../platform/db.ts'
import { type Proofs, readContactProofs } from './pieces/contact-proofs.ts'
import { placesOf, standing, type TurnOf, turnsAhead } from './pieces/places.ts'

type PeopleHandlers = Pick<Handlers<typeof peopleContract>, 'listPeople' | 'getPerson'>

const SHIFTS_TOLD = 10
const PAGES_TOLD = 20
/** Over so many of a person's latest pages it is counted how soon they acknowledge. */
const PAGES_COUNTED = 50

/** People, with what the other rooms know of them: turns, places, pages. */
export function createReadPeople(db: Database, documents: Documents, reaches: Reaching): PeopleHandlers {
  const learn = (snapshot: Snapshot, people: Document<PersonSpec>[], now: Instant, caller: Caller) =>
    learnOf(db.sql, documents, snapshot, people, now, caller, reaches)
  return {
    async listPeople({ query, caller, now }) {
      const snapshot = await documents.fresh(db.sql)
      const team = query.team === undefined ? undefined : snapshot.get(Team, query.team)
      if (query.team !== undefined && !team) return refuse('not-found', `There is no team ‹${query.team.slice(0, 100)}›.`)
      const people = snapshot.all(Person).filter(({ name }) => !team || team.spec.members.includes(name))
      const known = await learn(snapshot, people, now, caller)
      const sorted = people
        .sort(byName)
        .map((person) => ({ person, hard: query.order === 'name' ? 0 : hardness(checksFor(person, known)) }))
        .sort((a, b) => b.hard - a.hard)
      const page = pageOf(sorted, query)
      if (isRefusal(page)) return page
      return { items: page.items.map(({ person }) => viewOf(snapshot, person, known, caller)), next: page.next }
    },
    async getPerson({ params, caller, now }) {
      const snapshot = await documents.fresh(db.sql)
      const person = snapshot.get(Person, params.name)
      if (!person) return refuse('not-found', `There is no person ‹${params.name.slice(0, 100)}›.`)
      const known = await learn(snapshot, [person], now, caller)
      const { paging, language } = person.spec
      return {
        ...viewOf(snapshot, person, known, caller),
        language: language ?? null,
        rules: { high: rulesView(person.spec, 'high'), low: rulesView(person.spec, 'low') },
        ownRules: { high: (paging?.high ?? []).length > 0, low: (paging?.low ?? []).length > 0 },
        places: placesOf(snapshot, person.name),
        shifts: (known.turns.get(person.name) ?? []).slice(0, SHIFTS_TOLD).map(turnView),
        recentPages: await readRecentPages(db.sql, person.name, caller),
      }
    },
  }
}

type Reaching = (channel: string) => Reaches

interface Known {
  now: Instant
  reaches: Reaching
  proofs: Proofs
  turns: Map<string, TurnOf[]>
  places: ReturnType<typeof standing>
  acknowledges: Map<string, { medianSeconds: number; count: number }>
}

async function learnOf(
  sql: Sql,
  documents: Documents,
  snapshot: Snapshot,
  people: Document<PersonSpec>[],
  now: Instant,
  caller: Caller,
  reaches: Reaching,
): Promise<Known> {
  return {
    ...{ now, reaches },
    proofs: await readContactProofs(sql, documents, new Map(people.map((one) => [one.name, one]))),
    turns: turnsAhead(snapshot, now),
    places: standing(snapshot, now),
    acknowledges: await readAcknowledges(
      sql,
      people.map(({ name }) => name),
      caller,
    ),
  }
}

function viewOf(snapshot: Snapshot, person: Document<PersonSpec>, known: Known, caller: Caller) {
  const { name, spec, origin } = person
  const mayRead = caller.permits('config:read', { person: name })
  // An address is as good as a key: whoever may not change it need not know it.
  const seesAddresses = caller.permits('address:read', { person: name })
  const checks = checksFor(person, known)
  const upcoming = (known.turns.get(name) ?? []).find(({ from }) => from > known.now)
  const wakes = new Set(rulesOf(spec, 'high').map(({ contact }) => contact.name))
  return {
    name,
    displayName: displayName(name, spec),
    email: spec.email === undefined ? null : mayRead ? spec.email : masked(spec.email),
    timeZone: spec.timeZone ?? null,
    role: spec.role ?? ('responder' as const),
    teams: snapshot
      .all(Team)
      .filter(({ spec: team }) => team.members.includes(name))
      .sort(byName)
      .map((team) => ({ name: team.name, displayName: team.spec.displayName ?? team.name })),
    contacts: (spec.contacts ?? []).map(({ name: contact, channel, address }) => {
      const proof = known.proofs(name, contact)
      return {
        contact,
        channel,
        address: seesAddresses ? address : masked(address),
        state: proof.state,
        lastDeliveredAt: isoOrNull(proof.deliveredAt),
        lastFailedAt: isoOrNull(proof.failedAt),
        failure: proof.failure,
        wakes: wakes.has(contact),
      }
    }),
    checks,
    reach: reachOf(checks),
    onCall: (known.places.get(name) ?? []).map(({ until, ...place }) => ({ ...place, until: isoOrNull(until) })),
    nextShift: upcoming ? turnView(upcoming) : null,
    acknowledges: known.acknowledges.get(name) ?? null,
    origin,
  }
}

function checksFor({ name, spec, origin }: Document<PersonSpec>, { proofs, reaches, now }: Known) {
  const stateOf = (contact: string) => proofs(name, contact).state
  const provenAt = (contact: string) => proofs(name, contact).deliveredAt
  return checksOf(spec, { stateOf, provenAt, reaches }, { inDemo: origin.kind === 'demo', now })
}

function rulesView(spec: PersonSpec, urgency: Urgency) {
  return rulesOf(spec, urgency)
    .map(({ contact, afterMs }) => ({ contact: contact.name, channel: contact.channel, afterSeconds: afterMs / SECOND }))
    .sort((a, b) => a.afterSeconds - b.afterSeconds)
}

function turnView({ schedule, scheduleName, from, until }: TurnOf) {
  return { schedule, scheduleName, from: iso(from), until: iso(until) }
}

async function readAcknowledges(sql: Sql, people: string[], caller: Caller): Promise<Known['acknowledges']> {
  const rows = await sql<{ person: string; median: number; count: number }>`
    select p.person, percentile_cont(0.5) within group (order by extract(epoch from i.acknowledged_at - p.tried_at)) as median, count(*) as count
    from unnest(${people}::text[]) as asked(person)
    cross join lateral (
      select person, incident_id, min(first_attempt_at) as tried_at
      from (select person, incident_id, first_attempt_at from paging_pages where person = asked.person order by queued_at desc limit ${PAGES_COUNTED}) latest
      group by person, incident_id
    ) p
    join ${incidentsVisibleTo(caller)} i on i.id = p.incident_id and i.acknowledged_by = p.person and i.acknowledged_at >= p.tried_at
    group by p.person`
  return new Map(rows.map(({ person, median, count }) => [person, { medianSeconds: median, count }]))
}

async function readRecentPages(sql: Sql, person: string, caller: Caller) {
  const rows = await sql<RecentRow>`
    select p.id, coalesce(p.first_attempt_at, p.due_at) as at, p.contact, p.channel, p.urgency, p.status, p.first_attempt_at, last.answer,
      i.number, i.title, i.severity, case when i.acknowledged_by = p.person then i.acknowledged_at end as acknowledged_at
    from (select * from paging_pages where person = ${person} order by queued_at desc limit ${PAGES_TOLD}) p
    left join ${incidentsVisibleTo(caller)} i on i.id = p.incident_id
    left join lateral (select answer from paging_attempts where page_id = p.id order by attempt desc limit 1) last on true
    where i.id is not null or starts_with(p.incident_id, 'tst_')
    order by at desc, p.id`
  return rows.map(({ id, at, contact, channel, urgency, status, answer, first_attempt_at, number, title, severity, acknowledged_at }) => ({
    ...{ id, contact, channel, urgency, status, answer },
    at: iso(at),
    incident: number === null ? null : { number: numberText(number), title: title!, severity: severity! },
    acknowledgedAfterSeconds:
      acknowledged_at === null || first_attempt_at === null || acknowledged_at < first_attempt_at
        ? null
        : (acknowledged_at - first_attempt_at) / SECOND,
  }))
}

interface RecentRow {
  id: string
  at: Instant
  contact: string
  channel: string
  urgency: 'high' | 'low'
  status: 'queued' | 'retrying' | 'sending' | 'delivered' | 'gave-up' | 'withdrawn'
  first_attempt_at: Instant | null
  answer: string | null
  number: number | null
  title: string | null
  severity: number | null
  acknowledged_at: Instant | null
}
