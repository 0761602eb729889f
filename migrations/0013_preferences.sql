-- How a person wants the browser, and the pages they get, to be. One row a person, as whole as it was last saved.
create table access_preferences (
  person_uid text primary key,
  person text not null,
  -- Null: as the browser has it.
  language text,
  time_zone text,
  theme text not null,
  single_keys boolean not null,
  -- Which key does what, where it is not the usual one: action to key.
  keys jsonb not null,
  saved_at timestamptz not null
);
