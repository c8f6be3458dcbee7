import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testConfig } from '../plugins-proxy/test-config';

const script = join(__dirname, '..', '..', 'solution', 'deployment', 'set-up-key-vault.sh');
const template = join(__dirname, '..', '..', 'plugins-proxy', 'operations', 'azure', 'app.json');

/** An `az` that keeps the vault as a folder and writes down what it was called with; the value of a secret is only in its file. */
const az = `#!/usr/bin/env bash
echo "$*" >>"$AZ_CALLS"
case "$1 $2 $3" in
  'keyvault show '*) [ "$AZ_REFUSES" = 1 ] && { echo 'please run az login' >&2; exit 1; }; echo /vaults/kv ;;
  'keyvault secret list') ls "$AZ_VAULT" ;;
  'keyvault secret set')
    while [ $# -gt 0 ]; do case "$1" in --name) name=$2 ;; --file) file=$2 ;; esac; shift; done
    cp "$file" "$AZ_VAULT/$name" ;;
esac
`;

describe('set-up-key-vault.sh (R-1210, R-2202)', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'crmjira-vault-'));
    for (const name of ['bin', 'vault', 'secrets']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'bin', 'az'), az);
    chmodSync(join(folder, 'bin', 'az'), 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const issued = ['JIRA-ServiceAccount-Username', 'JIRA-API-Token', 'DATAVERSE-Client-Secret'];
  const moreIssued = [
    'DATAVERSE-Registration-Secret',
    'DATAVERSE-Retention-Secret',
    'DATABASE-Url',
    'JIRA-ServiceAccount-Password',
  ];
  const give = (names: readonly string[]): void => {
    for (const name of names) writeFileSync(join(folder, 'secrets', name), `value of ${name}\n`);
  };
  const vault = (name: string): string => readFileSync(join(folder, 'vault', name), 'utf8');
  const calls = (): string => readFileSync(join(folder, 'calls'), 'utf8');
  const run = (args: readonly string[], over: Record<string, string> = {}) => {
    const { status, stdout, stderr } = spawnSync('bash', [script, ...args], {
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
        AZ_VAULT: join(folder, 'vault'),
        AZ_CALLS: join(folder, 'calls'),
        ...over,
      },
    });
    return { status, stdout, stderr };
  };
  const from = (): string[] => ['--vault', 'kv', '--from', join(folder, 'secrets')];

  test('stores what others issued, makes what is ours, opens four secrets to Power Platform and no more', () => {
    give([...issued, ...moreIssued]);
    const { status, stdout, stderr } = run(from());
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(vault('JIRA-API-Token')).toBe('value of JIRA-API-Token');
    const made = ['JIRA-Webhook-Secret', 'DATAVERSE-Step-Key', 'SECRETS-Key', 'METRICS-Token'].map(vault);
    for (const value of made) expect(value).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(new Set(made).size).toBe(made.length);
    // Everything that the template of the service refers to, and a key that the service takes.
    const named = [...readFileSync(template, 'utf8').matchAll(/\.vault\.azure\.net\/secrets\/([\w-]+)/g)];
    expect(named.length).toBeGreaterThan(20);
    const there = readdirSync(join(folder, 'vault'));
    expect(named.map(([, name]) => name).filter((name) => !there.includes(name ?? ''))).toEqual([]);
    const keys = { SECRETS_KEY: vault('SECRETS-Key'), SECRETS_KEY_PREVIOUS: vault('SECRETS-Key-Previous') };
    expect(testConfig(keys).secretsKeys).toHaveLength(2);
    for (const value of [...made, 'value of']) expect(stdout + calls()).not.toContain(value);
    const roles = calls()
      .split('\n')
      .filter((line) => line.startsWith('role'));
    expect(roles.map((line) => /--scope \S+\/secrets\/(\S+)/.exec(line)?.[1])).toEqual([
      'JIRA-ServiceAccount-Username',
      'JIRA-API-Token',
      'JIRA-Webhook-Secret',
      'JIRA-ServiceAccount-Password',
    ]);
    for (const role of roles)
      expect(role).toContain('Key Vault Secrets User --assignee 00000007-0000-0000-c000-000000000000');
    expect(calls()).toContain('--description text/plain --expires');
  });

  test('a second run changes no secret', () => {
    give([...issued, ...moreIssued]);
    run(from());
    const before = vault('DATAVERSE-Step-Key');
    writeFileSync(join(folder, 'secrets', 'JIRA-API-Token'), 'another');
    expect(run(from()).status).toBe(0);
    expect([vault('DATAVERSE-Step-Key'), vault('JIRA-API-Token')]).toEqual([before, 'value of JIRA-API-Token']);
  });

  test('says what is missing, also without changing anything', () => {
    give(issued);
    expect(run(['--vault', 'kv', '--check'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('missing  JIRA-API-Token'),
    });
    expect(calls()).not.toMatch(/secret set|role|provider/);
    const cloud = run([...from(), '--jira', 'cloud']);
    expect(cloud).toMatchObject({
      status: 1,
      stderr: 'missing  DATAVERSE-Registration-Secret\nmissing  DATAVERSE-Retention-Secret\nmissing  DATABASE-Url\n',
    });
    expect(existsSync(join(folder, 'vault', 'JIRA-ServiceAccount-Password'))).toBe(false);
  });

  test.each([
    [[], 'which vault?'],
    [['--vault', 'kv', '--from', '/nowhere'], 'where are the secrets?'],
    [['--vault', 'kv', '--jira', 'server'], '--jira is cloud or dc'],
    [['--vualt', 'kv'], 'unknown argument: --vualt'],
  ])('%j is refused', (args, words) => {
    expect(run(args)).toMatchObject({ status: 2, stderr: expect.stringContaining(words) });
  });

  test('a refused sign-in ends it, and is no missing secret', () => {
    const refused = run(['--vault', 'kv', '--check'], { AZ_REFUSES: '1' });
    expect(refused.status).not.toBe(0);
    expect(refused.stderr).toBe('please run az login\n');
  });
});
