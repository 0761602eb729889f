import type { RunId } from '../../kernel/ids.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'
import type { Found } from '../timeline/index.ts'
import type { PageContent } from './channel.ts'
import { BUNDLE_WINDOW_MS, LEASE_MS, type LeasedPage, type NewPage, type PageId } from './page.ts'

// Where rows are looked up by id or incident, their status is compared as an expression (`status || ''`): of a plan made while
// few pages waited, the small index of those that wait would be part, and in a storm each look-up would read all of it.

/** A new page with what was decided about its start. */
export type PlacedPage = NewPage & { dueAt: Instant; leased: boolean; bundleId: string | null }

/** Inserts pages; those that exist already (the same decision made twice) are left alone. Answers the ids that are new. */
export async function insertPages(sql: Sql, now: Instant, node: string, pages: PlacedPage[]): Promise<Set<PageId>> {
  const rows = pages.map((page) => ({
    id: page.id,
    incident_id: page.incidentId,
    run_id: page.runId,
    round: page.round,
    level: page.level,
    person: page.person,
    person_version: page.personVersion,
    rule: page.rule,
    contact: page.contact,
    channel: page.channel,
    urgency: page.urgency,
    reason: JSON.stringify(page.found),
    after_ms: page.afterMs,
    due_at: iso(page.dueAt),
    leased: page.leased,
    bundle_id: page.bundleId,
  }))
  const at = iso(now)
  const inserted = await sql<{ id: string }>`
    insert into paging_pages (id, incident_id, run_id, round, level, person, person_version, rule, contact, channel, urgency, reason, after_ms,
      status, queued_at, due_at, attempts, first_attempt_at, lease_owner, lease_until, bundle_id)
    select id, incident_id, run_id, round, level, person, person_version, rule, contact, channel, urgency, reason, after_ms,
      case when leased then 'sending' else 'queued' end, ${at}::timestamptz, due_at, case when leased then 1 else 0 end,
      case when leased then ${at}::timestamptz end, case when leased then ${node}::text end, case when leased then ${iso(now + LEASE_MS)}::timestamptz end, bundle_id
    from json_to_recordset(${JSON.stringify(rows)}) as r(id text, incident_id text, run_id text, round int, level int, person text, person_version int,
      rule int, contact text, channel text, urgency text, reason text, after_ms bigint, due_at timestamptz, leased boolean, bundle_id text)
    on conflict (id) do nothing
    returning id`
  return new Set(inserted.map((row) => row.id))
}

/**
 * At most one decision's page waits per person, contact and run: what still waits from an earlier level or round
 * gives way to the newer one; answers the due times they held, the earliest first.
 */
export async function supersedeWaiting(
  sql: Sql,
  now: Instant,
  pages: Pick<NewPage, 'incidentId' | 'runId' | 'person' | 'contact'>[],
): Promise<Map<string, Instant[]>> {
  const rows = JSON.stringify(pages.map((page) => ({ i: page.incidentId, r: page.runId, p: page.person, c: page.contact })))
  const given = await sql<{ incident_id: string; person: string; contact: string; due_at: Instant }>`
    with held as materialized (
      select id from paging_pages where id = any(array(
        select w.id from json_to_recordset(${rows}) as r(i text, r text, p text, c text) cross join lateral (
          select id from paging_pages where incident_id = r.i and run_id = r.r and person || '' = r.p and contact = r.c and status || '' in ('queued', 'retrying') offset 0) w))
        and status || '' in ('queued', 'retrying') order by id for update)
    update paging_pages set status = 'withdrawn', ended_at = ${iso(now)}::timestamptz, ended_reason = 'superseded'
    where id = any(array(select id from held)) returning incident_id, person, contact, due_at`
  const held = new Map<string, Instant[]>()
  for (const row of given.sort((a, b) => a.due_at - b.due_at)) {
    const key = `${row.incident_id}\n${row.person}\n${row.contact}`
    held.set(key, [...(held.get(key) ?? []), row.due_at])
  }
  return held
}

export interface Window {
  /** This transaction may send to the contact now. */
  free: boolean
  /** When the contact's last message left, this one included. */
  last: Instant
  /** When the one before left. */
  before: Instant | null
}

/**
 * Claims the bundling window of contacts: those that are free may be sent to at once; for the others a message went out
 * less than a window ago, and `last` says when. A contact that somebody else is claiming at this moment, or that nobody
 * has `openWindows`, is left out: nobody waits for a window, or who holds one could be waited for in a circle.
 */
export async function claimWindows(sql: Sql, now: Instant, contacts: { person: string; contact: string }[]): Promise<Map<string, Window>> {
  const rows = await sql<{ person: string; contact: string; last: Instant; before: Instant | null; free: boolean }>`
    with wanted as (select distinct * from json_to_recordset(${JSON.stringify(contacts)}) as r(person text, contact text)),
    held as materialized (
      select c.person, c.contact, c.last_message_at as before from paging_contacts c join wanted using (person, contact)
      where c.last_message_at is null or c.last_message_at <= ${iso(now - BUNDLE_WINDOW_MS)}::timestamptz for update of c skip locked),
    claimed as (
      update /* held */ paging_contacts c set last_message_at = ${iso(now)}::timestamptz from held where c.person = held.person and c.contact = held.contact)
    select person, contact, ${iso(now)}::timestamptz as last, before, true as free from held
    union all select c.person, c.contact, c.last_message_at, c.last_message_at, false from paging_contacts c join wanted using (person, contact)
      where c.last_message_at > ${iso(now - BUNDLE_WINDOW_MS)}::timestamptz`
  return new Map(rows.map(({ person, contact, ...window }) => [`${person}\n${contact}`, window]))
}

/** Lets these contacts have a window; answers how many had none. In no transaction: what is inserted in one would be waited for by another until its end. */
export async function openWindows(sql: Sql, contacts: { person: string; contact: string }[]): Promise<number> {
  const opened = await sql`
    insert into paging_contacts (person, contact) select person, contact from json_to_recordset(${JSON.stringify(contacts)}) as r(person text, contact text)
    on conflict (person, contact) do nothing returning 1`
  return opened.length
}

interface DueRow {
  id: string
  incident_id: string
  run_id: RunId
  round: number
  level: number
  person: string
  contact: string
  channel: string
  attempts: number
  possibly_duplicate: boolean
  bundle_id: string | null
  reason: string
  due_at: Instant
  queued_at: Instant
  after_ms: number
  later_rules: boolean
}

/**
 * Pages whose time has come, locked. First attempts come before repeats: a receiver that hangs keeps nobody else waiting.
 * Of them the urgent come first, and of those the freshest: what is left from a long outage holds up nothing that happens now.
 */
export async function lockDuePages(sql: Sql, now: Instant, limit: number): Promise<DuePage[]> {
  const rows = await sql<DueRow>`
    with urgent as (
      select * from paging_pages where status = 'queued' and urgency = 'high' and due_at <= ${iso(now)}::timestamptz
      order by due_at desc, id desc limit ${limit} for update skip locked),
    calm as (
      select * from paging_pages where status = 'queued' and urgency = 'low' and due_at <= ${iso(now)}::timestamptz
      order by due_at desc, id desc limit greatest(${limit} - (select count(*) from urgent), 0) for update skip locked),
    first as (select * from urgent union all select * from calm),
    again as (
      select * from paging_pages where status = 'retrying' and due_at <= ${iso(now)}::timestamptz
      order by due_at, id limit greatest(${limit} - (select count(*) from first), 0) for update skip locked)
    select id, incident_id, run_id, round, level, person, contact, channel, attempts, possibly_duplicate, bundle_id, reason, due_at, queued_at, after_ms,
      exists (select 1 from paging_pages o where o.incident_id = due.incident_id and o.run_id = due.run_id and o.round = due.round and o.level = due.level
        and o.status || '' = 'queued' and o.after_ms > 0 and o.id <> due.id) as later_rules
    from (select * from first union all select * from again) due`
  return rows.map(duePageOf)
}

/** A bundle carries no more; the rest leaves with the next. */
const SIBLINGS_MAX = 1000

/** The other first pages due to the same contacts, and the rest of the same earlier messages, so that a bundle leaves whole. */
export async function lockDueSiblings(sql: Sql, now: Instant, of: DuePage[]): Promise<DuePage[]> {
  const contacts = JSON.stringify(of.filter((page) => page.attempt === 1).map((page) => ({ p: page.person, c: page.contact })))
  const messages = [...new Set(of.flatMap((page) => page.bundleId ?? []))]
  const rows = await sql<DueRow>`
    select id, incident_id, run_id, round, level, person, contact, channel, attempts, possibly_duplicate, bundle_id, reason, due_at, queued_at, after_ms, true as later_rules from paging_pages
    where id = any(array(
        select w.id from (select distinct p, c from json_to_recordset(${contacts}) as r(p text, c text)) r cross join lateral (
          select id, incident_id from paging_pages where '' || status = 'queued'
            and (person, contact, due_at) <= (r.p, r.c, ${iso(now)}::timestamptz) and (person, contact, due_at) > (r.p, r.c, '-infinity')
          order by person, contact, due_at, id limit ${SIBLINGS_MAX}) w where not starts_with(w.incident_id, 'tst_')
        union all select id from paging_pages where bundle_id = any(${messages}::text[])))
      and status || '' in ('queued', 'retrying') and due_at <= ${iso(now)}::timestamptz and id <> all(${of.map((page) => page.id)}::text[])
    order by due_at, id limit ${SIBLINGS_MAX} for update skip locked`
  return rows.map(duePageOf)
}

/** A page whose time has come, as it will be sent. */
export type DuePage = LeasedPage & {
  dueAt: Instant
  /** By its rule, when it was decided; it may have been brought forward, or have had to wait, since. */
  plannedFor: Instant
  /** Rules of its level may wait for later than this one. */
  hasLaterRules: boolean
}

function duePageOf(row: DueRow): DuePage {
  return {
    id: row.id,
    incidentId: row.incident_id,
    runId: row.run_id,
    round: row.round,
    level: row.level,
    person: row.person,
    contact: row.contact,
    channel: row.channel,
    attempt: row.attempts + 1,
    possiblyDuplicate: row.possibly_duplicate,
    bundleId: row.bundle_id,
    found: JSON.parse(row.reason) as Found,
    dueAt: row.due_at,
    plannedFor: row.queued_at + row.after_ms,
    hasLaterRules: row.later_rules,
  }
}

/** Leases pages to this node; the attempt counts as begun. */
export async function leasePages(sql: Sql, now: Instant, node: string, pages: { id: PageId; bundleId: string | null }[]): Promise<void> {
  await sql`
    update /* held */ paging_pages p set status = 'sending', attempts = attempts + 1, first_attempt_at = coalesce(first_attempt_at, ${iso(now)}::timestamptz),
      lease_owner = ${node}, lease_until = ${iso(now + LEASE_MS)}::timestamptz, bundle_id = r.bundle_id
    from json_to_recordset(${JSON.stringify(pages.map((page) => ({ id: page.id, bundle_id: page.bundleId })))}) as r(id text, bundle_id text)
    where p.id = r.id and p.id = any(${pages.map((page) => page.id)}::text[])`
}

export async function postponePages(sql: Sql, pages: { id: PageId; dueAt: Instant }[]): Promise<void> {
  await sql`
    update /* held */ paging_pages p set due_at = r.due_at
    from json_to_recordset(${JSON.stringify(pages.map((page) => ({ id: page.id, due_at: iso(page.dueAt) })))}) as r(id text, due_at timestamptz)
    where p.id = r.id and p.id = any(${pages.map((page) => page.id)}::text[])`
}

/** More rules than people write for one level of one incident. */
const OF_A_LEVEL_MAX = 1000

/**
 * Levels reached only now, later than planned: the rules that still wait count from here. Those brought forward, and
 * those of levels reached before, stay where they are.
 */
export async function countRulesFrom(
  sql: Sql,
  now: Instant,
  reaching: { incidentId: string; runId: string; round: number; level: number }[],
  beginning: PageId[],
): Promise<void> {
  const rows = JSON.stringify(reaching.map((page) => ({ i: page.incidentId, r: page.runId, o: page.round, l: page.level })))
  // A page another node is leasing right now is left out: it leaves now, and waiting for it would let two nodes wait for each other.
  await sql`
    update paging_pages set due_at = greatest(due_at, ${iso(now)}::timestamptz + after_ms * interval '1 millisecond')
    where id = any(array(
      select p.id from paging_pages p where p.id = any(array(
        select w.id from (select distinct i, r, o, l from json_to_recordset(${rows}) as r(i text, r text, o int, l int)) f cross join lateral (
          select id from paging_pages where incident_id = f.i and run_id = f.r and round = f.o and level = f.l and status || '' = 'queued'
            and due_at >= queued_at + after_ms * interval '1 millisecond' limit ${OF_A_LEVEL_MAX}) w
        where (select id from paging_pages where incident_id = f.i and run_id = f.r and round = f.o and level = f.l
          and first_attempt_at is not null and id <> all(${beginning}::text[]) limit 1) is null))
      order by p.id for update skip locked))`
}

/** Still ours and still wanted? One statement a batch; holds the lease for another while. */
export async function recheck(sql: Sql, now: Instant, node: string, ids: PageId[]): Promise<Set<PageId>> {
  const rows = await sql<{ id: string }>`
    update paging_pages set lease_until = ${iso(now + LEASE_MS)}::timestamptz
    where id = any(array(
      select id from paging_pages where id = any(${ids}::text[]) and status || '' = 'sending' and lease_owner = ${node} order by id for update))
    returning id`
  return new Set(rows.map((row) => row.id))
}

/** One finished attempt. */
export interface FinishedAttempt {
  page: LeasedPage
  beganAt: Instant
  endedAt: Instant
  outcome: 'delivered' | 'try-again' | 'gave-up' | 'unknown'
  answer: string
  next: { status: 'delivered' } | { status: 'gave-up' } | { status: 'retrying'; dueAt: Instant; possiblyDuplicate: boolean }
}

/**
 * Writes the delivery log and moves the pages on. A page that was withdrawn meanwhile, or whose lease another node
 * has taken, keeps its state; the attempt is logged all the same. Answers the pages that are still there (those of the
 * demo may have been removed while they were being sent) and whether each had failed before.
 */
export async function recordAttempts(sql: Sql, node: string, attempts: FinishedAttempt[]): Promise<Map<PageId, { failedBefore: boolean }>> {
  const rows = attempts.map(({ page, beganAt, endedAt, outcome, answer, next }) => ({
    id: page.id,
    n: page.attempt,
    began: iso(beganAt),
    ended: iso(endedAt),
    outcome,
    answer,
    bundle: page.bundleId,
    status: next.status,
    due: next.status === 'retrying' ? iso(next.dueAt) : null,
    duplicate: next.status === 'retrying' && next.possiblyDuplicate,
  }))
  rows.sort((a, b) => (a.id < b.id ? -1 : 1))
  const there = await sql<{ id: PageId; failed_before: boolean }>`
    with r as materialized (select * from json_to_recordset(${JSON.stringify(rows)})
      as r(id text, n int, began timestamptz, ended timestamptz, outcome text, answer text, bundle text, status text, due timestamptz, duplicate boolean)),
    there as materialized (select id, first_failed_at is not null as failed_before from paging_pages where id = any(array(select id from r)) order by id for update),
    logged as (
      insert into paging_attempts (page_id, attempt, began_at, ended_at, outcome, answer, node, bundle_id)
      select id, n, began, ended, outcome, answer, ${node}, bundle from r where id = any(array(select id from there)) on conflict (page_id, attempt) do nothing
    ),
    moved as (
      update paging_pages p set status = r.status, due_at = coalesce(r.due, p.due_at), lease_owner = null, lease_until = null,
        possibly_duplicate = p.possibly_duplicate or r.duplicate,
        first_failed_at = case when r.status <> 'delivered' then coalesce(p.first_failed_at, r.ended) else p.first_failed_at end,
        ended_at = case when r.status <> 'retrying' then r.ended end, ended_reason = r.answer
      from r where p.id = r.id and p.id = any(array(select id from r)) and p.status || '' = 'sending' and p.lease_owner = ${node} and p.attempts = r.n
    )
    select id, failed_before from there`
  return new Map(there.map(({ id, failed_before }) => [id, { failedBefore: failed_before }]))
}

/** After a first failure the person's next waiting contact on that level goes now. Its run is held, so nobody else decides about it. */
export async function bringForwardNextContacts(
  sql: Sql,
  now: Instant,
  failed: Pick<LeasedPage, 'incidentId' | 'runId' | 'round' | 'level' | 'person'>[],
): Promise<void> {
  const rows = failed.map((page) => ({ i: page.incidentId, r: page.runId, o: page.round, l: page.level, p: page.person }))
  await sql`
    update /* held */ paging_pages set due_at = least(due_at, ${iso(now)}::timestamptz) where id = any(array(
      select id from paging_pages where id = any(array(
        select next.id from json_to_recordset(${JSON.stringify(rows)}) as f(i text, r text, o int, l int, p text) cross join lateral (
          select id from paging_pages where incident_id = f.i and run_id = f.r and round = f.o and level = f.l and person = f.p and status || '' = 'queued'
          order by due_at, rule limit 1) next))
      for update skip locked))`
}

/** Of these levels, those on which every contact is failing or gone. */
export async function failedLevels(
  sql: Sql,
  levels: { incidentId: string; runId: string; round: number; level: number }[],
): Promise<{ runId: RunId; round: number; level: number }[]> {
  const rows = levels.map((one) => ({ i: one.incidentId, r: one.runId, o: one.round, l: one.level }))
  return sql<{ runId: RunId; round: number; level: number }>`
    select p.run_id as "runId", p.round, p.level
    from json_to_recordset(${JSON.stringify(rows)}) as f(i text, r text, o int, l int) cross join lateral (
      select * from paging_pages where incident_id = f.i and run_id = f.r and round = f.o and level = f.l offset 0) p
    group by p.run_id, p.round, p.level
    having bool_and(p.first_failed_at is not null and p.status <> 'delivered' or p.status = 'withdrawn')`
}

interface RoundOf {
  incidentId: string
  runId: string
  round: number
}

/** Whether some contact of a round has been tried and is not failing. */
export async function isAnyoneReached(sql: Sql, { incidentId, runId, round }: RoundOf): Promise<boolean> {
  const rows = await sql`
    select 1 from paging_pages where incident_id = ${incidentId} and run_id = ${runId} and round = ${round}
      and first_attempt_at is not null and (first_failed_at is null or status = 'delivered') limit 1`
  return rows.length > 0
}

/** The people whom a round has tried. */
export async function peoplePaged(sql: Sql, { incidentId, runId, round }: RoundOf): Promise<Set<string>> {
  const rows = await sql<{ person: string }>`
    select distinct person from paging_pages where incident_id = ${incidentId} and run_id = ${runId} and round = ${round}`
  return new Set(rows.map((row) => row.person))
}

/** Everybody who was ever paged for an incident, or is about to be. */
export async function readPeoplePaged(sql: Sql, incidentId: string): Promise<string[]> {
  const rows = await sql<{ person: string }>`select distinct person from paging_pages where incident_id = ${incidentId}`
  return rows.map(({ person }) => person)
}

/** Locks what waits or is under way for these incidents, in one order for all. Their runs are held. */
export async function holdPages(sql: Sql, incidentIds: string[]): Promise<void> {
  await sql`
    select 1 from paging_pages where incident_id = any(${incidentIds}::text[]) and status || '' in ('queued', 'retrying', 'sending') order by id for update`
}

/** Ends what waits or is under way by these runs, which are held; answers how many pages of each. */
export async function withdrawPages(
  sql: Sql,
  now: Instant,
  runs: { id: string; incidentId: string }[],
  reason: string,
): Promise<Map<string, number>> {
  const rows = await sql<{ run_id: string }>`
    with held as materialized (
      select id from paging_pages where incident_id = any(${runs.map(({ incidentId }) => incidentId)}::text[])
        and run_id = any(${runs.map(({ id }) => id)}::text[]) and status || '' in ('queued', 'retrying', 'sending') order by id for update)
    update paging_pages set status = 'withdrawn', ended_at = ${iso(now)}::timestamptz, ended_reason = ${reason}, lease_owner = null, lease_until = null
    where id = any(array(select id from held)) returning run_id`
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(row.run_id, (counts.get(row.run_id) ?? 0) + 1)
  return counts
}

/** Ends what waits for a person, or for one of their contacts, that was removed. */
export async function withdrawPagesOf(sql: Sql, now: Instant, removed: { person: string; contact: string | null }[]): Promise<void> {
  await sql`
    with held as materialized (
      select id from paging_pages where id = any(array(
        select w.id from json_to_recordset(${JSON.stringify(removed)}) as r(person text, contact text) cross join lateral (
          select id, contact from paging_pages where person || '' = r.person and status = 'queued'
          union all select id, contact from paging_pages where person || '' = r.person and status = 'retrying'
          union all select id, contact from paging_pages where person || '' = r.person and status = 'sending') w
        where r.contact is null or w.contact = r.contact)) and status || '' in ('queued', 'retrying', 'sending') order by id for update)
    update paging_pages set status = 'withdrawn', ended_at = ${iso(now)}::timestamptz, ended_reason = 'contact-removed', lease_owner = null, lease_until = null
    where id = any(array(select id from held))`
}

/** Ends pages that this transaction holds: their contacts are gone. */
export async function withdrawGone(sql: Sql, now: Instant, ids: PageId[]): Promise<void> {
  await sql`
    update /* held */ paging_pages set status = 'withdrawn', ended_at = ${iso(now)}::timestamptz, ended_reason = 'contact-removed'
    where id = any(${ids}::text[])`
}

/** Leases that ran out: their node died or froze, so nobody knows whether the page arrived. It is repeated, and says so. */
export async function reviveLapsed(sql: Sql, now: Instant, limit: number): Promise<PageId[]> {
  const rows = await sql<{ id: string }>`
    update paging_pages set status = 'retrying', possibly_duplicate = true, due_at = ${iso(now)}::timestamptz, lease_owner = null, lease_until = null
    where id = any(array(
      select id from paging_pages where status = 'sending' and lease_until <= ${iso(now)}::timestamptz order by lease_until limit ${limit} for update skip locked))
    returning id`
  return rows.map((row) => row.id)
}

/** A node that alone may use this database takes back every lease at its start: whoever held them is dead. */
export async function voidLeases(sql: Sql, now: Instant): Promise<void> {
  await sql`update paging_pages set lease_until = ${iso(now)}::timestamptz where status = 'sending'`
}

/** When a level was reached, for runs that wait to hear of it. */
export async function reachOf(
  sql: Sql,
  levels: { runId: string; incidentId: string; round: number; level: number }[],
): Promise<{ runId: RunId; firstAttemptAt: Instant | null; waiting: number }[]> {
  const rows = levels.map((one) => ({ i: one.incidentId, r: one.runId, o: one.round, l: one.level }))
  return sql<{ runId: RunId; firstAttemptAt: Instant | null; waiting: number }>`
    select f.r as "runId", min(p.first_attempt_at) as "firstAttemptAt", count(*) filter (where p.status in ('queued', 'retrying', 'sending')) as waiting
    from json_to_recordset(${JSON.stringify(rows)}) as f(i text, r text, o int, l int)
    left join lateral (
      select * from paging_pages where incident_id = f.i and run_id = f.r and round = f.o and level = f.l offset 0) p on true
    group by f.r`
}

/** The next moment at which a page falls due; for waking up in time. */
export async function nextDueAt(sql: Sql): Promise<Instant | null> {
  const [row] = await sql<{ at: Instant | null }>`
    select least((select min(due_at) from paging_pages where status = 'queued' and urgency = 'high'),
      (select min(due_at) from paging_pages where status = 'queued' and urgency = 'low'), (select min(due_at) from paging_pages where status = 'retrying')) as at`
  return row?.at ?? null
}

export async function insertScreenMessages(
  sql: Sql,
  now: Instant,
  messages: { person: string; contact: string; content: string }[],
): Promise<void> {
  await sql`
    insert into paging_screen_messages (person, contact, shown_at, content)
    select person, contact, ${iso(now)}::timestamptz, content
    from json_to_recordset(${JSON.stringify(messages)}) as r(person text, contact text, content text)`
}

export interface ShownMessage {
  id: number
  /** The phone it was shown on, by the name its owner gave it. */
  contact: string
  shownAt: Instant
  pages: PageContent[]
}

/** What a person's drawn phones have shown after a message, newest first. */
export async function readScreenMessages(sql: Sql, person: string, after: number, limit: number): Promise<ShownMessage[]> {
  const rows = await sql<{ id: number; contact: string; shown_at: Instant; content: string }>`
    select id, contact, shown_at, content from paging_screen_messages
    where (person, id) > (${person}, ${after}::bigint) and (person, id) < (${person}, ${Number.MAX_SAFE_INTEGER}::bigint) order by person desc, id desc limit ${limit}`
  return rows.map(({ shown_at, content, ...row }) => ({ ...row, shownAt: shown_at, pages: JSON.parse(content) as PageContent[] }))
}

/** Whether a test of this contact waits, or went out since a moment. */
export async function isTestedSince(sql: Sql, { person, contact }: { person: string; contact: string }, since: Instant): Promise<boolean> {
  const rows = await sql`
    select 1 from paging_pages where person = ${person} and contact = ${contact} and starts_with(incident_id, 'tst_') and queued_at > ${iso(since)}::timestamptz limit 1`
  return rows.length > 0
}

/** Removes what paging knows of incidents, and of people, that are removed with the demo. */
export async function forgetPages(sql: Sql, incidentIds: string[], people: string[]): Promise<void> {
  await sql`
    with going as materialized (
      select id from paging_pages where incident_id = any(${incidentIds}::text[])
      union select id from paging_pages where person = any(${people}::text[]) and starts_with(incident_id, 'tst_')),
    attempts as (delete from paging_attempts where page_id = any(array(select id from going)))
    delete from paging_pages where id = any(array(select id from going))`
  await sql`
    delete from paging_screen_messages where person = any(${people}::text[])
      or exists (select 1 from json_array_elements(content::json) page where page->'incident'->>'id' = any(${incidentIds}::text[]))`
  await sql`
    delete from paging_contacts where ctid = any(array(select ctid from paging_contacts where person = any(${people}::text[]) for update skip locked))`
}

/** Some of the pages of incidents that are let go of, with their attempts; answers how many. */
export async function forgetPagesOf(sql: Sql, incidentIds: string[], rows: number): Promise<number> {
  const gone = await sql`
    with gone as (
      delete from paging_pages where id = any(array(select id from paging_pages where incident_id = any(${incidentIds}::text[]) limit ${rows})) returning id
    ), attempts as (
      delete from paging_attempts where page_id = any(array(select id from gone))
    ) select 1 from gone`
  return gone.length
}

/** Test pages, and what drawn phones have shown: oldest first, of which the first that is too young ends it. */
export async function forgetMessages(sql: Sql, before: Instant, rows: number): Promise<number> {
  const shown = await sql`
    delete from paging_screen_messages where id = any(array(
      select id from (select id, shown_at from paging_screen_messages order by id limit ${rows}) oldest where shown_at < ${iso(before)}::timestamptz))
    returning 1`
  const tests = await sql`
    with gone as (
      delete from paging_pages where id = any(array(
        select id from (select id, queued_at from paging_pages where incident_id >= 'tst_' and incident_id < 'tsu' order by incident_id limit ${rows}) oldest
        where queued_at < ${iso(before)}::timestamptz)) returning id
    ), attempts as (
      delete from paging_attempts where page_id = any(array(select id from gone))
    ) select 1 from gone`
  return Math.max(shown.length, tests.length)
}
