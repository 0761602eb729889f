-- Who may see a private incident, beside nobody else: people, and everybody in a team. Public ones have none.
create table incidents_members (
  incident_id text not null,
  -- person | team
  kind text not null,
  name text not null,
  -- declaring | page | role | hand | glass
  how text not null,
  by_actor text not null,
  at timestamptz not null,
  primary key (incident_id, kind, name)
);
create index incidents_members_of on incidents_members (kind, name, incident_id);
-- What lists leave out is looked up here, however many are public.
create index incidents_private on incidents_incidents (id) where visibility = 'private';
-- The demo's past may hold some as well.
create or replace function demo_past_tables() returns text[] language sql immutable as $$
  select array['documents_versions', 'documents_state', 'timeline_events', 'timeline_heads', 'paging_pages', 'paging_attempts',
    'paging_contacts', 'paging_screen_messages', 'escalation_runs', 'incidents_incidents', 'incidents_used_links', 'alerts_inbox',
    'alerts_alerts', 'alerts_links', 'alerts_unparsed', 'alerts_hours', 'alerts_endings', 'incidents_groups', 'incidents_members',
    'command_incidents', 'command_roles', 'command_offers', 'command_responders', 'command_tasks', 'command_polls', 'command_checks',
    'command_updates', 'command_links', 'command_reminders', 'command_notices'] $$;
