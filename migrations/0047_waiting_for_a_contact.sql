-- What waits for one contact is found by its own index, which the statement asks for in its words, and not among all that waits; no other statement is to walk it.
drop index paging_pages_waiting;
create index paging_pages_waiting on paging_pages (person, contact, due_at, id) where '' || status = 'queued';
