-- Whether somebody has an incident, apart from how far the work is. Pages go by it.
alter table incidents_incidents add column held boolean not null default false;

-- An older version that runs beside this one writes the status alone: what it takes is held, what it lets go of or ends is not.
create function incidents_held() returns trigger language plpgsql as $$
begin
  new.held := new.status = 'acknowledged';
  return new;
end $$;
create trigger incidents_held before update on incidents_incidents for each row
  when (new.status in ('detected', 'acknowledged', 'resolved') and new.held <> (new.status = 'acknowledged')) execute function incidents_held();
