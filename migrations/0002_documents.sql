-- Configuration objects, every version of each. What a run or a page used is found again by (kind, name, version).
create table documents_versions (
  kind text not null,
  name text not null,
  version int not null,
  -- Tells an object from a later one of the same name: links and sessions end with the first.
  uid text not null,
  -- JSON; null is a removal.
  spec text,
  current boolean not null,
  changed_at timestamptz not null,
  valid_from timestamptz not null,
  changed_by text not null,
  -- JSON: {"kind":"file","file":…,"line":…} | {"kind":"api"} | {"kind":"demo"}
  origin text not null,
  -- The write it came with: readers load what is newer than what they have.
  generation bigint not null,
  primary key (kind, name, version)
);
create unique index documents_versions_current on documents_versions (kind, name) where current;
create index documents_versions_generation on documents_versions (generation);

create table documents_state (
  one_row boolean primary key default true check (one_row),
  generation bigint not null,
  -- The last write that took versions away for good: who has seen less than this loads everything anew.
  forgotten bigint not null default 0
);
insert into documents_state (generation) values (0);
