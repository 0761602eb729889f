-- What is over is found by when it ended, however much there is.
create index access_login_links_ended on access_login_links (ends_at);
create index access_tokens_revoked on access_tokens (revoked_at) where revoked_at is not null;

-- One day at a time, and only days that are worked off: each waits for a lock that must not be waited for long.
create or replace function alerts_inbox_drop_before(day date) returns int language plpgsql as $$
declare
  partition text;
  undone boolean;
begin
  for partition in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'alerts_inbox'::regclass and c.relname ~ '^alerts_inbox_\d{8}$' and c.relname < 'alerts_inbox_' || to_char(day, 'YYYYMMDD')
    order by c.relname
  loop
    execute format('select exists (select 1 from %I where done_at is null)', partition) into undone;
    continue when undone;
    execute format('drop table %I', partition);
    return 1;
  end loop;
  return 0;
end $$;
