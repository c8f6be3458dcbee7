import { randomUUID } from 'node:crypto';
import { readConfig } from '../platform/config/read-config';
import { IntegrationError } from '../platform/errors/integration-error';
import type { DeadLetter } from '../queue/store/store';
import type { AddCommand } from './command';
import { exitCodes } from './exit-codes';
import { withStore, withStoreReads } from './with-store';

/** Dead letters told of at one time. More than this have one common cause, which the first ones name. */
const most = 10_000;

const toJson = (letter: DeadLetter) => ({ ...letter, deadSince: new Date(letter.deadSince).toISOString() });

const toLines = (letter: DeadLetter): readonly string[] => [
  `${letter.key}  since ${new Date(letter.deadSince).toISOString()}, ${letter.attempts} ${letter.attempts === 1 ? 'attempt' : 'attempts'}`,
  `  ${letter.code}: ${letter.message}`,
];

/** Chooses what is retried. @throws IntegrationError when the key is no dead letter */
function chosen(letters: readonly DeadLetter[], key: string | undefined): readonly DeadLetter[] {
  if (key === undefined) return letters;
  const found = letters.filter((letter) => letter.key === key);
  if (found.length > 0) return found;
  throw new IntegrationError(`"${key}" is not among the dead letters.`, {
    code: 'no-such-dead-letter',
    errorClass: 'permanent',
  });
}

/** `crmjira dead-letters list|retry`: what has exhausted its retries, and how it is tried again (R-1406). */
export const addDeadLetters: AddCommand = (program, run) => {
  const group = program
    .command('dead-letters')
    .summary('list what has exhausted its retries, or retry it')
    .description(
      'Jobs that failed for good, with the reason. With the embedded store the service must be stopped for a retry.',
    );

  const list = group.command('list', { isDefault: true }).description('list all dead letters, the oldest first');
  run<object>(list, async (terminal) => {
    const { store } = readConfig(terminal.environment);
    const letters = await withStoreReads(store, (open) => open.deadLetters(most));
    return {
      exitCode: exitCodes.done,
      json: { deadLetters: letters.map(toJson) },
      lines: letters.length === 0 ? ['no dead letters'] : letters.flatMap(toLines),
    };
  });

  const retry = group
    .command('retry')
    .argument('[key]', 'as listed, e.g. opportunity:a1b2c3d4-e5f6-7890-abcd-ef1234567890')
    .option('--all', 'every dead letter', false)
    .description('queue one dead letter, or all, for another run');
  run<{ readonly all: boolean }>(retry, async (terminal, { all }) => {
    const key = retry.args[0];
    if ((key === undefined) === !all)
      retry.error('error: give either one key or --all', { code: 'crmjira.missingTarget' });
    const { store } = readConfig(terminal.environment);
    const retried = await withStore(store, async (open) => {
      const letters = chosen(await open.deadLetters(most), key);
      const at = terminal.now().getTime();
      const correlationId = randomUUID();
      await open.enqueue(letters.map((letter) => ({ key: letter.key, at, correlationId, urgent: true })));
      return letters.map((letter) => letter.key);
    });
    return {
      exitCode: exitCodes.done,
      json: { retried },
      lines: [...retried, `${retried.length} queued for another run`],
    };
  });
};
