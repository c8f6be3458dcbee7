import { classifyError } from '../platform/errors/classify-error';
import { administratorClient } from '../operations/registration/administrator-client';
import { categoryRows } from '../operations/set-up/category-rows';
import { connectionRow } from '../operations/set-up/connection-row';
import type { Finding, SetUpContext, SetUpPart } from '../operations/set-up/finding';
import { jiraFields } from '../operations/set-up/jira-fields';
import { senderQueue } from '../operations/set-up/sender-queue';
import type { AddCommand, Outcome } from './command';
import { exitCodes } from './exit-codes';
import { withSession } from './session';
import { saidOnce } from './words/said-once';

interface SetUpOptions {
  readonly dryRun: boolean;
  readonly senderAddress?: string;
}

/** The connection row first: whether Jira may be written to is asked of it. */
const parts: readonly (readonly [string, SetUpPart])[] = [
  ['Connection row', connectionRow],
  ['Budget categories', categoryRows],
  ['Sender queue', senderQueue],
  ['Jira fields', jiraFields],
];

interface Done {
  readonly what: string;
  readonly state: 'there' | 'to be made' | 'made' | 'person' | 'failed';
  readonly says: string;
}

async function settle(finding: Finding, dryRun: boolean): Promise<Done> {
  const { what, says } = finding;
  if (finding.state !== 'missing') return { what, says, state: finding.state };
  if (dryRun) return { what, says, state: 'to be made' };
  try {
    const left = await finding.make();
    return left === undefined
      ? { what, says, state: 'made' }
      : { what, says: `${says}, made; ${left}`, state: 'person' };
  } catch (thrown) {
    return { what, says: saidOnce(classifyError(thrown).message), state: 'failed' };
  }
}

async function runPart(
  name: string,
  part: SetUpPart,
  context: SetUpContext,
  dryRun: boolean,
): Promise<readonly Done[]> {
  try {
    const done: Done[] = [];
    for (const finding of await part(context)) done.push(await settle(finding, dryRun));
    return done;
  } catch (thrown) {
    // What cannot be looked at stops no other part.
    return [{ what: name, says: saidOnce(classifyError(thrown).message), state: 'failed' }];
  }
}

const signs: Readonly<Record<Done['state'], string>> = {
  there: 'there     ',
  made: 'made      ',
  'to be made': 'to be made',
  person: 'FOR YOU   ',
  failed: 'FAILED    ',
};

function outcomeOf(all: readonly Done[], dryRun: boolean): Outcome {
  const has = (...states: readonly Done['state'][]): boolean => all.some(({ state }) => states.includes(state));
  return {
    exitCode: has('failed') ? exitCodes.failed : has('person', 'to be made') ? exitCodes.differences : exitCodes.done,
    json: { dryRun, parts: all },
    lines: all.map(({ what, state, says }) => `${signs[state]}  ${what}: ${says}`),
  };
}

/** `crmjira set-up`: what the import of a package cannot bring, made once; safe to repeat (R-107, R-108, R-2202). */
export const addSetUp: AddCommand = (program, run) => {
  const command = program
    .command('set-up')
    .summary('make rows, fields and the queue that the packages cannot bring')
    .description(
      'Make the connection row, the template rows of budget categories, the sender queue and the custom fields in Jira, as far as they are missing. Nothing that is there is changed; safe to repeat. What only a person can do is named.',
    )
    .option('--sender-address <address>', 'address of the sender queue, where that has to be made')
    .option('--dry-run', 'only say what is missing', false);
  run<SetUpOptions>(command, (terminal, { dryRun, senderAddress = null }) =>
    withSession(terminal, async ({ config, dataverse, connection: { site }, environmentSettings }) => {
      const context = {
        config,
        dataverse: administratorClient(config, dataverse),
        site,
        environmentSettings,
        senderAddress,
      };
      const done: Done[] = [];
      for (const [name, part] of parts) {
        terminal.status?.(name);
        done.push(...(await runPart(name, part, context, dryRun)));
      }
      terminal.status?.('');
      return outcomeOf(done, dryRun);
    }),
  );
};
