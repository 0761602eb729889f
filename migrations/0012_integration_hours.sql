-- What came in by each way, hour by hour: kept beside the inbox, so that "how many, and when the last" needs no look into it.
create table alerts_hours (
  integration text not null,
  hour timestamptz not null,
  events int not null,
  -- Of those: answered with a no; taken, though something in them could not be used.
  refused int not null,
  unparsed int not null,
  last_at timestamptz not null,
  -- JSON array, newest first: where the last few stand in the inbox, each as [position, index].
  recent jsonb not null,
  primary key (integration, hour)
);
create index on alerts_hours (hour);
create index on alerts_unparsed (integration, id desc);
-- Which incidents were open within the last hour: those that are, and those that ended in it.
create index incidents_resolved on incidents_incidents (resolved_at) where not open;
