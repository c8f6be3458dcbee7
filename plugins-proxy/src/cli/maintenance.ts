import { periodOf, type Rhythm, rhythms } from '@crmjira/domain';
import type { MaintenanceResult } from '../operations/maintenance/finding';
import { runMaintenance } from '../operations/maintenance/run-maintenance';
import { dueDay } from '../platform/daily-clock';
import { connectRemover } from '../operations/retention/connect-remover';
import type { AddCommand, Outcome } from './command';
import { agesOfSecrets } from './doctor/ages-of-service';
import { exitCodes } from './exit-codes';
import { type Session, withSession } from './session';
import type { ReadyTerminal } from './terminal';
import { withArchive } from './with-archive';
import { withStoreReads } from './with-store';

const mostDeadLetters = 10_000;

/** Jobs that were given up. */
const deadLetters = ({ config }: Session): Promise<number> =>
  withStoreReads(config.store, async (store) => (await store.deadLetters(mostDeadLetters)).length);

const signs = { fine: 'ok     ', finding: 'FINDING', failed: 'FAILED ' } as const;

function outcomeOf(rhythm: Rhythm, period: string, results: readonly MaintenanceResult[]): Outcome {
  const has = (outcome: MaintenanceResult['outcome']): boolean => results.some((result) => result.outcome === outcome);
  return {
    exitCode: has('failed') ? exitCodes.failed : has('finding') ? exitCodes.differences : exitCodes.done,
    json: { rhythm, period, results },
    lines: results.flatMap(({ item, outcome, says, action }) => [
      `${signs[outcome]}  ${item}: ${says}`,
      ...(action === null ? [] : [`         → ${action}`]),
    ]),
  };
}

function run(terminal: ReadyTerminal, rhythm: Rhythm): Promise<Outcome> {
  return withSession(terminal, (session) =>
    withArchive(session.config.archive, async (archive) => {
      const period = periodOf(rhythm, dueDay(terminal.now()));
      const known = await agesOfSecrets(session, terminal.secretFacts, terminal.now());
      const context = {
        ...session,
        ages: () => known,
        archive,
        remover: connectRemover(session.config),
        secretFacts: () => terminal.secretFacts,
        deadLetters: () => deadLetters(session),
        now: terminal.now,
      };
      // A run by hand has rows of its own beside the scheduled one's.
      const results = await runMaintenance(context, rhythm, period, `by hand ${terminal.now().toISOString()}`);
      return outcomeOf(rhythm, period, results);
    }),
  );
}

/** `crmjira maintenance daily|weekly|monthly`: the plan of R-1501 to R-1504; the service runs it by itself as well. */
export const addMaintenance: AddCommand = (program, add) => {
  const group = program
    .command('maintenance')
    .summary('run the daily, weekly or monthly maintenance now')
    .description(
      'Each item leaves a row in the integration log and, where there is something to do, says what. The service runs the same plan by itself.',
    );
  const what: Readonly<Record<Rhythm, string>> = {
    daily: 'runs, way to Jira, reconciliation, errors, performance',
    weekly: 'certificates, tokens, archive, test records',
    monthly: 'growth, tuning, backup and restore test, signatures',
  };
  for (const rhythm of rhythms) {
    const command = group.command(rhythm).description(what[rhythm]);
    add<object>(command, (terminal) => run(terminal, rhythm));
  }
};
