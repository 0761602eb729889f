-- One row: which installation this database belongs to.
create table platform_installation (
  one_row boolean primary key default true check (one_row),
  -- A database restored elsewhere has another one: followers then start over instead of skipping (see timeline).
  system_identifier text not null,
  -- Fingerprint of the secret key file; a node with another key refuses to start.
  key_fingerprint text not null,
  created_at timestamptz not null,
  -- Whether the first start has offered the demo company, so that it comes once.
  demo_offered_at timestamptz
);

-- What an Idempotency-Key was answered with, for 24 hours.
create table platform_replies (
  caller text not null,
  key text not null,
  fingerprint text not null,
  status int,
  body text,
  created_at timestamptz not null,
  primary key (caller, key)
);
create index on platform_replies (created_at);
