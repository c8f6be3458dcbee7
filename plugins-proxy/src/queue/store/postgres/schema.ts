/** Same tables as the embedded store, in a schema of their own, as the first version made them; what came later is a migration. */
export const postgresSchema = `
create table if not exists crmjira.delivery (
  id text primary key,
  source text not null,
  event text not null,
  ignored_because text,
  body_hash text not null,
  correlation_id text not null,
  received_at bigint not null
);
create index if not exists delivery_received_at on crmjira.delivery (received_at);
create index if not exists delivery_correlation_id on crmjira.delivery (correlation_id);
create table if not exists crmjira.delivery_key (
  delivery_id text not null references crmjira.delivery (id) on delete cascade,
  key text not null,
  received_at bigint not null,
  primary key (key, delivery_id)
);
create index if not exists delivery_key_delivery on crmjira.delivery_key (delivery_id);
create table if not exists crmjira.job (
  key text primary key,
  seq bigint not null,
  done_seq bigint not null,
  due_at bigint not null,
  waiting_since bigint not null,
  attempts integer not null,
  correlation_id text not null,
  lease_token text,
  lease_until bigint,
  error_code text,
  error_message text,
  dead_at bigint
);
alter table crmjira.job add column if not exists pause_until bigint;
create index if not exists job_due on crmjira.job (due_at) where seq > done_seq and dead_at is null;
create table if not exists crmjira.mark (name text primary key, value text not null);
create table if not exists crmjira.counter (name text primary key, value bigint not null);
create table if not exists crmjira.lease (name text primary key, holder text not null, until bigint not null);
`;
