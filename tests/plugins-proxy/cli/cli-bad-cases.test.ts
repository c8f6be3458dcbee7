import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planRotation } from '../../../plugins-proxy/src/cli/rotate-secrets/plan-rotation';
import type { SecretFacts } from '../../../plugins-proxy/src/platform/secrets/collect-secrets';
import { agesOf } from '../../../plugins-proxy/src/platform/secrets/secret-ages';
import { crmjira, jsonOf } from '../cli-terminal';
import { environment, testConfig } from '../test-config';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'crmjira-bad-cases-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a command line that cannot work', () => {
  test.each([
    [['sync'], 'give --opportunity <id> or --all'],
    [['sync', '--opportunity', 'x'], /^option '--opportunity <id>' argument 'x' is invalid. Expected a GUID/],
    [['replay'], "required option '--since <instant>' not specified"],
    [['nonsense'], "unknown command 'nonsense'"],
  ])('%j ends with 2 and says why, as text and as a document', async (args, why) => {
    const text = await crmjira(environment, args);
    expect([text.code, text.out]).toEqual([2, '']);
    expect(text.err).not.toBe('');
    const document = await crmjira(environment, [...args, '--json']);
    expect([document.code, document.err]).toEqual([2, '']);
    const message = typeof why === 'string' ? why : expect.stringMatching(why);
    expect(jsonOf(document)).toEqual({ error: { code: 'usage', message } });
  });

  test('R-1225 nothing that is printed steers the terminal', async () => {
    const run = await crmjira(environment, ['\u001b[31mred\u009b']);
    expect(run.err).toContain("unknown command '\ufffd[31mred\ufffd'");
  });

  test('help is help, with --json beside it as well', async () => {
    const run = await crmjira(environment, ['sync', '--help', '--json']);
    expect([run.code, run.err]).toEqual([0, '']);
    expect(run.out).toContain('Usage: crmjira sync');
  });
});

describe('a store that is not the service’s', () => {
  const withFile = (file: string, ...args: string[]) => crmjira({ ...environment, STORE_FILE: file }, args);

  test.each([[['dead-letters', 'list']], [['replay', '--since', '2025-01-17']]])(
    '%j does not make one to find it empty',
    async (args) => {
      const file = join(folder, 'nowhere', 'store.sqlite');
      const run = await withFile(file, ...args);
      expect(run.code).toBe(1);
      expect(run.err).toContain(`There is no store ${file}.`);
      expect(existsSync(join(folder, 'nowhere'))).toBe(false);
    },
  );

  test('what does not open is named with its reason', async () => {
    const file = join(folder, 'letter.txt');
    writeFileSync(file, 'Dear Sir or Madam, '.repeat(400));
    const run = await withFile(file, 'dead-letters', 'list', '--json');
    expect(jsonOf(run)).toMatchObject({
      error: {
        code: 'store-damaged',
        message: expect.stringContaining(`The store ${file} is damaged (file is not`),
      },
    });
    const url = 'postgres://crmjira:password-of-the-tests@127.0.0.1:1/x';
    const database = await crmjira({ ...environment, DATABASE_URL: url }, ['dead-letters', 'list']);
    expect(database.err).toContain('The database of DATABASE_URL could not be reached (ECONNREFUSED)');
    expect(database.err).not.toContain('password-of-the-tests');
    // A command runs once.
    expect(database.err).not.toContain('tried again');
  });
});

test('R-1218 --due says "not due" only of what is known to be young', () => {
  const now = new Date('2025-02-01T00:00:00Z');
  const secret = (over: Partial<SecretFacts> & Pick<SecretFacts, 'name'>): SecretFacts => ({
    place: { kind: 'variable' },
    since: null,
    expiresOn: null,
    ...over,
  });
  const facts = [
    secret({ name: 'JIRA_API_TOKEN' }),
    secret({ name: 'TEMPO_TOKEN', place: { kind: 'file', path: '/x' }, since: new Date('2025-01-20T00:00:00Z') }),
    secret({
      name: 'DATAVERSE_CLIENT_SECRET',
      place: { kind: 'file', path: '/y' },
      since: new Date('2024-11-01T00:00:00Z'),
    }),
  ];
  const steps = planRotation(facts, agesOf(facts, testConfig().expiries, now), { due: true });
  expect(steps.map((step) => [step.name, step.kind, 'why' in step ? step.why : ''])).toEqual([
    ['DATAVERSE_CLIENT_SECRET', 'guide', 'only a person can make a new one'],
    ['JIRA_API_TOKEN', 'keep', expect.stringContaining('its age is not known')],
    ['TEMPO_TOKEN', 'keep', 'not due'],
  ]);
});
