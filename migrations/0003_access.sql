create table access_tokens (
  id text primary key,
  label text not null,
  -- SHA-256 of the token: 256 bits of chance need no slow hash.
  hash bytea not null unique,
  role text not null,
  person text,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);

create table access_sessions (
  hash bytea primary key,
  person text not null,
  person_uid text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  ends_at timestamptz not null
);
create index on access_sessions (ends_at);

-- One-time sign-in links.
create table access_login_links (
  hash bytea primary key,
  person text not null,
  person_uid text not null,
  created_at timestamptz not null,
  ends_at timestamptz not null,
  used_at timestamptz
);
