-- Files on incidents, in pieces, so that neither side ever holds a whole one. They go with their incident.
create table attachments_files (
  -- att_…
  id text primary key,
  incident_id text not null,
  name text not null,
  added_by text not null,
  added_at timestamptz not null,
  -- Null while it is being sent; what is not whole after an hour is let go of.
  bytes bigint,
  sha256 bytea,
  -- Of its fact on the timeline.
  seq int,
  -- Its pieces are gone; that it was there stays.
  removed_at timestamptz
);
create index attachments_files_incident on attachments_files (incident_id, id);
create index attachments_files_unfinished on attachments_files (added_at) where bytes is null;

create table attachments_pieces (
  file_id text not null,
  n int not null,
  data bytea not null,
  primary key (file_id, n)
);
-- Compressed they are already, or not worth it.
alter table attachments_pieces alter column data set storage external;

-- How much there is of all of them together, against the quota.
create table attachments_total (bytes bigint not null);
insert into attachments_total values (0);
