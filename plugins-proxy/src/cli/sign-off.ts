import { checklist, periodOf } from '@crmjira/domain';
import { Argument, InvalidArgumentError, Option } from 'commander';
import { resultRow } from '../operations/maintenance/run-maintenance';
import { dueDay } from '../platform/daily-clock';
import type { AddCommand } from './command';
import { exitCodes } from './exit-codes';
import { withSession } from './session';
import { withArchive } from './with-archive';

const signed = checklist.filter(({ by }) => by === 'sign-off');

function words(value: string): string {
  const text = value.trim();
  if (text.length >= 2 && text.length <= 500) return text;
  throw new InvalidArgumentError('Expected 2 to 500 characters.');
}

/** `crmjira sign-off`: what no program can do is done by a person and signed for its period (R-1505). */
export const addSignOff: AddCommand = (program, run) => {
  const command = program
    .command('sign-off')
    .addArgument(new Argument('<item>', 'item of the maintenance plan').choices(signed.map(({ id }) => id)))
    .summary('sign for an item of the maintenance plan that a person does')
    .description('Keep who did it and what came out, in the archive and as a row in the integration log.')
    .addOption(new Option('--by <name>', 'who did it').argParser(words).makeOptionMandatory())
    .addOption(new Option('--note <text>', 'what was done and what came out').argParser(words).makeOptionMandatory());
  run<{ readonly by: string; readonly note: string }>(command, (terminal, { by, note }) =>
    withSession(terminal, ({ config, dataverse, correlationId }) =>
      withArchive(config.archive, async (archive) => {
        const item = signed.find(({ id }) => id === command.args[0]);
        if (item === undefined) return command.error('error: unknown item');
        const period = periodOf(item.rhythm, dueDay(terminal.now()));
        const result = {
          item: item.id,
          period,
          outcome: 'fine',
          says: `Signed by ${by}: ${note}`,
          action: null,
        } as const;
        await dataverse.changeSet([resultRow(result, config.connectionId, correlationId, 0)]);
        const at = terminal.now().getTime();
        await archive.record({ kind: 'sign-off', id: `${item.id} ${period}`, at, content: { by, note } });
        return {
          exitCode: exitCodes.done,
          json: { item: item.id, period, by, note },
          lines: [`${item.title}, ${period}: signed by ${by}`],
        };
      }),
    ),
  );
};
