import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { exitCodes } from '../../../plugins-proxy/src/cli/exit-codes';
import { describeProgram } from '../../../plugins-proxy/src/cli/program';
import { progressText } from '../../../plugins-proxy/src/cli/progress';
import { columnText, valueText } from '../../../plugins-proxy/src/cli/words/value-text';
import { crmjira, jsonOf } from '../cli-terminal';
import { environment } from '../test-config';

/** Of the commander that the proxy uses. */
type Command = ReturnType<typeof describeProgram>;

const root = join(__dirname, '..', '..', '..');
const text = readFileSync(join(root, 'docs', 'command-line.md'), 'utf8');

/** All command lines that do something, e.g. `dead-letters retry`. */
function leaves(command: Command, before: readonly string[] = []): string[] {
  return command.commands.flatMap((child) => {
    const path = [...before, child.name()];
    return child.commands.length === 0 ? [path.join(' ')] : leaves(child, path);
  });
}
const program = describeProgram(() => undefined);
const commands = leaves(program);

describe('docs/command-line.md', () => {
  test('names exactly the commands there are', () => {
    const named = [...text.matchAll(/^\| `crmjira ([a-z_ -]+?)(?: [<[-].*?)?` +\|/gm)].map((match) => match[1]!);
    expect(named.sort()).toEqual([...commands].sort());
  });

  test('names exactly the exit codes there are', () => {
    const named = [...text.matchAll(/^\| (\d+) +\|/gm)].map((match) => Number(match[1]));
    expect(named.sort()).toEqual(Object.values(exitCodes).sort());
  });

  test('names only options that exist, and all of them', () => {
    const options = (command: Command): string[] => [
      ...command.options.map((option) => option.long ?? ''),
      ...command.commands.flatMap(options),
    ];
    const named = new Set([...text.matchAll(/--[a-z][a-z-]*/g)].map((match) => match[0]));
    const known = describeProgram((command) => command.option('--json'));
    expect([...named].sort()).toEqual([...new Set([...options(known), '--help'])].sort());
  });
});

describe('help', () => {
  test.each(['', ...commands, 'dead-letters'])('of "crmjira %s" is printed and ends with 0', async (name) => {
    const run = await crmjira({}, [...name.split(' ').filter(Boolean), '--help']);
    expect(run).toMatchObject({ code: exitCodes.done, err: '' });
    expect(run.out).toContain(`Usage: crmjira ${name}`.trim());
    expect(run.out).toContain(name === '' ? 'Exit codes:' : name === 'dead-letters' ? 'retry' : '--json');
  });

  test('the process itself refuses with words and 2, and ends with 0 otherwise (R-1406 below)', async () => {
    const cli = join(root, 'plugins-proxy', 'src', 'cli.ts');
    const refused = promisify(execFile)(process.execPath, ['--import', 'tsx', cli, 'drift'], {
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '' },
    });
    await expect(refused).rejects.toMatchObject({
      code: exitCodes.usage,
      stderr: expect.stringContaining('JIRA_URL: expected'),
    });
  });
});

test('R-1406 a reader who leaves early, as head does, is no error of the command', async () => {
  const cli = join(root, 'plugins-proxy', 'src', 'cli.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', cli, 'sync', '--help'], { cwd: root });
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect([code, said]).toEqual([exitCodes.done, '']);
});

test('F-218 --version is the version of the package', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'plugins-proxy', 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(await crmjira({}, ['--version'])).toMatchObject({ code: 0, out: version, err: '' });
});

describe('usage', () => {
  test.each([
    [[]],
    [['unknown']],
    [['sync']],
    [['sync', '--opportunity', 'ACME']],
    [['sync', '--all', '--opportunity', 'a1b2c3d4-e5f6-7890-abcd-ef1234567890']],
    [['sync', '--all', '--parallel', '0']],
    [['replay']],
    [['replay', '--since', 'yesterday']],
    [['replay', '--since', '2025-01-17T09:00:00']],
    [['dead-letters', 'retry']],
    [['dead-letters', 'retry', 'opportunity:1', '--all']],
    [['report']],
    // F-218: the first of two would be dropped without a word; a month that is to come has nothing to report.
    [['rotate-secrets', '--secret', 'JIRA_API_TOKEN', '--secret', 'DATAVERSE_STEP_KEY']],
    [['compliance-report', '--month', '2099-01']],
  ])('%j is refused with 2 and words', async (args) => {
    const run = await crmjira(environment, args);
    expect(run.code).toBe(exitCodes.usage);
    expect(run.err).not.toBe('');
    expect(run.out).toBe('');
  });

  test('a wrong configuration is refused with 2 and names each variable, never a secret', async () => {
    const wrong = { ...environment, JIRA_URL: 'jira', DATAVERSE_STEP_KEY: 'short-secret' };
    const run = await crmjira(wrong, ['drift']);
    expect(run.code).toBe(exitCodes.usage);
    expect(run.err).toContain('JIRA_URL: expected');
    expect(run.err).toContain('DATAVERSE_STEP_KEY: expected');
    expect(run.err + run.out).not.toContain('short-secret');
    const json = await crmjira(wrong, ['drift', '--json']);
    expect(json.code).toBe(exitCodes.usage);
    expect(jsonOf(json)).toMatchObject({ error: { code: 'invalid-configuration' } });
  });
});

describe('words', () => {
  test('columns and values are told as people know them', () => {
    expect(columnText('crmjira_spent_amount')).toBe('Spent amount');
    expect(columnText('crmjira_opportunity_id@odata.bind')).toBe('Opportunity');
    expect(columnText('actualvalue')).toBe('Actual value');
    expect(columnText('regardingobjectid_opportunity_task@odata.bind')).toBe('Regarding');
    expect(valueText('crmjira_budget_status', 4)).toBe('Over Budget');
    expect(valueText('crmjira_spent_amount', 46_000.5)).toBe('46,000.5');
    expect(valueText('crmjira_last_error', null)).toBe('(empty)');
    expect(valueText('crmjira_project_archived', false)).toBe('no');
    expect(valueText('crmjira_last_sync_date', new Date('2025-01-17T09:00:00Z'))).toBe('2025-01-17T09:00:00Z');
    expect(valueText('description', 'x'.repeat(500))).toHaveLength(101);
  });

  test('the progress bar fills with what is done and tells of failures', () => {
    expect(progressText(0, 40, 0)).toBe(`[${'.'.repeat(30)}] 0 of 40`);
    expect(progressText(20, 40, 1)).toBe(`[${'#'.repeat(15)}${'.'.repeat(15)}] 20 of 40, 1 failed`);
    expect(progressText(0, 0, 0)).toBe(`[${'#'.repeat(30)}] 0 of 0`);
  });
});
