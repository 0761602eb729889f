-- Incidents that a person resolved and whose alerts are still being ended: a report counts them as ended already.
create table alerts_endings (
  incident_id text primary key,
  at timestamptz not null
);
create index alerts_open_of_incident on alerts_alerts (incident_id) where status = 'open';
