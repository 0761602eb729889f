-- The outage of the demo that somebody has asked for: when it began, how fast it goes, how far it was played.
alter table platform_installation add column demo_outage jsonb;
