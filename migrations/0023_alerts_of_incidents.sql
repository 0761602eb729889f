-- How many alerts have joined: told by every page, counted when they join.
alter table incidents_incidents add column alerts int not null default 0;
update incidents_incidents i set alerts = a.count from (select incident_id, count(*) from alerts_alerts where incident_id is not null group by 1) a where i.id = a.incident_id;
