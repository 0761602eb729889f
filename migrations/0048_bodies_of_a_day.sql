-- How many bytes of bodies are kept of an hour: what the quota of a day goes by.
alter table alerts_hours add column bytes bigint not null default 0;
