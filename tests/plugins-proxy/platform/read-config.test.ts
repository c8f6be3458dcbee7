import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidConfiguration } from '../../../plugins-proxy/src/platform/config/invalid-configuration';
import { readConfig } from '../../../plugins-proxy/src/platform/config/read-config';
import { environment, testConfig } from '../test-config';

function problemsOf(over: Record<string, string | undefined>): string[] {
  try {
    readConfig({ ...environment, ...over });
  } catch (error) {
    if (error instanceof InvalidConfiguration) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  test('is read into a typed object with its defaults', () => {
    expect(testConfig({ DATAVERSE_URL: 'https://org.crm3.dynamics.com/' })).toMatchObject({
      host: '127.0.0.1',
      workers: 20,
      pollIntervalMs: 60_000,
      registerSteps: false,
      dataverse: {
        url: 'https://org.crm3.dynamics.com',
        tokenUrl: 'https://login.microsoftonline.com/72f988bf-0000-4000-8000-000000000001/oauth2/v2.0/token',
      },
      jira: { credentials: { kind: 'basic' } },
      store: { kind: 'sqlite', file: ':memory:', maximumBytes: null },
    });
    expect(testConfig({ DATABASE_URL: 'postgres://u:p@h/d?sslmode=verify-full' }).store.kind).toBe('postgres');
  });

  test.each([
    [{ PORT: 'eighty' }, 'PORT: expected a port between 0 and 65535, got "eighty"'],
    [{ WORKERS: '0' }, 'WORKERS: expected a whole number between 1 and 64, got "0"'],
    [{ JIRA_URL: 'jira.example.com' }, 'JIRA_URL: expected an http or https address, got "jira.example.com"'],
    [{ JIRA_DEPLOYMENT: 'onpremises' }, 'JIRA_DEPLOYMENT: expected auto, cloud, dc or server, got "onpremises"'],
    [{ REGISTER_STEPS: 'yes' }, 'REGISTER_STEPS: expected true or false, got "yes"'],
    [{ CONNECTION_ID: 'x' }, 'CONNECTION_ID: expected a GUID, got "x"'],
    [{ PUBLIC_URL: undefined }, 'PUBLIC_URL: expected an http or https address (it is required), got nothing'],
    [
      { JIRA_WEBHOOK_SECRET: 'short' },
      'JIRA_WEBHOOK_SECRET: expected a secret of at least 16 characters, got a value that is not shown',
    ],
    [{ DATABASE_URL: 'mysql://u:hunter2@h/d' }, /^DATABASE_URL: expected .*, got a value that is not shown$/],
    [
      { JIRA_DEPLOYMENT: 'dc', JIRA_EMAIL: undefined, JIRA_API_TOKEN: undefined },
      'JIRA_PAT: expected a personal access token, as JIRA_DEPLOYMENT is dc, got nothing',
    ],
    [{ JIRA_API_TOKEN: undefined }, 'JIRA_API_TOKEN: expected an API token, as JIRA_DEPLOYMENT is cloud, got nothing'],
  ])('%j is refused in words', (over, message) => {
    const problems = problemsOf(over);
    expect(problems).toHaveLength(1);
    if (typeof message === 'string') expect(problems[0]).toBe(message);
    else expect(problems[0]).toMatch(message);
  });

  test('all problems are named at once, and no secret among them', () => {
    const problems = problemsOf({ PORT: 'x', JIRA_WEBHOOK_SECRET: 'tiny', DATAVERSE_STEP_KEY: 'smaller' });
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toMatch(/tiny|smaller/);
  });

  test('the credentials that Jira needs are among them, although they hang together', () => {
    const none = { JIRA_EMAIL: undefined, JIRA_API_TOKEN: undefined };
    expect(problemsOf({ ...none, PORT: 'x' }).map((problem) => problem.split(':')[0])).toEqual([
      'PORT',
      'JIRA_EMAIL',
      'JIRA_API_TOKEN',
    ]);
  });

  describe('secrets in files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'crmjira-config-'));
    afterAll(() => rmSync(folder, { recursive: true }));

    test('are read without their line end', () => {
      const file = join(folder, 'token');
      writeFileSync(file, 'token-from-a-file\n');
      const config = testConfig({ JIRA_API_TOKEN: undefined, JIRA_API_TOKEN_FILE: file });
      expect(config.jira.credentials).toMatchObject({ apiToken: 'token-from-a-file' });
    });

    test('that are missing are named', () => {
      const file = join(folder, 'absent');
      expect(problemsOf({ JIRA_API_TOKEN: undefined, JIRA_API_TOKEN_FILE: file })[0]).toBe(
        `JIRA_API_TOKEN_FILE: expected a readable file, got "${file}"`,
      );
    });
  });
});
