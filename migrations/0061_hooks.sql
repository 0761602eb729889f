-- What is told to programs outside: one row an event and hook, kept for a week.
create table hooks_deliveries (
  position bigint generated always as identity primary key,
  -- dlv_…: the webhook-id, the same on every attempt.
  id text not null unique,
  hook text not null,
  -- Null: a test.
  incident_id text,
  type text not null,
  occurred_at timestamptz not null,
  queued_at timestamptz not null,
  body text not null,
  attempts int not null default 0,
  tried_since timestamptz,
  -- Null while an earlier one of the same hook and incident is not through, and after the end. While leased: when the lease ends.
  due_at timestamptz,
  leased boolean not null default false,
  ended_at timestamptz,
  -- delivered | gave-up | withheld
  ending text,
  -- Of the last attempt.
  attempted_at timestamptz,
  status int,
  answer text
) with (fillfactor = 80);
create index hooks_deliveries_due on hooks_deliveries (hook, due_at) where due_at is not null;
create index hooks_deliveries_open on hooks_deliveries (hook, incident_id, position) where ended_at is null;
create index hooks_deliveries_listed on hooks_deliveries (hook, position);

-- How each hook fares. Held by whoever queues for it or records what became of a delivery, so that none is left waiting for
-- one that is through.
create table hooks_states (
  hook text primary key,
  failing_since timestamptz,
  off_since timestamptz,
  delivered_at timestamptz
);
