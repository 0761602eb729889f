-- Whether the page of the first steps was put away, and how far the demo's day has been played.
alter table platform_installation
  add column first_steps_hidden_at timestamptz,
  add column demo_began_at timestamptz,
  add column demo_played_until timestamptz;

-- The demo's past is played beside what is real, by a clock of its own, and put in place when it is whole: in tables that
-- look the same, in a schema that stands first on the path of whoever plays. Numbers are taken from the real sequences.
create function demo_past_tables() returns text[] language sql immutable as $$
  select array['documents_versions', 'documents_state', 'timeline_events', 'timeline_heads', 'paging_pages', 'paging_attempts',
    'paging_contacts', 'paging_screen_messages', 'escalation_runs', 'incidents_incidents', 'incidents_used_links', 'alerts_inbox',
    'alerts_alerts', 'alerts_links', 'alerts_unparsed', 'alerts_hours', 'alerts_endings'] $$;

-- Answers the schema to play in.
create function demo_past_begin() returns text language plpgsql as $$
declare
  real text := current_schema();
  past text := current_schema() || '_past';
  t text;
  c text;
begin
  execute format('drop schema if exists %I cascade', past);
  execute format('create schema %I', past);
  foreach t in array demo_past_tables() loop
    execute format('create table %I.%I (like %I.%I including all excluding identity)', past, t, real, t);
    for c in select column_name from information_schema.columns where table_schema = real and table_name = t and is_identity = 'YES' loop
      execute format('alter table %I.%I alter column %I set default nextval(%L)', past, t, c, pg_get_serial_sequence(format('%I.%I', real, t), c));
    end loop;
  end loop;
  foreach t in array array['documents_versions', 'documents_state'] loop
    execute format('insert into %I.%I select * from %I.%I', past, t, real, t);
  end loop;
  return past;
end $$;

-- Puts what was played in its place. Whoever calls holds the configuration, and has seen that no name is taken.
create function demo_past_end() returns void language plpgsql as $$
declare
  real text := current_schema();
  past text := current_schema() || '_past';
  next bigint;
  t text;
begin
  execute format('update %I.documents_state set generation = generation + 1 returning generation', real) into next;
  execute format('update %I.documents_versions set generation = %s', past, next);
  execute format('insert into %1$I.documents_versions select p.* from %2$I.documents_versions p where not exists (
    select 1 from %1$I.documents_versions r where r.kind = p.kind and r.name = p.name and r.version = p.version)', real, past);
  foreach t in array demo_past_tables() loop
    if t not like 'documents%' then
      execute format('insert into %I.%I overriding system value select * from %I.%I', real, t, past, t);
    end if;
  end loop;
  execute format('drop schema %I cascade', past);
end $$;

-- What was begun and not put in place.
create function demo_past_drop() returns void language plpgsql as $$
begin
  execute format('drop schema if exists %I cascade', current_schema() || '_past');
end $$;
