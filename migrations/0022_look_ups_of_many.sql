-- The alerts of an incident, open ones apart and newest first: an incident may have tens of thousands.
drop index alerts_incident;
create index alerts_incident on alerts_alerts (incident_id, status, id);
-- What waits for a contact: a storm to many must not be read for the few that share a message.
create index paging_pages_waiting on paging_pages (person, contact, due_at, id) where status = 'queued';
create index paging_pages_bundle on paging_pages (bundle_id) where bundle_id is not null;
-- What a person's phones have shown, whichever of them.
drop index paging_screen_messages_person_contact_id_idx;
create index on paging_screen_messages (person, id);
create index incidents_demo on incidents_incidents (id) where demo;
create index incidents_used_links_incident on incidents_used_links (incident_id);
-- Tokens that work, those of a person, and who has ever signed in.
create index access_tokens_listed on access_tokens (created_at) where revoked_at is null;
create index access_tokens_person on access_tokens (person) where person is not null;
create index access_sessions_person on access_sessions (person);
create index access_login_links_person on access_login_links (person);
create index access_login_links_used on access_login_links (person_uid) where used_at is not null;
create index access_login_links_unused on access_login_links (ends_at) where used_at is null;
