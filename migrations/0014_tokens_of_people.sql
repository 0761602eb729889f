-- A token made for a person ends with that person: the name alone may come back as somebody else.
alter table access_tokens add column person_uid text;
update access_tokens t set person_uid = v.uid from documents_versions v
  where v.kind = 'Person' and v.name = t.person and v.current and v.spec is not null;
-- Of people who are gone by now.
update access_tokens set revoked_at = now() where person is not null and person_uid is null and revoked_at is null;
