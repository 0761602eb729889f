-- How many bytes the new alerts of an hour take up, with what follows them: what the quota of a day goes by.
alter table alerts_hours add column alert_bytes bigint not null default 0;
