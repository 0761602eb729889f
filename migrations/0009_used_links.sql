-- Action links that act once (escalate): which have acted, and when. Kept as long as a link lives.
create table incidents_used_links (
  -- SHA-256 of the link's token.
  hash bytea primary key,
  incident_id text not null,
  used_at timestamptz not null
);
create index on incidents_used_links (used_at);
