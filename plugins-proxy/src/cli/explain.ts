import { Argument } from 'commander';
import { noRecentIssues } from '../capabilities/budget/source/computed/recent-issues';
import { openAll } from '../capabilities/register';
import { IntegrationError } from '../platform/errors/integration-error';
import type { QueuedJob } from '../queue/store/store';
import type { Explanation } from '../reconciler/explain';
import { explainedFor, seesAll } from '../reconciler/explained-for';
import { describeStep } from '../reconciler/sync-module';
import { type AddCommand, type Outcome, recordId } from './command';
import { exitCodes } from './exit-codes';
import { requireOn } from './require-on';
import { withSession } from './session';
import { withStoreReads } from './with-store';

const jobTexts: Readonly<Record<QueuedJob['state'], string>> = {
  done: 'last run ended',
  waiting: 'a run is due',
  failing: 'fails and is tried again',
  dead: 'was given up: "crmjira dead-letters retry" runs it again; since',
};

function jobLine(job: QueuedJob | null): string {
  if (job === null) return 'Queue: no run is known for it.';
  const { state, at, attempts, error, running } = job;
  const failed = attempts === 0 ? '' : `, after ${attempts} ${attempts === 1 ? 'failure' : 'failures'}`;
  const said = error === null ? '' : `: ${error}`;
  return `Queue: ${running ? 'it is running now; ' : ''}${jobTexts[state]} ${new Date(at).toISOString()}${failed}${said}`;
}

/** The command line is an operator's, who waits for a slow side. */
const withinMs = 60_000;

function lines(explanation: Explanation): readonly string[] {
  const { fields, steps, lastFailure, trouble } = explainedFor(explanation, seesAll, 1033);
  const { job, queueTrouble } = explanation;
  return [
    ...fields.map(
      ({ field, dynamics, jira, differs }) =>
        `  ${differs ? '≠' : '='} ${field.padEnd(9)}  Dynamics ${dynamics ?? '(nothing)'}  |  Jira ${jira ?? '(nothing)'}`,
    ),
    ...(trouble !== null
      ? [
          `Not read to the end: ${explanation.trouble?.error?.message ?? trouble.says}${trouble.remedy === null ? '' : ` ${trouble.remedy}`}`,
        ]
      : steps === null || steps.length === 0
        ? ['Nothing is left to do.']
        : ['The next run does:', ...steps.map((step) => `  ${describeStep(step)}`)]),
    ...(lastFailure === null
      ? []
      : [
          `Last failure: ${lastFailure.says}${lastFailure.since === null ? '' : ` Since ${lastFailure.since}.`}${
            lastFailure.nextRetryOn === null ? '' : ` Next try ${lastFailure.nextRetryOn}.`
          }`,
        ]),
    queueTrouble === null ? jobLine(job) : `Queue: not read. ${queueTrouble}`,
  ];
}

function outcomeOf(explanation: Explanation): Outcome {
  const { id, isKnown, job, queueTrouble } = explanation;
  const answer = explainedFor(explanation, seesAll, 1033);
  const { trouble, steps, lastFailure } = answer;
  const exitCode =
    trouble !== null
      ? exitCodes.failed
      : (steps !== null && steps.length > 0) || lastFailure !== null
        ? exitCodes.differences
        : exitCodes.done;
  return {
    exitCode,
    json: { id, isKnown, ...answer, steps: (steps ?? []).map(describeStep), job, queueTrouble },
    lines: lines(explanation),
  };
}

/** `crmjira explain`: what both sides say of one record, what is left to do, what failed, what comes next; nothing is written. */
export const addExplain: AddCommand = (program, run) => {
  const command = program
    .command('explain')
    .summary('say why a record is not in agreement')
    .description(
      'Read both sides of one record and say what each has, what the next run would do, what failed last and when it is tried again. Nothing is written.',
    )
    .argument('<table>', 'table of the record, e.g. opportunity')
    .addArgument(new Argument('<id>', 'GUID of the record').argParser(recordId));
  run<object>(command, (terminal) => {
    const [table = '', id = ''] = command.processedArgs as readonly string[];
    return withSession(terminal, async (session) => {
      const { config } = session;
      const store = {
        jobs: (keys: readonly string[]) => withStoreReads(config.store, (reads) => reads.jobs(keys)),
        countDeliveries: (key: string, at: number) =>
          withStoreReads(config.store, (reads) => reads.countDeliveries(key, at)),
      };
      const { now } = terminal;
      const { explainers: known } = openAll({ ...session, store, recentIssues: noRecentIssues, now });
      const explainer = known.find((one) => one.table === table);
      if (explainer === undefined)
        throw new IntegrationError(
          `No record of the table "${table}" is kept in agreement. Known tables: ${known.map((one) => one.table).join(', ')}.`,
          { code: 'no-such-table', errorClass: 'permanent' },
        );
      await requireOn(session, explainer.capability);
      const explanation = await explainer.explain(id, {
        correlationId: session.correlationId,
        logger: session.logger,
        now,
        jobs: store.jobs,
        language: 1033,
        withinMs,
      });
      if (explanation.isKnown === false)
        throw new IntegrationError('Dynamics has no such record, or the application user may not read it.', {
          code: 'no-such-record',
          errorClass: 'permanent',
        });
      return outcomeOf(explanation);
    });
  });
};
