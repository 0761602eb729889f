-- What falls due in one moment is taken in the order of ids: with the id in the index a storm need not be sorted for each lease.
drop index paging_pages_due;
create index paging_pages_due on paging_pages (status, due_at, id) where status in ('queued', 'retrying');
drop index escalation_runs_due;
create index escalation_runs_due on escalation_runs (due_at, id) where status = 'active';

-- A group is looked up by what no other index speaks of, so that no plan ever reads every open incident for it.
drop index incidents_open_group;
create unique index incidents_open_group on incidents_incidents (service, group_key) where resolved_at is null and group_key is not null;
