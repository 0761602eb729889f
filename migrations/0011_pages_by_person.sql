-- A person's latest pages: whether their contacts work, and what woke them. Columns that never change, so that moving a page on stays cheap.
create index paging_pages_person on paging_pages (person, queued_at desc);
