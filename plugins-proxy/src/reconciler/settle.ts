import { IntegrationError } from '../platform/errors/integration-error';
import { PlanOutdated } from '../platform/errors/plan-outdated';
import { inSpan } from '../platform/tracing/spans';
import type { LogContext } from './log-context';
import { describeStep, type Run, type SyncModule } from './sync-module';

/** What a run did. */
export interface RunResult<Action> {
  readonly rounds: number;
  /** What was done, or in a dry run the first plan. */
  readonly actions: readonly Action[];
}

/**
 * Rounds of read → plan → apply before a run is taken to go in circles. Provisioning takes eight, and approval, first work, an
 * alert and three stage moves another ten when all of them happen while it runs.
 */
export const maximumRounds = 40;

/**
 * Brings both sides into agreement about one record: read → plan → apply until the plan is empty.
 * @throws IntegrationError classified, from whatever failed; `plan-does-not-settle` naming the action that repeats
 */
export async function settle<Facts, Action>(
  module: SyncModule<Facts, Action>,
  run: Run<Facts, Action>,
  now: () => Date,
): Promise<RunResult<Action>> {
  const startedAt = now().getTime();
  const log = (): LogContext => ({
    correlationId: run.correlationId,
    trigger: run.trigger ?? 'event',
    regarding: { table: module.table, id: run.id },
    durationMs: now().getTime() - startedAt,
    causedBy: run.causedBy,
  });
  const session = module.open(run);
  const done: Action[] = [];
  for (let round = 1; round <= maximumRounds; round += 1) {
    const facts = await inSpan('read', { 'crmjira.round': round }, () => session.read((known) => run.onFacts?.(known)));
    run.onFacts?.(facts);
    const actions = await inSpan('plan', { 'crmjira.round': round }, () => session.plan(facts));
    if (run.dryRun !== true) await session.note?.(facts, log());
    if (actions.length === 0 || run.dryRun === true) return { rounds: round, actions: run.dryRun ? actions : done };
    try {
      for (const action of actions) {
        const described = describeStep(module.stepOf(action));
        await inSpan('apply', { 'crmjira.round': round, 'crmjira.action': described }, () =>
          session.apply(action, facts, log()),
        );
        run.logger.info({ round, action: described }, 'applied');
        done.push(action);
        run.onApplied?.(action);
      }
    } catch (error) {
      if (!(error instanceof PlanOutdated)) throw error;
      run.logger.debug({ round, reason: error.message }, 'planning anew');
    }
  }
  const last = done.at(-1);
  throw new IntegrationError(
    `The records do not settle: "${last === undefined ? 'a changing row' : describeStep(module.stepOf(last))}" was still to be done after ${maximumRounds} rounds. Something undoes it each time.`,
    { code: 'plan-does-not-settle', errorClass: 'permanent' },
  );
}
