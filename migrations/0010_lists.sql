-- Lists are read from their newest end, a page at a time, whatever lies behind it.
create index alerts_open on alerts_alerts (id) where status = 'open';
-- Earlier episodes of a dedup key. An alert enters it only when the next one of its key opens, so a first alert costs nothing here.
create index alerts_earlier on alerts_alerts (identity) where not latest;
-- The unique index on the number serves the whole list, read backwards; what is open has its own.
drop index incidents_listed;
drop index incidents_open;
create index incidents_open on incidents_incidents (number) where open;
