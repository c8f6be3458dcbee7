const dayMs = 86_400_000;
/** Has something to do; as the partial indexes say it. */
const pending = 'seq > done_seq and dead_at is null';
/** Nobody holds it. */
const free = '(lease_until is null or lease_until <= :clock)';

/** Named parameters are the properties of the objects passed in; one place for all the SQL of the embedded store. */
export const sqliteStatements = {
  insertDelivery: `
    insert into delivery (id, source, event, ignored_because, body_hash, correlation_id, received_at)
    values (:id, :source, :event, :ignoredBecause, :bodyHash, :correlationId, :receivedAt)
    on conflict do nothing`,
  // A request ends neither a pause after a failure nor a lease, unless a person waits for it; it does wake a dead job. One that comes
  // during a run begins the next one, which is to be known by it.
  enqueue: `
    insert into job
      (key, seq, done_seq, due_at, waiting_since, attempts, correlation_id, triggered_by, delivered_at, delivered_count)
    values (:key, 1, 0, :due, :at, 0, :correlationId, :trigger, :deliveredAt, :deliveredAt is not null)
    on conflict (key) do update set
      waiting_since = case when seq = done_seq then excluded.waiting_since else waiting_since end,
      due_at = case when seq = done_seq or dead_at is not null or :urgent = 1 then excluded.due_at
        when attempts = 0 then min(due_at, excluded.due_at) else due_at end,
      attempts = case when dead_at is not null or :urgent = 1 then 0 else attempts end,
      correlation_id = case when seq = done_seq or lease_token is not null then excluded.correlation_id else correlation_id end,
      triggered_by = case when seq = done_seq or lease_token is not null then excluded.triggered_by else triggered_by end,
      dead_at = null,
      delivered_at = coalesce(excluded.delivered_at, delivered_at),
      delivered_count = case when excluded.delivered_at / ${dayMs} = delivered_at / ${dayMs} then delivered_count + 1
        when excluded.delivered_at is not null then 1 else delivered_count end,
      seq = seq + 1`,
  // One index each, so that no paused job is walked over: what is due; what waits since a moment that is still to come (the clock was
  // put back, and a pause that ends by the old one means nothing); what is paused until a time that has passed by the clock that never
  // jumps.
  claim: `
    update job set lease_token = :token, lease_until = :until
    where key = coalesce(
      (select key from job where ${pending} and due_at <= :now and ${free} order by due_at limit 1),
      (select key from job where ${pending} and waiting_since > :now and ${free} order by waiting_since limit 1),
      (select key from job where ${pending} and pause_until <= :clock and ${free} order by pause_until limit 1))
    returning key, seq, attempts, correlation_id, triggered_by, due_at, waiting_since,
      case when attempts > 0 then error_code end as failed_with, failed_connection as failed_at`,
  renew: `update job set lease_until = :until where key = :key and lease_token = :token`,
  giveBackExcept: `
    update job set lease_token = null, lease_until = null
    where lease_token is not null and lease_token not in (select value from json_each(:held))`,
  // Only an urgent request moves the date of a job that runs: to now, or to the later time that it names.
  complete: `
    update job set done_seq = :seq, attempts = 0, error_code = null, failed_connection = null, error_message = null, lease_token = null,
      lease_until = null, pause_until = null, due_at = case when seq = :seq then :now when due_at = :due then :now + :rest else max(due_at, :now) end, waiting_since = :now
    where key = :key and lease_token = :token`,
  // A request that came while the run was failing keeps the retry date: it would most likely fail in the same way.
  fail: `
    update job set attempts = attempts + 1, error_code = :code, failed_connection = :connectionId, error_message = :message, lease_token = null, lease_until = null,
      due_at = coalesce(:retryAt, due_at), pause_until = :clock + max(:retryAt - :now, 0), waiting_since = min(waiting_since, :now),
      dead_at = case when :retryAt is null then :now end
    where key = :key and lease_token = :token`,
  failing: `
    select coalesce(error_code, '') as code, failed_connection as connection, sum(dead_at is null) as retrying, sum(dead_at is not null) as dead,
      min(case when dead_at is null then waiting_since end) as since
    from job where attempts > 0 and seq > done_seq group by 1, 2`,
  // A negative limit is none. Only with all of them those that were given up are begun again.
  hasten: `
    update job set due_at = :now, pause_until = null, dead_at = null
    where key in (
      select job.key from json_each(:failures) as kind cross join job
      where attempts > 0 and seq > done_seq
        and error_code = kind.value ->> 'code' and failed_connection is kind.value ->> 'connectionId'
        and (dead_at is not null or due_at > :now) and (dead_at is null or :most < 0)
        and (lease_until is null or lease_until <= :clock)
      order by due_at limit :most)`,
  deadLetters: `
    select key, error_code, error_message, attempts, dead_at from job where dead_at is not null order by dead_at limit :limit`,
  deliveryOf: `
    select id, event, body_hash from delivery
    where correlation_id = :correlationId and ignored_because is null order by received_at desc limit 1`,
  countDeliveries: `
    select delivered_count as n from job where key = :key and delivered_at / ${dayMs} = cast(:at as integer) / ${dayMs}`,
  // The plus keeps SQLite from the primary key, in whose order it would walk over every job there is.
  recentKeys: `
    select key from job where delivered_at >= :since and +key >= :prefix and +key < :end order by +key`,
  deliveredKeys: `select key from job where delivered_at >= :since order by +key`,
  readCursor: `select value from mark where name = :name`,
  writeCursor: `
    insert into mark (name, value) values (:name, :value) on conflict (name) do update set value = excluded.value`,
  dropCursors: `delete from mark where name >= :prefix and name < :end and value < :before`,
  jobs: `
    select key, seq, done_seq, attempts, error_message, dead_at, due_at, coalesce(lease_until > :clock, 0) as running from job
    where key in (select value from json_each(:keys))`,
  count: `insert into counter (name, value) values (:name, 1) on conflict (name) do update set value = value + 1`,
  counters: `select name, value from counter`,
  jobStatistics: `
    select
      (select count(*) from job where ${pending}) as pending,
      (select count(*) from job where lease_token is not null and lease_until > :clock) as running,
      (select count(*) from job where dead_at is not null) as dead,
      (select min(due_at) from job where ${pending} and due_at <= :now) as oldest`,
  lease: `
    insert into lease (name, holder, until) values (:name, :holder, :until)
    on conflict (name) do update set holder = excluded.holder, until = excluded.until
    where lease.holder = excluded.holder or lease.until <= :clock`,
  prune: `
    delete from delivery
    where rowid in (select rowid from delivery where received_at < :before order by received_at limit :most)`,
  pruneJobs: `
    delete from job
    where key in (
      select key from job where seq = done_seq and lease_token is null and due_at < :before order by due_at limit :most)`,
  clearLeases: `update job set lease_token = null, lease_until = null where lease_token is not null; delete from lease`,
} as const;
