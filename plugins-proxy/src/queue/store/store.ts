/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Millis = number;

/** What began a run: something that names its record, or the daily sync, which compares everything. */
export const triggers = ['event', 'daily-sync'] as const;
export type Trigger = (typeof triggers)[number];

/** Something that came in and was verified. Its content is not kept: a trigger only says which keys may have changed. */
export interface Delivery {
  /** Same on every retry of the same delivery. */
  readonly id: string;
  readonly source: 'jira' | 'dataverse' | 'sentry';
  /** e.g. `worklog_created` or `opportunity.Update` */
  readonly event: string;
  /** Job keys to run; none when the delivery has no effect. */
  readonly keys: readonly string[];
  /** Why it has no effect, when it has none. */
  readonly ignoredBecause: string | null;
  /** SHA-256 of the raw body, hex */
  readonly bodyHash: string;
  readonly correlationId: string;
  readonly receivedAt: Millis;
  /** Milliseconds until its keys are due, so that what comes with it joins the same run; left out: at once. */
  readonly delayMs?: number;
}

/** What is kept of a delivery for the rows that its run writes. */
export type DeliveredEvent = Pick<Delivery, 'id' | 'event' | 'bodyHash'>;

/** Asks for one run of a key without a delivery behind it (poll, schedule, resolved key). */
export interface EnqueueRequest {
  readonly key: string;
  readonly at: Millis;
  readonly correlationId: string;
  /** Milliseconds after `at` until it is due, so that more requests of the key join the same run; one without it ends the wait. */
  readonly delayMs?: number;
  /** A person waits: a pause after a failure is cut short and a dead job starts over. */
  readonly urgent?: boolean;
  /** Left out: an event. */
  readonly trigger?: Trigger;
}

/** A job that a worker holds until its lease ends. */
export interface Claim {
  readonly key: string;
  /** Requests seen by this run: one that comes later makes the key run again. */
  readonly seq: number;
  /** Runs of this job that failed in a row before this one. */
  readonly attempts: number;
  readonly leaseToken: string;
  readonly correlationId: string;
  /** Of the request that it is known by, as the correlation id. */
  readonly trigger: Trigger;
  /** When it became due. */
  readonly dueAt: Millis;
  /** When the oldest request that this run answers came in. */
  readonly waitingSince: Millis;
  /** The failure that this run is a retry of; null = the first run since a success. */
  readonly failedWith: FailureKind | null;
}

/** What a failure was, and at which connection. */
export interface FailureKind {
  readonly code: string;
  /** null: at none, or at the first one */
  readonly connectionId: string | null;
}

/** Jobs that failed and have not succeeded since, of one error code and connection. */
export interface FailingJobs extends FailureKind {
  /** Those that are retried by themselves. */
  readonly retrying: number;
  /** Those that were given up. */
  readonly dead: number;
  /** When the oldest request of one that is retried came in; null = all of them were given up. */
  readonly since: Millis | null;
}

/** Why a job failed and when it is tried again; no date = dead letter. */
export interface Failure {
  readonly code: string;
  /** Where it failed; null or left out: at no connection */
  readonly connectionId?: string | null;
  readonly message: string;
  readonly retryAt: Millis | null;
}

export interface DeadLetter {
  readonly key: string;
  readonly code: string;
  readonly message: string;
  readonly attempts: number;
  readonly deadSince: Millis;
}

/** What the queue knows of a job. */
export interface QueuedJob {
  readonly key: string;
  /** `waiting`: due or running for the first time; `failing`: has failed and is tried again; `dead`: given up. */
  readonly state: 'done' | 'waiting' | 'failing' | 'dead';
  /** When a finished job ended, else when it is due. */
  readonly at: Millis;
  /** Requests so far. */
  readonly seq: number;
  /** Last request that a finished run has seen. */
  readonly doneSeq: number;
  readonly attempts: number;
  /** A worker holds it now. */
  readonly running: boolean;
  /** Sentence of the last failure; null after a success. */
  readonly error: string | null;
}

export interface StoreStatistics {
  /** Jobs that have something to do, running and waiting ones alike. */
  readonly pending: number;
  readonly running: number;
  readonly dead: number;
  /** Age of the job that has been due for longest; null = nothing is due. */
  readonly oldestDueAgeMs: number | null;
  /** Since the store was made. */
  readonly deliveries: { readonly accepted: number; readonly ignored: number };
  /** e.g. refused signatures, since the store was made */
  readonly counters: Readonly<Record<string, number>>;
}

/**
 * The durable inbox and queue. Two implementations (embedded file, PostgreSQL), one conformance suite. Every promise that resolves
 * has been committed to disk.
 *
 * Two clocks: when something came in, is due or ended is told by whoever calls (`now`, `at`). How long a lease holds is measured by the
 * store alone (PostgreSQL: the server's clock), so that replicas whose clocks disagree still agree on who holds what. A pause after a
 * failure is over by either: at the time told, or when it has lasted as long as it was to, so that a clock that was ahead holds up
 * nothing.
 */
export interface Store {
  /** Keeps a delivery and requests its keys in one transaction; a delivery seen before changes nothing. */
  receive(delivery: Delivery): Promise<'stored' | 'duplicate'>;
  enqueue(requests: readonly EnqueueRequest[]): Promise<void>;
  /** Takes the job that is due for longest and leases it; null when nothing is due. A key is never leased twice at a time. */
  claim(now: Millis, leaseMs: number): Promise<Claim | null>;
  /**
   * Gives back at once what this opening of the store has claimed and whose token is not in `held`: claims that were committed and
   * whose answer never came. Only while no claim is under way. Returns how many.
   */
  giveBackExcept(held: readonly string[]): Promise<number>;
  /** False when the lease was lost. */
  renew(claim: Claim, leaseMs: number): Promise<boolean>;
  /**
   * Marks the requests this run has seen as done; false when the lease was lost. A key enqueued meanwhile is due again after `restMs`
   * (left out: at once), or at once when a person waits for it.
   */
  complete(claim: Claim, now: Millis, restMs?: number): Promise<boolean>;
  fail(claim: Claim, failure: Failure, now: Millis): Promise<boolean>;
  /** What has failed and not succeeded since, by error code and connection. */
  failing(): Promise<readonly FailingJobs[]>;
  /**
   * Ends the pause of jobs that failed in one of these ways and that nobody holds: of `all`, dead ones as well, or of the `first` that
   * would have been retried. Their count of failures stays, so that one that fails again waits as long as before. Returns how many.
   */
  hasten(failures: readonly FailureKind[], now: Millis, which: 'all' | 'first'): Promise<number>;
  deadLetters(limit: number): Promise<readonly DeadLetter[]>;
  /** The event that a run of this correlation id began with, the newest where senders gave several the same id; null = none. */
  deliveryOf(correlationId: string): Promise<DeliveredEvent | null>;
  /** Deliveries that enqueued `key` on the UTC day of `at`, as long as none has enqueued it on a later one. */
  countDeliveries(key: string, at: Millis): Promise<number>;
  /** Keys of that beginning which deliveries enqueued since `since`, e.g. `jira-issue:`. */
  recentKeys(prefix: string, since: Millis): Promise<readonly string[]>;
  /** Every key that deliveries enqueued since `since`, for running them again. */
  deliveredKeys(since: Millis): Promise<readonly string[]>;
  readCursor(name: string): Promise<string | null>;
  writeCursor(name: string, value: string): Promise<void>;
  /** Forgets cursors of that beginning whose value is less than `before` as text. */
  dropCursors(prefix: string, before: string): Promise<void>;
  /** Jobs of these keys, as far as there are any. */
  jobs(keys: readonly string[]): Promise<readonly QueuedJob[]>;
  count(counter: string): Promise<void>;
  statistics(now: Millis): Promise<StoreStatistics>;
  /**
   * Takes or keeps the right to do `name` alone among all replicas for `ms`; false while another holder has it. `ms` of 0 gives it
   * back.
   */
  lease(name: string, holder: string, ms: number): Promise<boolean>;
  /**
   * Forgets deliveries received before `before` and jobs that ended before it, in pieces between which deliveries are stored; returns
   * how many deliveries.
   */
  prune(before: Millis): Promise<number>;
  close(): Promise<void>;
}

/** What only reads. */
export type StoreReads = Pick<
  Store,
  | 'failing'
  | 'deadLetters'
  | 'deliveryOf'
  | 'countDeliveries'
  | 'recentKeys'
  | 'deliveredKeys'
  | 'readCursor'
  | 'jobs'
  | 'statistics'
>;
