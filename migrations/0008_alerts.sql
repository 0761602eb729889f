-- What senders were told is kept. One row is one group commit: many bodies end to end, cut by `entries`.
create table alerts_inbox (
  position bigint generated always as identity,
  received_at timestamptz not null,
  bodies bytea not null,
  -- JSON array, one entry a body: integration, source, bytes, receipt.
  entries text not null,
  lease_owner text,
  lease_until timestamptz,
  done_at timestamptz,
  primary key (position, received_at)
) partition by range (received_at);
-- Nothing accepted may be lost for want of a day's partition.
create table alerts_inbox_other partition of alerts_inbox default;
create index alerts_inbox_todo on alerts_inbox (position) where done_at is null;

create table alerts_alerts (
  id text primary key,
  -- 128 bits of sha256(integration, dedup key).
  identity uuid not null,
  -- The one row of its identity that reports are compared with.
  latest boolean not null,
  integration text not null,
  dedup_key text not null,
  service text not null,
  incident_id text,
  status text not null,
  severity smallint not null,
  title text not null,
  -- json, not jsonb: kept as it was written, since most of it is shown and never searched.
  labels json not null,
  annotations json not null,
  links json not null,
  warnings json not null,
  -- How often it was reported while open; 0 marks an end without a beginning.
  count int not null,
  -- What the source says.
  starts_at timestamptz,
  ends_at timestamptz,
  source_ended_at timestamptz,
  acknowledged_by_source boolean not null default false,
  -- What we saw.
  opened_at timestamptz not null,
  reported_at timestamptz not null,
  ended_at timestamptz,
  -- source | lapsed | person | late
  ended_by text,
  -- Resolved by hand, yet reported on: opens anew then, unless its end comes first.
  still_firing_at timestamptz,
  first_position bigint not null,
  first_index int not null,
  last_position bigint not null,
  last_index int not null
) with (fillfactor = 80);
create unique index alerts_identity on alerts_alerts (identity) where latest;
create index alerts_incident on alerts_alerts (incident_id);
create index alerts_lapse on alerts_alerts (ends_at) where status = 'open' and ends_at is not null;
create index alerts_still_firing on alerts_alerts (still_firing_at) where still_firing_at is not null;

-- Which incidents an alert has belonged to, and why.
create table alerts_links (
  alert_id text not null,
  incident_id text not null,
  -- opened | joined | split | merged | silenced
  kind text not null,
  at timestamptz not null,
  actor text not null
);
create index on alerts_links (alert_id);

-- Bodies that could not be used, wholly or in part; shown until dealt with.
create table alerts_unparsed (
  id text primary key,
  position bigint not null,
  index int not null,
  received_at timestamptz not null,
  integration text not null,
  source text not null,
  problems text not null,
  refused boolean not null,
  body bytea not null
);
create index on alerts_unparsed (received_at desc);

-- One partition a day, so that dropping what is old costs nothing. A day whose rows are already in the catch-all stays there.
create function alerts_inbox_add_day(day date) returns void language plpgsql as $$
begin
  execute format('create table if not exists %I partition of alerts_inbox for values from (%L) to (%L)',
    'alerts_inbox_' || to_char(day, 'YYYYMMDD'), day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
  execute format('alter table %I alter column bodies set storage external', 'alerts_inbox_' || to_char(day, 'YYYYMMDD'));
exception when check_violation or duplicate_table then
  null;
end $$;

create function alerts_inbox_drop_before(day date) returns int language plpgsql as $$
declare
  partition text;
  dropped int := 0;
begin
  for partition in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'alerts_inbox'::regclass and c.relname ~ '^alerts_inbox_\d{8}$' and c.relname < 'alerts_inbox_' || to_char(day, 'YYYYMMDD')
  loop
    execute format('drop table %I', partition);
    dropped := dropped + 1;
  end loop;
  delete from alerts_inbox_other where received_at < day and done_at is not null;
  return dropped;
end $$;
