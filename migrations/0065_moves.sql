-- Alerts that go to another incident with the one they are in, or back, behind the act itself: there may be tens of thousands.
create table alerts_moves (
  from_incident text not null,
  to_incident text not null,
  -- Only those that came from there.
  back boolean not null,
  at timestamptz not null,
  actor text not null,
  primary key (from_incident, to_incident)
);
-- Whose alerts have gone elsewhere: a row for each that has.
create index alerts_links_incident on alerts_links (incident_id, alert_id);
