-- JSON: the alert that made an incident page again; its pages name it.
alter table escalation_runs add column cause text;
-- How bad what is open in an incident is, however many alerts it has.
create index alerts_open_worst on alerts_alerts (incident_id, severity) where status = 'open';
