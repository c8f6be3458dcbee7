import type { CrmFacts } from '@crmjira/domain';
import type { Logger } from 'pino';
import { classifyError } from '../errors/classify-error';
import { inTrace } from '../tracing/spans';
import type { Claim, DeliveredEvent, Failure, Store } from '../store/store';
import { retryDelay } from './backoff';
import { jobKey, parseJobKey } from './job-key';
import { type AddressKnowledge, judgeAddress, WrongAddress } from './judge-address';
import { type Reconciler, reconcileOpportunity } from './reconcile-opportunity';
import { recoveryWrite, reportFailure } from './report-failure';
import { type Resolver, resolveKey } from './resolve-key';

/** What a job may need. */
export interface JobContext {
  readonly store: Store;
  readonly reconciler: Reconciler;
  readonly resolver: Resolver;
  /** What is known of Jira's address; left out: whatever answers there is taken for Jira. */
  readonly address?: AddressKnowledge;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly random: () => number;
  /** Told of every opportunity that was reconciled with success. */
  readonly onReconciled: (at: Date, run: { readonly rounds: number; readonly waitedMs: number }) => void;
  /** Told of the version of an opportunity's row at which a run found nothing left to do. */
  readonly onSettled?: (opportunityId: string, version: number) => void;
  /** Told of every failure that a person will find in the integration log. */
  readonly onFailed?: (failure: { readonly streak: string; readonly retried: boolean }) => void;
  /** Told of the jobs that a job for all mappings has queued, before that job is done. */
  readonly onAllQueued?: (operationId: string, keys: readonly string[]) => Promise<void>;
}

/** How a job ended: done, or failed with a retry date. */
export type JobOutcome = { readonly done: true } | { readonly done: false; readonly failure: Failure };

/** The event that a run began with, looked up once and only when a row is to name it. The run goes on without, as its rows do. */
function eventOf(
  { store }: JobContext,
  { correlationId }: Claim,
  logger: Logger,
): () => Promise<DeliveredEvent | null> {
  let asked: Promise<DeliveredEvent | null> | null = null;
  return () =>
    (asked ??= store.deliveryOf(correlationId).catch((error: unknown) => {
      logger.warn({ reason: classifyError(error).message }, 'event of the run not read; its log rows will not name it');
      return null;
    }));
}

async function runOpportunity(context: JobContext, claim: Claim, id: string, logger: Logger): Promise<JobOutcome> {
  let crm: CrmFacts | null = null;
  const startedAt = context.now().getTime();
  const causedBy = eventOf(context, claim, logger);
  try {
    const { correlationId } = claim;
    const run = { opportunityId: id, correlationId, logger, causedBy, onFacts: (facts: CrmFacts) => (crm = facts) };
    const result = await reconcileOpportunity(context.reconciler, run);
    const waitedMs = context.now().getTime() - claim.waitingSince;
    context.onReconciled(context.now(), { rounds: result.rounds, waitedMs });
    // Assigned inside the run, which the compiler does not follow; the last round has read what all the others wrote.
    const last = crm as CrmFacts | null;
    const version = last?.opportunity?.version;
    if (version !== undefined) context.onSettled?.(id, version);
    const recovery = recoveryWrite(last);
    if (recovery !== null)
      await context.reconciler.dataverse.changeSet([recovery]).catch((cause: unknown) =>
        // The run itself went well; the next one takes it back.
        logger.warn({ reason: classifyError(cause).message }, 'failure not taken back in Dataverse'),
      );
    logger.info({ rounds: result.rounds, actions: result.actions.length, waitedMs }, 'reconciled');
    return { done: true };
  } catch (thrown) {
    const error = await judged(context, claim, thrown);
    const failure = toFailure(context, claim, error);
    const retried = error.errorClass === 'transient' && failure.retryAt !== null;
    context.onFailed?.({ streak: `${id} ${error.code} ${claim.waitingSince}`, retried });
    const durationMs = context.now().getTime() - startedAt;
    const { correlationId, attempts } = claim;
    const shown = {
      opportunityId: id,
      error,
      crm,
      correlationId,
      durationMs,
      attempts: attempts + 1,
      event: await causedBy(),
    };
    await reportFailure(
      context.reconciler,
      { ...shown, waitingSince: claim.waitingSince, retryAt: failure.retryAt },
      context.now().toISOString(),
    ).catch((cause: unknown) =>
      logger.warn({ reason: classifyError(cause).message }, 'failure not shown in Dataverse'),
    );
    return { done: false, failure };
  }
}

/** The error of a run, once it is known whether Jira was asked at all. */
async function judged(
  { address }: JobContext,
  { attempts }: Claim,
  thrown: unknown,
): Promise<ReturnType<typeof classifyError>> {
  const error = classifyError(thrown);
  return address === undefined ? error : judgeAddress(error, attempts + 1, address);
}

function toFailure(context: JobContext, claim: Claim, error: ReturnType<typeof classifyError>): Failure {
  const delay = error instanceof WrongAddress ? null : retryDelay(error, claim.attempts + 1, context.random());
  const retryAt = delay === null ? null : context.now().getTime() + delay;
  return { code: error.code, message: error.message, retryAt };
}

/** Runs one job: reconciles an opportunity, or finds the opportunities behind another key and queues those. */
export function runJob(context: JobContext, claim: Claim): Promise<JobOutcome> {
  const { key, correlationId, attempts } = claim;
  return inTrace(correlationId, 'job', { 'crmjira.job': key, 'crmjira.attempt': attempts + 1 }, () =>
    runClaim(context, claim),
  );
}

async function runClaim(context: JobContext, claim: Claim): Promise<JobOutcome> {
  const logger = context.logger.child({ correlationId: claim.correlationId, job: claim.key });
  const parsed = parseJobKey(claim.key);
  if (parsed === null)
    return { done: false, failure: { code: 'unknown-key', message: 'No rule for this key.', retryAt: null } };
  const { kind, id } = parsed;
  const outcome = await (async (): Promise<JobOutcome> => {
    if (kind === 'opportunity') return runOpportunity(context, claim, id, logger);
    try {
      const { correlationId } = claim;
      const startedAt = context.now().getTime();
      const causedBy = eventOf(context, claim, logger);
      const log = () => ({ correlationId, durationMs: context.now().getTime() - startedAt, causedBy });
      const occasion = { since: new Date(claim.waitingSince), log };
      const resolved = await resolveKey(context.resolver, claim.key, kind, id, occasion);
      const at = context.now().getTime();
      // Queued before this job is completed: a crash in between costs a second look-up, never a lost event.
      await context.store.touch(
        resolved.opportunityIds.map((opportunity) => ({
          key: jobKey('opportunity', opportunity),
          at,
          correlationId,
          urgent: resolved.urgent,
          delayMs: resolved.delayMs ?? 0,
        })),
      );
      if (kind === 'all-mappings')
        await context.onAllQueued?.(
          id,
          resolved.opportunityIds.map((opportunity) => jobKey('opportunity', opportunity)),
        );
      logger.info({ opportunities: resolved.opportunityIds.length, note: resolved.note }, 'resolved');
      return { done: true };
    } catch (thrown) {
      return { done: false, failure: toFailure(context, claim, await judged(context, claim, thrown)) };
    }
  })();
  if (!outcome.done) {
    const { code, message, retryAt } = outcome.failure;
    const level = retryAt === null ? 'error' : 'warn';
    logger[level]({ code, retryAt: retryAt === null ? null : new Date(retryAt).toISOString() }, message);
  }
  return outcome;
}
