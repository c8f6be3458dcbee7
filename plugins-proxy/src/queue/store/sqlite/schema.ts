/**
 * The store as its first version made it; what came later is a migration. Times are milliseconds since 1970. `seq` counts requests,
 * `done_seq` the last request a finished run has seen.
 */
export const sqliteSchema = `
create table if not exists delivery (
  id text primary key,
  source text not null,
  event text not null,
  ignored_because text,
  body_hash text not null,
  correlation_id text not null,
  received_at integer not null
) strict;
create index if not exists delivery_received_at on delivery (received_at);
create index if not exists delivery_correlation_id on delivery (correlation_id);
create table if not exists delivery_key (
  delivery_id text not null references delivery (id) on delete cascade,
  key text not null,
  received_at integer not null,
  primary key (key, delivery_id)
) strict, without rowid;
create index if not exists delivery_key_delivery on delivery_key (delivery_id);
create table if not exists job (
  key text primary key,
  seq integer not null,
  done_seq integer not null,
  due_at integer not null,
  waiting_since integer not null,
  attempts integer not null,
  correlation_id text not null,
  lease_token text,
  lease_until integer,
  error_code text,
  error_message text,
  dead_at integer,
  pause_until integer
) strict;
create index if not exists job_due on job (due_at) where seq > done_seq and dead_at is null;
create table if not exists mark (name text primary key, value text not null) strict;
create table if not exists counter (name text primary key, value integer not null) strict;
create table if not exists lease (name text primary key, holder text not null, until integer not null) strict;
`;
