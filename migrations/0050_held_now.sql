-- Those that somebody has at this moment: open ones only, by id as everybody locks them. The step before keeps all others right.
with taken as materialized (select id from incidents_incidents where open and status = 'acknowledged' order by id for update)
update incidents_incidents set held = true where id in (select id from taken);
