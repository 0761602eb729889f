create sequence incidents_number;

create table incidents_incidents (
  id text primary key,
  number bigint not null unique,
  title text not null,
  summary text,
  -- detected | acknowledged | resolved
  status text not null,
  open boolean not null,
  severity smallint not null,
  severity_scheme text not null,
  -- Once a person has set it, alerts no longer move it.
  severity_by_person boolean not null default false,
  urgency text not null,
  service text,
  service_version int,
  policy text,
  group_key text,
  -- JSON: the labels and values it is grouped by.
  grouping text,
  kind text not null,
  -- alert | person | drill
  origin text not null,
  visibility text not null,
  demo boolean not null default false,
  auto_resolve boolean not null,
  impact_started_at timestamptz,
  detected_at timestamptz not null,
  declared_at timestamptz,
  declared_by text,
  acknowledged_at timestamptz,
  acknowledged_by text,
  -- When an acknowledgement lapses, where the service asks for it.
  ack_timeout_at timestamptz,
  resolved_at timestamptz,
  resolved_by text,
  updated_at timestamptz not null
) with (fillfactor = 80);
create unique index incidents_open_group on incidents_incidents (service, group_key) where open and group_key is not null;
create index incidents_listed on incidents_incidents (number desc);
create index incidents_open on incidents_incidents (severity, number desc) where open;
create index incidents_ack_timeout on incidents_incidents (ack_timeout_at) where ack_timeout_at is not null;
