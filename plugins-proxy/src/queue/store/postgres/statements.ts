const dayMs = 86_400_000;

// A request that comes during a run begins the next one, which is to be known by it.
const enqueueColumns = `
  on conflict (key) do update set
    waiting_since = case when j.seq = j.done_seq then excluded.waiting_since else j.waiting_since end,
    due_at = case when j.seq = j.done_seq or j.dead_at is not null or URGENT then excluded.due_at
      when j.attempts = 0 then least(j.due_at, excluded.due_at) else j.due_at end,
    attempts = case when j.dead_at is not null or URGENT then 0 else j.attempts end,
    correlation_id = case when j.seq = j.done_seq or j.lease_token is not null then excluded.correlation_id else j.correlation_id end,
    triggered_by = case when j.seq = j.done_seq or j.lease_token is not null then excluded.triggered_by else j.triggered_by end,
    dead_at = null,
    delivered_at = greatest(excluded.delivered_at, j.delivered_at),
    delivered_count = case when excluded.delivered_at / ${dayMs} = j.delivered_at / ${dayMs}
        then j.delivered_count + excluded.delivered_count
      when excluded.delivered_at > coalesce(j.delivered_at, 0) then excluded.delivered_count else j.delivered_count end,
    seq = j.seq + excluded.seq`;

/** Now by the clock that all replicas share, in milliseconds since 1970: what leases and pauses are measured by. */
const clock = '(extract(epoch from clock_timestamp()) * 1000)::bigint';

/** The same, once a statement: an index is read up to it. */
const now = '(extract(epoch from statement_timestamp()) * 1000)::bigint';
/** Has something to do; as the partial indexes say it. */
const pending = 'seq > done_seq and dead_at is null';
/** Nobody holds it. */
const free = `(lease_until is null or lease_until <= ${clock})`;

/** All the SQL of the PostgreSQL store. One statement = one transaction, so nothing here opens one by hand. */
export const postgresStatements = {
  // Deliveries of different ids, their keys and the requests in one statement. Everything is written in the order of its key, so that
  // the statements of two replicas never wait for each other in a circle.
  receive: `
    with given as (
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[])
    ), stored as (
      insert into crmjira.delivery (id, source, event, ignored_because, body_hash, correlation_id, received_at)
      select * from given order by 1 on conflict do nothing returning id, correlation_id, received_at, ignored_because
    ), wanted as (
      select stored.id, key, stored.correlation_id, stored.received_at, stored.received_at + delay as due_at
      from unnest($8::text[], $9::text[], $10::bigint[]) as of_delivery (id, key, delay) join stored using (id)
    ), counted as (
      insert into crmjira.counter as c (name, value)
      select name, count(*) from (
        select case when ignored_because is null then $11 else $12 end as name from stored) as of_delivery
      group by name order by name
      on conflict (name) do update set value = c.value + excluded.value
    ), touched as (
      insert into crmjira.job as j
        (key, seq, done_seq, due_at, waiting_since, attempts, correlation_id, delivered_at, delivered_count)
      select key, count(*), 0, min(due_at), min(received_at), 0, (array_agg(correlation_id order by received_at))[1],
        max(received_at), count(*)
      from wanted group by key order by key
      ${enqueueColumns.replaceAll('URGENT', 'false')}
    )
    select id from stored`,
  enqueue: `
    insert into crmjira.job as j (key, seq, done_seq, due_at, waiting_since, attempts, correlation_id, triggered_by)
    values ($1, 1, 0, $2::bigint + $5::bigint, $2, 0, $3, $6)
    ${enqueueColumns.replaceAll('URGENT', '$4::boolean')}`,
  // One index each, so that no paused job is walked over: what is due; what waits since a moment that is still to come (the clock was
  // put back, and a pause that ends by the old one means nothing); what is paused until a time that has passed by the shared clock,
  // also where the clock of who failed was ahead.
  claim: `
    update crmjira.job set lease_token = $1, lease_until = ${clock} + $3::bigint
    where key = coalesce(
      (select key from crmjira.job where ${pending} and due_at <= $2 and ${free} order by due_at limit 1 for update skip locked),
      (select key from crmjira.job
        where ${pending} and waiting_since > $2 and ${free} order by waiting_since limit 1 for update skip locked),
      (select key from crmjira.job
        where ${pending} and pause_until <= ${now} and ${free} order by pause_until limit 1 for update skip locked))
    returning key, seq::float8 as seq, attempts, correlation_id, triggered_by, due_at::float8 as due_at, waiting_since::float8 as waiting_since,
      case when attempts > 0 then error_code end as failed_with, failed_connection as failed_at`,
  renew: `update crmjira.job set lease_until = ${clock} + $3::bigint where key = $1 and lease_token = $2`,
  giveBackExcept: `
    update crmjira.job set lease_token = null, lease_until = null
    where starts_with(lease_token, $1) and lease_token <> all($2::text[])`,
  // Only an urgent request moves the date of a job that runs: to now, or to the later time that it names.
  complete: `
    update crmjira.job set done_seq = $3, attempts = 0, error_code = null, failed_connection = null, error_message = null, lease_token = null,
      lease_until = null, pause_until = null, due_at = case when seq = $3 then $4 when due_at = $5 then $4::bigint + $6::bigint else greatest(due_at, $4::bigint) end, waiting_since = $4
    where key = $1 and lease_token = $2`,
  fail: `
    update crmjira.job set attempts = attempts + 1, error_code = $3, failed_connection = $7, error_message = $4, lease_token = null, lease_until = null,
      due_at = coalesce($5::bigint, due_at), pause_until = ${clock} + greatest($5::bigint - $6::bigint, 0),
      waiting_since = least(waiting_since, $6::bigint), dead_at = case when $5::bigint is null then $6::bigint end
    where key = $1 and lease_token = $2`,
  failing: `
    select coalesce(error_code, '') as code, failed_connection as connection, count(*) filter (where dead_at is null)::int as retrying,
      count(dead_at)::int as dead, (min(waiting_since) filter (where dead_at is null))::float8 as since
    from crmjira.job where attempts > 0 and seq > done_seq group by 1, 2`,
  // No limit is null. Only with all of them those that were given up are begun again.
  hasten: `
    update crmjira.job set due_at = $2, pause_until = null, dead_at = null
    where key in (
      select failed.key from jsonb_to_recordset($1::jsonb) as kind (code text, "connectionId" text)
      join crmjira.job as failed on error_code = kind.code and failed_connection is not distinct from kind."connectionId"
      where attempts > 0 and seq > done_seq
        and (dead_at is not null or due_at > $2) and (dead_at is null or $3::int is null)
        and (lease_until is null or lease_until <= ${clock})
      order by due_at limit $3::int for update of failed skip locked)`,
  deadLetters: `
    select key, error_code, error_message, attempts, dead_at::float8 as dead_at
    from crmjira.job where dead_at is not null order by dead_at limit $1`,
  deliveryOf: `
    select id, event, body_hash from crmjira.delivery
    where correlation_id = $1 and ignored_because is null order by received_at desc limit 1`,
  countDeliveries: `
    select delivered_count::int as n from crmjira.job where key = $1 and delivered_at / ${dayMs} = $2::bigint / ${dayMs}`,
  // "C": the range must go by code points, whatever the database's language.
  recentKeys: `
    select key from crmjira.job
    where delivered_at >= $3 and key collate "C" >= $1 and key collate "C" < $2 order by key`,
  deliveredKeys: `select key from crmjira.job where delivered_at >= $1 order by key`,
  readCursor: `select value from crmjira.mark where name = $1`,
  writeCursor: `
    insert into crmjira.mark (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value`,
  dropCursors: `
    delete from crmjira.mark
    where name collate "C" >= $1 and name collate "C" < $2 and value collate "C" < $3`,
  jobs: `
    select key, seq::float8 as seq, done_seq::float8 as done_seq, attempts, error_message, dead_at::float8 as dead_at,
      due_at::float8 as due_at, coalesce(lease_until > ${clock}, false)::int as running
    from crmjira.job where key = any($1::text[])`,
  count: `
    insert into crmjira.counter as c (name, value) values ($1, 1) on conflict (name) do update set value = c.value + 1`,
  counters: `select name, value::float8 as value from crmjira.counter`,
  jobStatistics: `
    select
      (select count(*)::int from crmjira.job where ${pending}) as pending,
      (select count(*)::int from crmjira.job where lease_token is not null and lease_until > ${now}) as running,
      (select count(*)::int from crmjira.job where dead_at is not null) as dead,
      (select min(due_at)::float8 from crmjira.job where ${pending} and due_at <= $1) as oldest`,
  lease: `
    insert into crmjira.lease as l (name, holder, until) values ($1, $2, ${clock} + $3::bigint)
    on conflict (name) do update set holder = excluded.holder, until = ${clock} + $3::bigint
    where l.holder = excluded.holder or l.until <= ${clock}`,
  prune: `
    delete from crmjira.delivery
    where ctid = any(array(select ctid from crmjira.delivery where received_at < $1 order by received_at limit $2))`,
  // Its row is locked first: one that is enqueued meanwhile has something to do again.
  pruneJobs: `
    delete from crmjira.job
    where key in (
      select key from crmjira.job where seq = done_seq and lease_token is null and due_at < $1
      order by due_at limit $2 for update skip locked)`,
} as const;
