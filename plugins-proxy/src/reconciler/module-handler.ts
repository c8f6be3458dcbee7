import { classifyError } from '../platform/errors/classify-error';
import { type Job, type JobHandler, nothingToEnqueue } from './job-handler';
import { type ReportContext, reportFailure } from './report-failure';
import { settle } from './settle';
import type { SyncModule } from './sync-module';

/** What the runs of every module need and tell. */
export interface SettleContext extends ReportContext {
  readonly now: () => Date;
  /** Told of every record that was reconciled with success. */
  readonly onReconciled: (
    at: Date,
    run: { readonly kind: string; readonly rounds: number; readonly waitedMs: number },
  ) => void;
  /** Told of the version of a record's row at which a run found nothing left to do. */
  readonly onSettled?: (id: string, version: number) => void;
  /** Told of every failure that a person will find in the integration log. */
  readonly onFailed?: (failure: { readonly streak: string; readonly retried: boolean }) => void;
}

/** Runs the jobs of a module: settles one record, shows its failure, takes it back when it is over. */
export function handlerOf<Facts, Action>(module: SyncModule<Facts, Action>, context: SettleContext): JobHandler {
  const start = ({ id, claim, logger, log }: Job): ReturnType<JobHandler['start']> => {
    let facts: Facts | null = null;
    const { correlationId, trigger, waitingSince, attempts } = claim;
    return {
      run: async () => {
        const run = {
          id,
          correlationId,
          trigger,
          logger,
          causedBy: log().causedBy,
          onFacts: (known: Facts) => {
            facts = known;
          },
        };
        const { rounds, actions } = await settle(module, run, context.now);
        const at = context.now();
        const waitedMs = at.getTime() - waitingSince;
        context.onReconciled(at, { kind: module.kind, rounds, waitedMs });
        // Assigned inside the run, which the compiler does not follow; the last round has read what all the others wrote.
        const last = facts as Facts | null;
        const version = last === null ? undefined : module.versionOf(last);
        if (version !== undefined) context.onSettled?.(id, version);
        const recovery = last === null ? null : module.recover(last);
        if (recovery !== null)
          await context.dataverse.changeSet([recovery]).catch((cause: unknown) =>
            // The run itself went well; the next one takes it back.
            logger.warn({ reason: classifyError(cause).message }, 'failure not taken back in Dataverse'),
          );
        logger.info({ rounds, actions: actions.length, waitedMs }, 'reconciled');
        return (last === null ? null : module.again?.(last, context.now().toISOString())) ?? nothingToEnqueue();
      },
      failed: async (error, { retryAt }) => {
        const retried = error.errorClass === 'transient' && retryAt !== null;
        context.onFailed?.({ streak: `${id} ${error.code} ${waitingSince}`, retried });
        const { durationMs, causedBy } = log();
        const event = (await causedBy?.()) ?? null;
        const failure = {
          id,
          error,
          correlationId,
          trigger,
          durationMs,
          attempts: attempts + 1,
          waitingSince,
          retryAt,
          event,
        };
        const now = context.now().toISOString();
        await reportFailure(
          context,
          module.report({ ...failure, facts }, now),
          { error, correlationId, regarding: { table: module.table, id } },
          now,
        ).catch((cause: unknown) =>
          logger.warn({ reason: classifyError(cause).message }, 'failure not shown in Dataverse'),
        );
      },
    };
  };
  return { kind: module.kind, start };
}
