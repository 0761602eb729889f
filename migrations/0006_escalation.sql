create table escalation_runs (
  id text primary key,
  incident_id text not null,
  number int not null,
  policy text not null,
  policy_version int not null,
  -- Why it began: opened | worse | urgent | ack-timeout | by-hand
  reason text not null,
  severity smallint not null,
  urgency text not null,
  -- real | demo | drill: whom it may page, and whether a phone on screen counts.
  stage text not null,
  status text not null,
  started_at timestamptz not null,
  -- Where `after` counts from: the start, or for a run begun by hand in the middle the start it would have had.
  clock_start timestamptz not null,
  round int not null,
  round_started_at timestamptz not null,
  -- Index of the level decided last; -1 before the first; the number of levels is the catch-all.
  level int not null,
  level_reached_at timestamptz,
  -- When the next step falls due; null while a decided level has not been reached.
  due_at timestamptz,
  stopped_at timestamptz,
  stopped_reason text,
  unique (incident_id, number)
) with (fillfactor = 80);
create index escalation_runs_due on escalation_runs (due_at) where status = 'active';
create index escalation_runs_unreached on escalation_runs (started_at) where status = 'active' and due_at is null;
