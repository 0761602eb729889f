-- How an entry is sealed: 1 over its data, 2 over its moment of recording too and the digest of its data, so that data can go and the
-- chain stay whole. What an older version writes beside this one is 1; chains hold both.
alter table timeline_events add column v smallint not null default 1;
-- The digest of data that has gone; null while the data is there.
alter table timeline_events add column digest bytea;
alter table timeline_events alter column data drop not null;
