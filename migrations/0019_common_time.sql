-- One row: the time all nodes share, as a distance to the database's clock. It stays as it is when that clock jumps, and is
-- then made up slowly (src/platform/common-time.ts).
create table platform_clock (
  one_row boolean primary key default true check (one_row),
  -- Counts writes: of two nodes that write at once one has to look again.
  version bigint not null,
  -- The database's clock when a node last found it to go on as it should, and how far our time was ahead of it then.
  database_at timestamptz not null,
  ahead_ms double precision not null,
  node text not null,
  -- The last jump, by our time.
  jumped_at timestamptz,
  jumped_by_ms double precision not null default 0
) with (fillfactor = 50);
