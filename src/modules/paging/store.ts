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
 * At most one decision's page waits per person, contact and incident: what still waits from an earlier level or round
 * gives way to the newer one; answers the due times they held, the earliest first.
 */
export async function supersedeWaiting(
  sql: Sql,
  now: Instant,
  pages: Pick<NewPage, 'incidentId' | 'person' | 'contact'>[],
): Promise<Map<string, Instant[]>> {
  const rows = JSON.stringify(pages.map((page) => ({ i: page.incidentId, p: page.person, c: page.contact })))
  const given = await sql<{ incident_id: string; person: string; contact: string; due_at: Instant }>`
    update paging_pages set status = 'withdrawn', ended_at = ${iso(now)}::timestamptz, ended_reason = 'superseded'
    from json_to_recordset(${rows}) as r(i text, p text, c text)
    where incident_id = r.i and person = r.p and contact = r.c and status || '' in ('queued', 'retrying')
    returning incident_id, person, contact, due_at`
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
 * Claims the bundling window of contacts: those returned may be sent to at once; for the others a message went out
 * less than a window ago, and `last` says when.
 */
export async function claimWindows(sql: Sql, now: Instant, contacts: { person: string; contact: string }[]): Promise<Map<string, Window>> {
  const sorted = [...contacts].sort((a, b) => (`${a.person}\n${a.contact}` < `${b.person}\n${b.contact}` ? -1 : 1))
  const rows = await sql<{ person: string; contact: string; last_message_at: Instant; before: Instant | null }>`
    with wanted as (select * from json_to_recordset(${JSON.stringify(sorted)}) as r(person text, contact text)),
    known as (select c.person, c.contact, c.last_message_at from paging_contacts c join wanted using (person, contact)),
    claimed as (
      insert into paging_contacts as c (person, contact, last_message_at) select person, contact, ${iso(now)}::timestamptz from wanted order by 1, 2
      on conflict (person, contact) do update set last_message_at =
        case when c.last_message_at is null or c.last_message_at <= ${iso(now - BUNDLE_WINDOW_MS)}::timestamptz then excluded.last_message_at else c.last_message_at end
      returning person, contact, last_message_at
    )
    select claimed.person, claimed.contact, claimed.last_message_at, known.last_message_at as before from claimed left join known using (person, contact)`
  return new Map(
    rows.map((row) => [
      `${row.person}\n${row.contact}`,
      { free: row.last_message_at === now && row.before !== now, last: row.last_message_at, before: row.before },
    ]),
  )
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

/** Pages whose time has come, locked. First attempts come before repeats: a receiver that hangs keeps nobody else waiting. */
export async function lockDuePages(sql: Sql, now: Instant, limit: number): Promise<DuePage[]> {
  const rows = await sql<DueRow>`
    with first as (
      select * from paging_pages where status = 'queued' and due_at <= ${iso(now)}::timestamptz
      order by due_at, id limit ${limit} for update skip locked),
    again as (
      select * from paging_pages where status = 'retrying' and due_at <= ${iso(now)}::timestamptz
      order by due_at, id limit greatest(${limit} - (select count(*) from first), 0) for update skip locked)
    select id, incident_id, run_id, round, level, person, contact, channel, attempts, possibly_duplicate, bundle_id, reason, due_at, queued_at, after_ms,
      exists (select 1 from paging_pages o where o.incident_id = due.incident_id and o.run_id = due.run_id and o.round = due.round and o.level = due.level
        and o.status || '' = 'queued' and o.after_ms > 0 and o.id <> due.id) as later_rules
    from (select * from first union all select * from again) due`
  return rows.map(duePageOf)
}

/** The other first pages due to the same contacts, and the rest of the same earlier messages, so that a bundle leaves whole. */
export async function lockDueSiblings(sql: Sql, now: Instant, of: DuePage[]): Promise<DuePage[]> {
  const contacts = JSON.stringify(of.filter((page) => page.attempt === 1).map((page) => ({ p: page.person, c: page.contact })))
  const messages = [...new Set(of.flatMap((page) => page.bundleId ?? []))]
  const rows = await sql<DueRow>`
    select id, incident_id, run_id, round, level, person, contact, channel, attempts, possibly_duplicate, bundle_id, reason, due_at, queued_at, after_ms, true as later_rules from paging_pages
    where status in ('queued', 'retrying') and due_at <= ${iso(now)}::timestamptz and id <> all(${of.map((page) => page.id)}::text[])
      and (bundle_id = any(${messages}::text[])
        or status = 'queued' and not starts_with(incident_id, 'tst_') and (person, contact) in (select p, c from json_to_recordset(${contacts}) as r(p text, c text)))
    order by due_at, id limit 1000 for update skip locked`
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
    update paging_pages p set status = 'sending', attempts = attempts + 1, first_attempt_at = coalesce(first_attempt_at, ${iso(now)}::timestamptz),
      lease_owner = ${node}, lease_until = ${iso(now + LEASE_MS)}::timestamptz, bundle_id = r.bundle_id
    from json_to_recordset(${JSON.stringify(pages.map((page) => ({ id: page.id, bundle_id: page.bundleId })))}) as r(id text, bundle_id text)
    where p.id = r.id`
}

export async function postponePages(sql: Sql, pages: { id: PageId; dueAt: Instant }[]): Promise<void> {
  await sql`
    update paging_pages p set due_at = r.due_at
    from json_to_recordset(${JSON.stringify(pages.map((page) => ({ id: page.id, due_at: iso(page.dueAt) })))}) as r(id text, due_at timestamptz)
    where p.id = r.id`
}

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
    where id in (
      select p.id from paging_pages p
      join (select distinct i, r, o, l from json_to_recordset(${rows}) as r(i text, r text, o int, l int)) f
        on p.incident_id = f.i and p.run_id = f.r and p.round = f.o and p.level = f.l
      where p.status || '' = 'queued' and p.due_at >= p.queued_at + p.after_ms * interval '1 millisecond'
        and not exists (
          select 1 from paging_pages o where o.incident_id = f.i and o.run_id = f.r and o.round = f.o and o.level = f.l
            and o.first_attempt_at is not null and o.id <> all(${beginning}::text[]))
      for update of p skip locked)`
}

/** Still ours and still wanted? One statement a batch; holds the lease for another while. */
export async function recheck(sql: Sql, now: Instant, node: string, ids: PageId[]): Promise<Set<PageId>> {
  const rows = await sql<{ id: string }>`
    update paging_pages set lease_until = ${iso(now + LEASE_MS)}::timestamptz
    where id = any(${ids}::text[]) and status || '' = 'sending' and lease_owner = ${node} returning id`
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
    there as materialized (select id, first_failed_at is not null as failed_before from paging_pages where id in (select id from r) order by id for update),
    logged as (
      insert into paging_attempts (page_id, attempt, began_at, ended_at, outcome, answer, node, bundle_id)
      select id, n, began, ended, outcome, answer, ${node}, bundle from r where id in (select id from there) on conflict (page_id, attempt) do nothing
    ),
    moved as (
      update paging_pages p set status = r.status, due_at = coalesce(r.due, p.due_at), lease_owner = null, lease_until = null,
        possibly_duplicate = p.possibly_duplicate or r.duplicate,
        first_failed_at = case when r.status <> 'delivered' then coalesce(p.first_failed_at, r.ended) else p.first_failed_at end,
        ended_at = case when r.status <> 'retrying' then r.ended end, ended_reason = r.answer
      from r where p.id = r.id and p.status || '' = 'sending' and p.lease_owner = ${node} and p.attempts = r.n
    )
    select id, failed_before from there`
  return new Map(there.map(({ id, failed_before }) => [id, { failedBefore: failed_before }]))
}

/** After a first failure the person's next waiting contact on that level goes now. */
export async function bringForwardNextContacts(
  sql: Sql,
  now: Instant,
  failed: Pick<LeasedPage, 'incidentId' | 'runId' | 'round' | 'level' | 'person'>[],
): Promise<void> {
  const rows = failed.map((page) => ({ i: page.incidentId, r: page.runId, o: page.round, l: page.level, p: page.person }))
  await sql`
    update paging_pages set due_at = least(due_at, ${iso(now)}::timestamptz) where id in (
      select distinct on (p.incident_id, p.run_id, p.round, p.level, p.person) p.id
      from paging_pages p join json_to_recordset(${JSON.stringify(rows)}) as f(i text, r text, o int, l int, p text)
        on p.incident_id = f.i and p.run_id = f.r and p.round = f.o and p.level = f.l and p.person = f.p
      where p.status || '' = 'queued' order by p.incident_id, p.run_id, p.round, p.level, p.person, p.due_at, p.rule)`
}

/** Of these levels, those on which every contact is failing or gone. */
export async function failedLevels(
  sql: Sql,
  levels: { incidentId: string; runId: string; round: number; level: number }[],
): Promise<{ runId: RunId; round: number; level: number }[]> {
  const rows = levels.map((one) => ({ i: one.incidentId, r: one.runId, o: one.round, l: one.level }))
  return sql<{ runId: RunId; round: number; level: number }>`
    select p.run_id as "runId", p.round, p.level
    from paging_pages p join json_to_recordset(${JSON.stringify(rows)}) as f(i text, r text, o int, l int)
      on p.incident_id = f.i and p.run_id = f.r and p.round = f.o and p.level = f.l
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

/** Ends what waits or is under way for these incidents; answers how many pages of each. */
export async function withdrawPages(sql: Sql, now: Instant, incidentIds: string[], reason: string): Promise<Map<string, number>> {
  const rows = await sql<{ incident_id: string }>`
    update paging_pages set status = 'withdrawn', ended_at = ${iso(now)}::timestamptz, ended_reason = ${reason}, lease_owner = null, lease_until = null
    where incident_id = any(${incidentIds}::text[]) and status || '' in ('queued', 'retrying', 'sending') returning incident_id`
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(row.incident_id, (counts.get(row.incident_id) ?? 0) + 1)
  return counts
}

/** Ends what waits for a person, or for one of their contacts, that was removed. */
export async function withdrawPagesOf(sql: Sql, now: Instant, removed: { person: string; contact: string | null }[]): Promise<void> {
  await sql`
    update paging_pages p set status = 'withdrawn', ended_at = ${iso(now)}::timestamptz, ended_reason = 'contact-removed', lease_owner = null, lease_until = null
    from json_to_recordset(${JSON.stringify(removed)}) as r(person text, contact text)
    where p.person = r.person and (r.contact is null or p.contact = r.contact) and p.status in ('queued', 'retrying', 'sending')`
}

/** Leases that ran out: their node died or froze, so nobody knows whether the page arrived. It is repeated, and says so. */
export async function reviveLapsed(sql: Sql, now: Instant, limit: number): Promise<PageId[]> {
  const rows = await sql<{ id: string }>`
    update paging_pages set status = 'retrying', possibly_duplicate = true, due_at = ${iso(now)}::timestamptz, lease_owner = null, lease_until = null
    where id in (select id from paging_pages where status = 'sending' and lease_until <= ${iso(now)}::timestamptz order by id limit ${limit} for update skip locked)
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
    left join paging_pages p on p.incident_id = f.i and p.run_id = f.r and p.round = f.o and p.level = f.l
    group by f.r`
}

/** The next moment at which a page falls due; for waking up in time. */
export async function nextDueAt(sql: Sql): Promise<Instant | null> {
  const [row] = await sql<{ at: Instant | null }>`
    select least((select min(due_at) from paging_pages where status = 'queued'), (select min(due_at) from paging_pages where status = 'retrying')) as at`
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
    select id, contact, shown_at, content from paging_screen_messages where person = ${person} and id > ${after} order by id desc limit ${limit}`
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
    delete from paging_attempts where page_id in (
      select id from paging_pages where incident_id = any(${incidentIds}::text[]) or person = any(${people}::text[]) and starts_with(incident_id, 'tst_'))`
  await sql`
    delete from paging_pages where incident_id = any(${incidentIds}::text[]) or person = any(${people}::text[]) and starts_with(incident_id, 'tst_')`
  await sql`
    delete from paging_screen_messages where person = any(${people}::text[])
      or exists (select 1 from json_array_elements(content::json) page where page->'incident'->>'id' = any(${incidentIds}::text[]))`
  await sql`delete from paging_contacts where person = any(${people}::text[])`
}
