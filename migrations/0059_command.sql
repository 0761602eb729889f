-- What a person has made of an incident by declaring it. Whatever else is so of it stands in incidents_incidents, which stays narrow:
-- of its level and of where it belongs that table says what lists show.
alter table incidents_incidents
  add column level text,
  add column severity_scheme_version int not null default 0,
  -- By number, as people name them.
  add column merged_into bigint,
  add column parent bigint;
create index incidents_merged on incidents_incidents (merged_into) where merged_into is not null;
create index incidents_parent on incidents_incidents (parent) where parent is not null;

-- Groups of alerts that an open incident owns beside its own: those of alerts that were linked to it and of incidents merged into it.
create table incidents_groups (
  service text not null,
  group_key text not null,
  incident_id text not null,
  -- The incident it was taken over from, which gets it back when it is taken out again.
  taken_from text,
  primary key (service, group_key)
);
create index incidents_groups_owner on incidents_groups (incident_id);

create table command_incidents (
  incident_id text primary key,
  facts text,
  source text,
  cause text,
  resolution text,
  data_loss text,
  impact text,
  fields text,
  moments text not null,
  -- When the status last changed, as it happened; and since when somebody, or nobody, has it.
  status_at timestamptz not null,
  held_since timestamptz not null,
  monitoring_until timestamptz,
  ask_at timestamptz,
  review text,
  last_person_at timestamptz not null,
  pace int not null default 1,
  room text not null
);

-- Who has which role. What several people may have is several rows.
create table command_roles (
  incident_id text not null,
  role text not null,
  person text not null,
  accepted_at timestamptz,
  since timestamptz not null,
  primary key (incident_id, role, person)
);
create table command_offers (
  incident_id text not null,
  role text not null,
  offered_to text not null,
  offered_by text not null,
  brief text not null,
  offered_at timestamptz not null,
  primary key (incident_id, role)
);
create index command_offers_lapse on command_offers (offered_at);

create table command_responders (
  id text primary key,
  incident_id text not null,
  target text not null,
  message text,
  asked_by text not null,
  asked_at timestamptz not null,
  joined_by text,
  joined_at timestamptz,
  released_at timestamptz
);
create index command_responders_incident on command_responders (incident_id);

-- Tasks end with the incident, follow-ups outlive it.
create table command_tasks (
  id text primary key,
  incident_id text not null,
  kind text not null,
  number int not null,
  text text not null,
  person text,
  due_at timestamptz,
  hands_on boolean not null default false,
  temporary boolean not null default false,
  state text not null,
  reason text,
  made_by text not null,
  made_at timestamptz not null,
  ended_at timestamptz
);
create index command_tasks_incident on command_tasks (incident_id);
create index command_tasks_open on command_tasks (person) where state = 'open';

create table command_polls (
  id text primary key,
  incident_id text not null,
  text text not null,
  made_by text not null,
  opened_at timestamptz not null,
  until_at timestamptz not null,
  objections text not null,
  ended_at timestamptz
);
create index command_polls_incident on command_polls (incident_id);
create index command_polls_due on command_polls (until_at) where ended_at is null;

-- A person's word on a check, the last one.
create table command_checks (
  incident_id text not null,
  list text not null,
  item text not null,
  state text not null,
  said_by text not null,
  said_at timestamptz not null,
  evidence text not null,
  primary key (incident_id, list, item)
);

create table command_updates (
  id text primary key,
  incident_id text not null,
  audience text not null,
  text text not null,
  next_by timestamptz,
  posted_by text not null,
  posted_at timestamptz not null
);
create index command_updates_incident on command_updates (incident_id, posted_at);

create table command_links (
  id text primary key,
  incident_id text not null,
  kind text not null,
  link text not null,
  title text,
  made_by text not null,
  made_at timestamptz not null
);
create index command_links_incident on command_links (incident_id);

-- Reminders are a function of the facts: a row for each that is wanted, and what was said by it.
create table command_reminders (
  id text primary key,
  incident_id text not null,
  rule text not null,
  subject text not null,
  since timestamptz not null,
  due_at timestamptz,
  promised_at timestamptz,
  snoozed_until timestamptz,
  snoozes int not null default 0,
  sent int not null default 0,
  how text not null,
  then_ms text not null,
  times_max int,
  stopped_because text,
  unique (incident_id, rule, subject)
);
create index command_reminders_due on command_reminders (due_at) where due_at is not null;

-- What somebody is told that is no page.
create table command_notices (
  id text primary key,
  person text not null,
  incident_id text not null,
  what text not null,
  at timestamptz not null,
  read_at timestamptz,
  mail_due_at timestamptz
);
create index command_notices_person on command_notices (person, at);
create index command_notices_mail on command_notices (mail_due_at) where mail_due_at is not null;
create index command_notices_incident on command_notices (incident_id);

create or replace function demo_past_tables() returns text[] language sql immutable as $$
  select array['documents_versions', 'documents_state', 'timeline_events', 'timeline_heads', 'paging_pages', 'paging_attempts',
    'paging_contacts', 'paging_screen_messages', 'escalation_runs', 'incidents_incidents', 'incidents_used_links', 'alerts_inbox',
    'alerts_alerts', 'alerts_links', 'alerts_unparsed', 'alerts_hours', 'alerts_endings', 'incidents_groups', 'command_incidents',
    'command_roles', 'command_offers', 'command_responders', 'command_tasks', 'command_polls', 'command_checks', 'command_updates',
    'command_links', 'command_reminders', 'command_notices'] $$;
