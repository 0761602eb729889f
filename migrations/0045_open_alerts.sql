-- The list of what is open is read by this index, and says so in its words. Open alerts of one incident have an index of their own, and must not be
-- looked for among all that are open, which a plan made while everything was open would do.
drop index alerts_open;
create index alerts_open on alerts_alerts (id) where status || '' = 'open';
