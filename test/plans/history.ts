import type pg from 'pg'

/** The moment at which the history ends; tests begin there too, unless they say otherwise. */
const END = '2026-11-20T03:11:00Z'
/** The newest so many incidents are open, most of them unacknowledged: a storm is on. */
const OPEN = 3000
/** The newest incident of all has so many alerts more, all open. */
const CROWD = 40_000
/** So many alerts are earlier episodes of one dedup key, and so many facts stand on one timeline. */
const EPISODES = 5000

export interface Size {
  incidents: number
  alertsEach: number
}

/** Tables that hold what happened: the history fills them in proportion. */
export const GROWING = [
  'alerts_alerts',
  'alerts_hours',
  'alerts_inbox',
  'alerts_links',
  'alerts_unparsed',
  'command_checks',
  'command_incidents',
  'command_links',
  'command_notices',
  'command_offers',
  'command_polls',
  'command_reminders',
  'command_responders',
  'command_roles',
  'command_tasks',
  'command_updates',
  'escalation_runs',
  'hooks_deliveries',
  'incidents_groups',
  'incidents_incidents',
  'incidents_members',
  'incidents_used_links',
  'attachments_files',
  'attachments_pieces',
  'access_login_links',
  'access_sessions',
  'access_tokens',
  'documents_versions',
  'paging_attempts',
  'paging_contacts',
  'paging_pages',
  'paging_screen_messages',
  'platform_replies',
  'timeline_events',
  'timeline_heads',
]

/** Tables that stay small however long an installation lives, each with the reason. */
export const SMALL: Record<string, string> = {
  alerts_moves: 'one row an incident whose alerts move behind its merge',
  alerts_endings: 'one row an incident whose alerts are being ended behind its resolve',
  access_preferences: 'one row a person',
  documents_state: 'one row',
  attachments_total: 'one row',
  hooks_states: 'one row a hook',
  platform_clock: 'one row',
  platform_installation: 'one row',
  platform_migrations: 'one row a version of the schema',
  platform_whereabouts: 'one row',
  timeline_followers: 'one row a follower',
}

/** Adds the incidents from one number to another of a history of this size, with all that hangs on them. Names are those that tests use, so that what they asked finds something. */
export async function writeHistory(client: pg.Client, size: Size, from: number, to: number): Promise<void> {
  const run = async (text: string) => {
    await client.query(text)
  }
  await run(`set synchronous_commit = off; set statement_timeout = 0; create schema if not exists seed`)
  await run(`create or replace function seed.moment(at timestamptz) returns text language sql immutable as $$
    select string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', (((extract(epoch from at) * 1000)::bigint >> (5 * i)) & 31)::int + 1, 1), '' order by i desc) from generate_series(0, 9) i $$`)
  await run(`create or replace view seed.names as select array['ada', 'ada', 'ada', 'lin', 'kim', 'grace', 'linus', 'p7', 'p8', 'p9'] as people,
    array['api', 'api', 'checkout', 'payments', 'database', 's6', 's7', 's8', 's9', 's10'] as services, array['alarms', 'alarms', 'prometheus', 'alertmanager', 'pagerduty', 'i6'] as integrations`)
  await run(`drop table if exists seed.incidents; create table seed.incidents as
    select n, at, seed.moment(at) || lpad(n::text, 16, '0') as tail, n > ${size.incidents - OPEN} as open, n % 3 = 0 as taken,
      people[1 + n % 10] as person, services[1 + n % 10] as service, integrations[1 + n % 6] as integration
    from (select n, timestamptz '${END}' - interval '2 years' * (1 - n::float8 / ${size.incidents}) as at from generate_series(${from}, ${to}) n) i, seed.names`)
  await run(`insert into incidents_incidents (id, number, title, status, open, severity, severity_scheme, urgency, service, policy, group_key, grouping, kind, origin, visibility, auto_resolve,
      detected_at, acknowledged_at, acknowledged_by, ack_timeout_at, resolved_at, resolved_by, updated_at)
    select 'inc_' || tail, nextval('incidents_number'), 'Disk is full on host ' || n, case when not open then 'resolved' when taken then 'acknowledged' else 'detected' end,
      open, 1 + n % 4, 'default', case when n % 4 < 2 then 'high' else 'low' end, service, 'api', md5(n::text), '[["host","' || n || '"]]', 'incident', 'alert', case when n % 1000 = 1 then 'private' else 'public' end, true,
      at, case when taken then at + interval '3 minutes' end, case when taken then person end, case when open and taken then at + interval '1 day' end,
      case when not open then at + interval '1 hour' end, case when not open then 'system' end, at from seed.incidents order by n`)
  await run(`insert into incidents_members (incident_id, kind, name, how, by_actor, at)
    select 'inc_' || tail, kind, name, 'page', 'system', at from seed.incidents, (values ('person', 'lin'), ('person', 'grace'), ('team', 'payments')) member(kind, name) where n % 1000 = 1`)
  // One in five is declared: what people made of it hangs on it.
  const declared = (table: string, columns: string, values: string, also = 'true') =>
    run(
      `insert into ${table} (incident_id, ${columns}) select 'inc_' || tail, ${values} from seed.incidents where n % 5 = 0 and ${also} order by n`,
    )
  await declared(
    'command_incidents',
    'moments, status_at, held_since, last_person_at, room',
    `'{}', at, at, at, '{"state":"off","name":null,"url":null}'`,
  )
  await declared('command_roles', 'role, person, accepted_at, since', `'commander', person, at, at`)
  await declared(
    'command_offers',
    'role, offered_to, offered_by, brief, offered_at',
    `'scribe', person, 'person:lin', 'it is down', at`,
    'n % 50 = 0',
  )
  await declared('command_responders', 'id, target, asked_by, asked_at', `'rsp_' || tail, 'person:' || person, 'person:lin', at`)
  await declared(
    'command_tasks',
    'id, kind, number, text, person, state, made_by, made_at',
    `'tsk_' || tail, 'task', 1, 'check p99', person, case when open then 'open' else 'done' end, 'person:lin', at`,
  )
  await declared(
    'command_polls',
    'id, text, made_by, opened_at, until_at, objections, ended_at',
    `'pol_' || tail, 'roll back?', 'person:lin', at, at + interval '1 minute', '[]', case when not open then at end`,
  )
  await declared(
    'command_checks',
    'list, item, state, said_by, said_at, evidence',
    `'resolution', 'latency-normal', 'met', 'person:lin', at, 'looked'`,
  )
  await declared(
    'command_updates',
    'id, audience, text, next_by, posted_by, posted_at',
    `'upd_' || tail, 'internal', 'rolling back', at + interval '30 minutes', 'person:lin', at`,
  )
  await declared('command_links', 'id, kind, link, made_by, made_at', `'lnk_' || tail, 'url', 'https://example.org', 'person:lin', at`)
  await declared(
    'command_reminders',
    'id, rule, subject, since, due_at, how, then_ms',
    `'rem_' || tail, 'quiet', '', at, case when open then at + interval '30 minutes' end, 'say', '[]'`,
  )
  await declared('command_notices', 'id, person, what, at, mail_due_at', `'ntc_' || tail, person, '{}', at, case when open then at end`)
  await run(
    `insert into incidents_groups (service, group_key, incident_id) select service, 'taken/' || n, 'inc_' || tail from seed.incidents where n % 50 = 0`,
  )
  const alert = `insert into alerts_alerts (id, identity, latest, integration, dedup_key, service, incident_id, status, severity, title, labels, annotations, links, warnings, count,
      starts_at, ends_at, opened_at, reported_at, ended_at, ended_by, still_firing_at, first_position, first_index, last_position, last_index)`
  await run(`${alert}
    select 'alr_' || left(tail, 11) || lpad(a::text, 2, '0') || right(tail, 13), md5(n || '/' || a)::uuid, true, integration, 'disk/' || n || '/' || a, service, 'inc_' || tail,
      case when open then 'open' else 'ended' end, 1 + n % 4, 'Disk is full on host ' || n, ('{"alertname":"DiskFull","severity":"critical","host":"' || n || '"}')::json, '{"summary":"It is full."}', '[]', '[]', 1 + a,
      at, at + interval '5 minutes', at, at, case when not open then at + interval '1 hour' end, case when not open then 'source' end,
      case when n % 50 = 0 and not open then at end, n, a, n, a
    from seed.incidents, generate_series(1, ${size.alertsEach}) a order by n`)
  await run(`insert into alerts_links (alert_id, incident_id, kind, at, actor) select id, incident_id, 'joined', opened_at, 'integration:' || integration
    from alerts_alerts where id >= (select min('alr_' || left(tail, 10)) from seed.incidents)`)
  await run(
    `insert into timeline_heads (incident_id, seq, hash) select 'inc_' || tail, 6, sha256(tail::bytea) from seed.incidents order by n`,
  )
  await run(`insert into timeline_events (xact, incident_id, seq, happened_at, recorded_at, actor, type, data, hash)
    select n::text::xid8, 'inc_' || tail, seq, at, at, 'system', case seq when 1 then 'incident.opened' when 2 then 'escalation.level-decided' else 'page.delivered' end,
      case seq when 2 then '{"lateMs":12,"level":1,"round":1,"found":[],"pages":[]}' else '{}' end, sha256(tail::bytea) from seed.incidents, generate_series(1, 6) seq order by n, seq`)
  await run(`insert into escalation_runs (id, incident_id, number, policy, policy_version, reason, severity, urgency, stage, status, started_at, clock_start, round, round_started_at, level,
      level_reached_at, due_at, stopped_at, stopped_reason)
    select 'run_' || tail, 'inc_' || tail, 1, 'api', 1, 'opened', 1 + n % 4, 'high', 'real', case when open and not taken then 'active' else 'stopped' end, at, at, 1, at, 0,
      case when n % 7 <> 0 then at end, case when open and not taken and n % 7 <> 0 then at + interval '5 minutes' end, case when not open then at + interval '1 hour' end, null
    from seed.incidents order by n`)
  await run(`insert into paging_pages (id, incident_id, run_id, round, level, person, person_version, rule, contact, channel, urgency, reason, status, after_ms, queued_at, due_at, attempts,
      first_attempt_at, first_failed_at, lease_owner, lease_until, ended_at, ended_reason)
    select 'inc_' || tail || ':run_' || tail || ':1:0:' || person || ':' || rule, 'inc_' || tail, 'run_' || tail, 1, 0, person, 1, rule, 'phone', 'webhook', 'high', '{"through":[]}',
      case when not open or taken then 'delivered' when n % 10 = 1 then 'retrying' when n % 100 = 2 then 'sending' else 'queued' end, rule * 180000, at, at + rule * interval '3 minutes',
      1, case when not open or taken or n % 10 = 1 then at end, case when n % 10 = 1 then at end, case when open and n % 100 = 2 then 'node-gone' end, case when open and n % 100 = 2 then at end,
      case when not open then at end, null
    from seed.incidents, generate_series(0, 1) rule order by n`)
  await run(`insert into paging_attempts (page_id, attempt, began_at, ended_at, outcome, answer, node)
    select 'inc_' || tail || ':run_' || tail || ':1:0:' || person || ':' || rule, 1, at, at, case when n % 10 = 1 then 'try-again' else 'delivered' end, 'HTTP 200', 'node'
    from seed.incidents, generate_series(0, 1) rule where not open or taken or n % 10 = 1 order by n`)
  await run(
    `select alerts_inbox_add_day(day::date) from generate_series(timestamptz '${END}' - interval '9 days', timestamptz '${END}', interval '1 day') day`,
  )
  await run(`insert into alerts_inbox (received_at, bodies, entries, lease_owner, lease_until, done_at)
    select received, convert_to(repeat('x', 300), 'UTF8'), '[{"integration":"' || integration || '","source":"generic","receipt":"rcp_' || tail || '","receivedAt":0,"bytes":300}]',
      case when behind > 200 then null else 'node-gone' end, case when behind > 200 then null else received end, case when behind > 200 then received end
    from (select *, ${size.incidents} - n as behind, timestamptz '${END}' - interval '9 days' * (1 - n::float8 / ${size.incidents}) as received from seed.incidents) i order by n`)
  await run(`insert into alerts_unparsed (id, position, index, received_at, integration, source, problems, refused, body)
    select 'unp_' || tail, n, 0, at, integration, 'generic', '["not JSON"]', n % 2 = 0, 'x' from seed.incidents where n % 10 = 0`)
  await run(`insert into alerts_hours (integration, hour, events, refused, unparsed, last_at, recent)
    select integration, hour, 10, 0, 0, hour, jsonb_agg(jsonb_build_array(n, 0)) from (
      select integration, date_trunc('hour', timestamptz '${END}' - interval '30 days' * (1 - n::float8 / ${size.incidents})) as hour, n from seed.incidents where n % 5 = 0) h
    group by 1, 2 on conflict do nothing`)
  await run(
    `insert into incidents_used_links (hash, incident_id, used_at) select sha256(tail::bytea), 'inc_' || tail, timestamptz '${END}' - random() * interval '7 days' from seed.incidents where n % 5 = 0`,
  )
  await run(`insert into access_sessions (hash, person, person_uid, created_at, seen_at, ends_at)
    select sha256(tail::bytea), person, 'uid-' || person, at, at, timestamptz '${END}' + random() * interval '30 days' from seed.incidents where n % 5 = 0`)
  await run(`insert into access_login_links (hash, person, person_uid, created_at, ends_at, used_at)
    select sha256(tail::bytea), person, 'uid-' || person, at, at, at from seed.incidents where n % 5 = 0`)
  await run(`insert into access_tokens (id, label, hash, role, created_at, last_used_at, revoked_at)
    select 'tok_' || tail, 'a script', sha256(tail::bytea), 'responder', at, at, case when n % 1000 <> 0 then at end from seed.incidents where n % 20 = 0`)
  await run(`insert into documents_versions (kind, name, version, uid, spec, current, changed_at, valid_from, changed_by, origin, generation)
    select 'Service', 'old-' || n % 100, 1 + n / 100, 'uid', '{}', n + 100 > ${size.incidents / 10}, at, at, 'system', '{"kind":"api"}', n from seed.incidents where n <= ${size.incidents / 10}`)
  await run(
    `insert into paging_contacts (person, contact, last_message_at) select person, 'phone-' || n % 20, at from seed.incidents on conflict do nothing`,
  )
  await run(`insert into paging_screen_messages (person, contact, shown_at, content)
    select person, 'phone', at, '[{"incident":{"id":"inc_' || tail || '"}}]' from seed.incidents where n % 4 = 0 order by n`)
  await run(`insert into attachments_files (id, incident_id, name, added_by, added_at, bytes, sha256, seq, removed_at)
    select 'att_' || tail, 'inc_' || tail, 'graph.png', 'person:' || person, at, case when n % 100 <> 0 then 1000 end, sha256(tail::bytea), 6, case when n % 7 = 0 then at end from seed.incidents where n % 5 = 0`)
  await run(
    `insert into attachments_pieces (file_id, n, data) select 'att_' || tail, piece, '\\x00' from seed.incidents, generate_series(0, 2) piece where n % 5 = 0`,
  )
  await run(`insert into hooks_deliveries (id, hook, incident_id, type, occurred_at, queued_at, body, attempts, tried_since, due_at, ended_at, ending, attempted_at, status, answer)
    select 'dlv_' || tail, (array['tickets', 'marks', 'one', 'two'])[1 + n % 4], 'inc_' || tail, 'incident.opened', at, at, '{}', 1, at, case when n % 50 = 0 then '${END}'::timestamptz end,
      case when n % 50 <> 0 and n % 51 <> 0 then at end, case when n % 50 <> 0 and n % 51 <> 0 then 'delivered' end, at, 200, '200' from seed.incidents order by n`)
  await run(`insert into platform_replies (caller, key, fingerprint, status, body, created_at)
    select person, tail, 'print', 200, '{}', timestamptz '${END}' - random() * interval '1 day' from seed.incidents where n % 5 = 0`)
  if (to < size.incidents) return
  await run(`${alert}
    select 'alr_' || seed.moment('${END}'::timestamptz - interval '1 hour' * (1 - a::float8 / ${CROWD})) || lpad(a::text, 16, '0'), md5('crowd/' || a)::uuid, true, 'alarms', 'crowd/' || a, service,
      'inc_' || tail, 'open', 2, 'Disk is full on host ' || a, ('{"alertname":"DiskFull","host":"' || a || '"}')::json, '{}', '[]', '[]', 1, at, '${END}', at, at, null, null, null, a, 0, a, 0
    from seed.incidents, generate_series(1, ${CROWD}) a where n = ${size.incidents} order by a`)
  await run(`insert into alerts_links (alert_id, incident_id, kind, at, actor)
    select id, incident_id, 'joined', opened_at, 'integration:alarms' from alerts_alerts where incident_id = (select 'inc_' || tail from seed.incidents where n = ${size.incidents}) and dedup_key like 'crowd/%'`)
  await run(`${alert}
    select 'alr_' || left(tail, 10) || lpad(a::text, 16, 'e'), md5('episodes')::uuid, a = ${EPISODES}, 'alarms', 'disk', service, 'inc_' || tail, 'ended', 2, 'Disk is full again', '{}', '{}', '[]', '[]', 1,
      at, null, at, at, at, 'source', null, a, 0, a, 0
    from seed.incidents, generate_series(1, ${EPISODES}) a where n = ${size.incidents} - ${OPEN} - a % 40 order by a`)
  await run(`insert into timeline_events (xact, incident_id, seq, happened_at, recorded_at, actor, type, data, hash)
    select n::text::xid8, 'inc_' || tail, 6 + seq, at, at, 'system', 'page.delivered', '{}', sha256(tail::bytea) from seed.incidents, generate_series(1, ${EPISODES}) seq where n = ${size.incidents} order by seq`)
}

/** Ids of the history in the order in which those of a recording stand for them: the crowded incident, open ones, one long over. */
export async function readStandIns(client: pg.Client, size: Size): Promise<{ tails: string[]; identities: string[] }> {
  const { rows } = await client.query<{ tail: string }>(
    `select substr(id, 5) as tail from incidents_incidents where number = ${size.incidents} union all
    (select substr(id, 5) from incidents_incidents where number < ${size.incidents} and number > ${size.incidents} - 600 order by number desc) union all
    (select substr(id, 5) from incidents_incidents where number < ${size.incidents} - ${OPEN} order by number desc limit 600)`,
  )
  const { rows: ids } = await client.query<{ identity: string }>(
    `select md5('episodes')::uuid::text as identity union all (select identity::text from alerts_alerts where incident_id = 'inc_${rows[0]!.tail}' and status = 'open' limit 1000)`,
  )
  return { tails: rows.map(({ tail }) => tail), identities: ids.map(({ identity }) => identity) }
}
