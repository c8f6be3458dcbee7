import type { Action } from '@crmjira/domain';
import { Option } from 'commander';
import { classifyError } from '../platform/errors/classify-error';
import { IntegrationError } from '../platform/errors/integration-error';
import { reconcileOpportunity } from '../capabilities/budget/reconcile/reconcile-opportunity';
import { type AddCommand, recordId, type Outcome, parallel } from './command';
import { exitCodes } from './exit-codes';
import { type Each, forEachOpportunity } from './for-each-opportunity';
import { createKnownOpportunities, type KnownAs, type KnownOpportunities } from './known-opportunities';
import { qualifyingOpportunities } from './mapped-opportunities';
import { requireKnown } from './require-known';
import { requireOn } from './require-on';
import { type Session, withSession } from './session';
import { actionText, describePlan, type PlannedStep, stepLines } from './words/describe-plan';
import { workersNow } from './workers-now';

interface SyncOptions {
  readonly opportunity?: string;
  readonly all: boolean;
  readonly dryRun: boolean;
  readonly parallel?: number;
}

/** What was found or done for one opportunity. */
interface Synced {
  readonly rounds: number;
  /** in words; the values of a dry run are those before and after */
  readonly steps: readonly (PlannedStep | { readonly text: string })[];
  /** what stands on the mapping although no step is left, such as a project that was deleted: a person's to end; null when nothing does */
  readonly problem: string | null;
}

async function syncOne(session: Session, id: string, dryRun: boolean, known: KnownOpportunities): Promise<Synced> {
  let applied = 0;
  let problem: string | null = null;
  const { actions, rounds } = await reconcileOpportunity(session.reconciler, {
    id,
    correlationId: session.correlationId,
    logger: session.logger,
    dryRun,
    onFacts: ({ crm }) => {
      known.note(crm);
      requireKnown(crm);
      problem = crm.mapping?.lastError ?? null;
    },
    onApplied: () => (applied += 1),
  }).catch((thrown: unknown) => {
    if (applied === 0) throw thrown;
    const { message, code, errorClass } = classifyError(thrown);
    const before = `${applied} ${applied === 1 ? 'step was' : 'steps were'} done before.`;
    throw new IntegrationError(`${message} ${before}`, { code, errorClass, cause: thrown });
  });
  const done = (action: Action) => ({ text: actionText(action) });
  const steps = dryRun ? await describePlan(session.dataverse, actions) : actions.map(done);
  // A run that has steps left or done tells them; what it found before them may be over.
  return { rounds, steps, problem: steps.length === 0 ? problem : null };
}

/** Only the service can answer the synchronous step, at the address that Dataverse knows (ADR-3). */
const startTheService =
  'To do: start the service, and see that Dataverse reaches PUBLIC_URL. It moves the process by itself; nothing has to be synced again.';

function linesOf(each: Each<Synced>, heading: string): readonly string[] {
  if (each.error !== null) return [`${heading}  failed: ${each.error.message}`];
  if (each.result.problem !== null) return [`${heading}  waits for a person: ${each.result.problem}`];
  if (each.result.steps.length === 0) return [`${heading}  in sync`];
  return [heading, ...each.result.steps.flatMap((step) => ('rows' in step ? stepLines(step) : [`  ${step.text}`]))];
}

/** What is left to say once each opportunity has been told of; the document has everything. */
function outcomeOf(all: readonly Each<Synced>[], dryRun: boolean, known: KnownOpportunities): Outcome {
  const failed = all.filter(({ error }) => error !== null).length;
  const changed = all.filter(({ result }) => (result?.steps.length ?? 0) > 0).length;
  const waiting = all.filter(({ result }) => result !== null && result.problem !== null).length;
  const inSync = all.length - changed - waiting - failed;
  const summary = { opportunities: all.length, changed, inSync, waiting, failed };
  const opportunities = all.map((each): Each<Synced> & KnownAs => ({ ...each, ...known.of(each.opportunityId) }));
  const waitsForService = all.some(({ error }) => error?.code === 'stage-step-unavailable');
  const verb = dryRun ? 'to be changed' : 'changed';
  return {
    exitCode:
      failed > 0 ? exitCodes.failed : waiting > 0 || (dryRun && changed > 0) ? exitCodes.differences : exitCodes.done,
    json: { dryRun, summary, opportunities, ...(waitsForService ? { remedy: startTheService } : {}) },
    lines: [
      ...(waitsForService ? [startTheService] : []),
      `${all.length} ${all.length === 1 ? 'opportunity' : 'opportunities'}: ${changed} ${verb}, ${inSync} in sync, ${waiting > 0 ? `${waiting} waiting for a person, ` : ''}${failed} failed`,
    ],
  };
}

/** `crmjira sync`: the same run as a webhook or *Sync now* starts, for one or all mappings (R-605). */
export const addSync: AddCommand = (program, run) => {
  const command = program
    .command('sync')
    .summary('bring opportunities and their Jira projects into agreement')
    .description(
      'Bring one opportunity, or all that are linked or should be, into agreement with Jira, as a webhook would. A failure does not stop the others.\nWith --dry-run only the next step of each is told, column by column, and nothing is written.',
    )
    .addOption(new Option('--opportunity <id>', 'GUID of the opportunity').argParser(recordId).conflicts('all'))
    .option('--all', 'every opportunity that is linked over this connection, or that qualifies for a project', false)
    .option('--dry-run', 'only say what would be done next', false)
    .option('--parallel <n>', 'opportunities at one time (default: WORKERS)', parallel);
  run<SyncOptions>(command, (terminal, options) => {
    if (options.opportunity === undefined && !options.all)
      command.error('error: give --opportunity <id> or --all', { code: 'crmjira.missingTarget' });
    return withSession(terminal, async (session) => {
      await requireOn(session, 'budget');
      // In an environment that may not write to Jira nothing is brought into agreement: that is no success (F-202).
      await session.connection.guardWrite();
      const { opportunity } = options;
      const ids = opportunity === undefined ? await qualifyingOpportunities(session) : [opportunity];
      const known = createKnownOpportunities();
      const limit = options.parallel ?? (await workersNow(session));
      const all = await forEachOpportunity(
        terminal,
        ids,
        limit,
        (id) => syncOne(session, id, options.dryRun, known),
        // A document is whole or nothing; lines are told as they come, so that none is lost.
        (each) => (options.json ? [] : linesOf(each, known.heading(each.opportunityId))),
      );
      return outcomeOf(all, options.dryRun, known);
    });
  });
};
