-- In a storm what is urgent leaves first, and of that what is freshest.
drop index paging_pages_due;
create index paging_pages_urgent on paging_pages (urgency, due_at, id) where status = 'queued';
create index paging_pages_again on paging_pages (due_at, id) where status = 'retrying';
