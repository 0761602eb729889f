create table paging_pages (
  -- incident:run:round:level:person:rule, so that deciding the same thing twice queues one page.
  id text primary key,
  incident_id text not null,
  run_id text not null,
  round int not null,
  level int not null,
  person text not null,
  person_version int not null,
  rule int not null,
  contact text not null,
  channel text not null,
  urgency text not null,
  -- JSON: how the person was found, for the why-chain.
  reason text not null,
  -- queued (never tried) | retrying | sending | delivered | gave-up | withdrawn
  status text not null,
  -- Milliseconds after the level is reached.
  after_ms bigint not null,
  queued_at timestamptz not null,
  due_at timestamptz not null,
  attempts int not null default 0,
  first_attempt_at timestamptz,
  first_failed_at timestamptz,
  -- An attempt ended without anybody knowing whether it arrived: the next one says so.
  possibly_duplicate boolean not null default false,
  lease_owner text,
  lease_until timestamptz,
  bundle_id text,
  ended_at timestamptz,
  -- Why it was withdrawn, or the provider's last word.
  ended_reason text
) with (fillfactor = 80);
create index paging_pages_due on paging_pages (due_at) where status in ('queued', 'retrying');
create index paging_pages_leased on paging_pages (lease_until) where status = 'sending';
create index paging_pages_incident on paging_pages (incident_id);

create table paging_attempts (
  page_id text not null,
  attempt int not null,
  began_at timestamptz not null,
  ended_at timestamptz not null,
  -- delivered | try-again | gave-up | unknown
  outcome text not null,
  answer text not null,
  node text not null,
  bundle_id text,
  primary key (page_id, attempt)
);

create table paging_contacts (
  person text not null,
  contact text not null,
  last_message_at timestamptz,
  failing_since timestamptz,
  primary key (person, contact)
);

-- What the drawn phones of the demo and of drills show.
create table paging_screen_messages (
  id bigint generated always as identity primary key,
  person text not null,
  contact text not null,
  shown_at timestamptz not null,
  content text not null
);
create index on paging_screen_messages (person, contact, id);
