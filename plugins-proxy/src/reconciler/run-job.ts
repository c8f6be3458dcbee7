import type { Logger } from 'pino';
import { classifyError } from '../platform/errors/classify-error';
import type { IntegrationError } from '../platform/errors/integration-error';
import { inTrace } from '../platform/tracing/spans';
import { retryDelay } from '../queue/backoff';
import { parseJobKey } from '../queue/job-key';
import type { Claim, DeliveredEvent, Failure, Store } from '../queue/store/store';
import type { JobOutcome } from '../queue/worker';
import type { Job, JobHandler } from './job-handler';
import type { LogContext } from './log-context';

/** What runs jobs of every kind. */
export interface JobContext {
  readonly store: Pick<Store, 'enqueue' | 'deliveryOf'>;
  /** By the kind of their keys. */
  readonly handlers: ReadonlyMap<string, JobHandler>;
  /** What an error means after so many tries, as far as more is known of it; left out: what it says itself. */
  readonly judge?: (error: IntegrationError, tries: number) => Promise<IntegrationError>;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly random: () => number;
  /** Told of the jobs that a job has enqueued, before that job is done. */
  readonly onEnqueued?: (key: string, enqueued: readonly string[]) => Promise<void>;
}

/** Handlers by kind. @throws Error for a kind that two of them claim */
export function byKind(handlers: readonly JobHandler[]): ReadonlyMap<string, JobHandler> {
  const found = new Map<string, JobHandler>();
  for (const handler of handlers) {
    if (found.has(handler.kind)) throw new Error(`Two handlers claim the job kind "${handler.kind}".`);
    found.set(handler.kind, handler);
  }
  return found;
}

/** The event that a run began with, looked up once and only when a row is to name it. The run goes on without, as its rows do. */
function eventOf(
  store: JobContext['store'],
  correlationId: string,
  logger: Logger,
): () => Promise<DeliveredEvent | null> {
  let asked: Promise<DeliveredEvent | null> | null = null;
  return () =>
    (asked ??= store.deliveryOf(correlationId).catch((error: unknown) => {
      logger.warn({ reason: classifyError(error).message }, 'event of the run not read; its log rows will not name it');
      return null;
    }));
}

function toFailure(error: IntegrationError, tries: number, now: number, random: number): Failure {
  const delay = retryDelay(error, tries, random);
  return {
    code: error.code,
    connectionId: error.connectionId ?? null,
    message: error.message,
    retryAt: delay === null ? null : now + delay,
  };
}

/** Runs one job by the handler of its kind, and enqueues what it stands for. */
export function runJob(context: JobContext, claim: Claim): Promise<JobOutcome> {
  const { key, correlationId, attempts } = claim;
  return inTrace(correlationId, 'job', { 'crmjira.job': key, 'crmjira.attempt': attempts + 1 }, async () => {
    const logger = context.logger.child({ correlationId, job: key });
    const outcome = await runClaim(context, claim, logger);
    if (!outcome.done) {
      const { code, message, retryAt } = outcome.failure;
      const level = retryAt === null ? 'error' : 'warn';
      logger[level]({ code, retryAt: retryAt === null ? null : new Date(retryAt).toISOString() }, message);
    }
    return outcome;
  });
}

async function runClaim(context: JobContext, claim: Claim, logger: Logger): Promise<JobOutcome> {
  const { key, correlationId, trigger } = claim;
  const parsed = parseJobKey(key);
  const handler = parsed === null ? undefined : context.handlers.get(parsed.kind);
  if (parsed === null || handler === undefined)
    return { done: false, failure: { code: 'unknown-key', message: 'No rule for this key.', retryAt: null } };
  const startedAt = context.now().getTime();
  const causedBy = eventOf(context.store, correlationId, logger);
  const log = (): LogContext => ({ correlationId, trigger, durationMs: context.now().getTime() - startedAt, causedBy });
  const job: Job = { id: parsed.id, claim, logger, log };
  const run = handler.start(job);
  try {
    const { keys: named, urgent, delayMs = 0, later, note, afterwards } = await run.run();
    const at = context.now().getTime();
    const keys = later === undefined ? named : [...named, later.key];
    // Enqueued before this job is completed: a crash in between costs a second look-up, never a lost event.
    if (keys.length > 0)
      await context.store.enqueue(
        keys.map((enqueued) => ({
          ...{ key: enqueued, at, correlationId, trigger, urgent },
          delayMs: enqueued === later?.key ? later.delayMs : delayMs,
        })),
      );
    await context.onEnqueued?.(key, keys);
    await afterwards?.();
    if (keys.length > 0 || note !== undefined) logger.info({ jobs: keys.length, note }, 'resolved');
    return { done: true };
  } catch (thrown) {
    const tries = claim.attempts + 1;
    const said = classifyError(thrown);
    const error = (await context.judge?.(said, tries)) ?? said;
    const failure = toFailure(error, tries, context.now().getTime(), context.random());
    await run.failed?.(error, failure);
    return { done: false, failure };
  }
}
