-- One row: where this installation's data was when it was last at work, by signs that a copy does not carry along, and whether
-- it is paused because it found itself elsewhere.
create table platform_whereabouts (
  one_row boolean primary key default true check (one_row),
  installation text not null,
  -- The signs, as JSON; null until they are first noted.
  seen text,
  -- The transaction that wrote this row. A dump that is restored writes it anew, by another: xmin then differs.
  written_by xid8 not null,
  written_at timestamptz not null,
  paused_at timestamptz,
  paused_because text,
  -- When the admins were told by mail.
  told_at timestamptz
) with (fillfactor = 50);
