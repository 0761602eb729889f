-- Every fact, append-only.
create table timeline_events (
  position bigint generated always as identity,
  -- Identity values can commit out of order; a follower reads only what no running transaction can still precede.
  xact xid8 not null default pg_current_xact_id(),
  incident_id text,
  seq int,
  happened_at timestamptz not null,
  recorded_at timestamptz not null,
  actor text not null,
  type text not null,
  -- JSON. Text, not jsonb: it is written far more often than looked into, and parsing it costs the paging path.
  data text not null,
  -- sha256(hash before || this event), per incident: retention and removing the demo stay possible.
  hash bytea,
  primary key (xact, position)
);
create unique index timeline_events_incident on timeline_events (incident_id, seq) where incident_id is not null;

create table timeline_heads (
  incident_id text primary key,
  seq int not null,
  hash bytea not null
);

create table timeline_followers (
  name text primary key,
  xact xid8 not null,
  position bigint not null
);
