import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type DeploymentSettings,
  InvalidDeploymentSettings,
  judgeSettings,
  parseDeploymentSettings,
  settingsOf,
} from '../../solution/tools/deployment/deployment-settings';
import { readNeededSettings } from '../../solution/tools/deployment/needed-settings';

const root = join(__dirname, '..', '..');
const folder = join(root, 'solution', 'deployment');
const environments = ['dev', 'test', 'prod'] as const;
const textOf = (name: string): string => readFileSync(join(folder, `deploymentSettings.${name}.json`), 'utf8');
const needed = readNeededSettings(root);

/** The file as an administrator fills it in. */
function filled(name: string): string {
  return textOf(name)
    .replaceAll(/<id of the \w+ connection>/g, 'c'.repeat(32))
    .replaceAll('<subscription id>', '11111111-2222-3333-4444-555555555555')
    .replaceAll('<resource group>', 'crm-jira')
    .replaceAll(/<host of the (\w+) service>/g, 'proxy.$1.example.ca')
    .replaceAll(/<host of the (\w+) Jira>/g, 'jira.$1.example.ca')
    .replaceAll(/<address of the [\w ]+>/g, 'people@example.ca')
    .replaceAll(/<name of [\w ]+>/g, 'CRM-JIRA');
}
const settings = (name = 'prod'): DeploymentSettings => parseDeploymentSettings(filled(name));
function withValue(name: string, value: string | null): DeploymentSettings {
  const { EnvironmentVariables, ConnectionReferences } = settings();
  const others = EnvironmentVariables.filter(({ SchemaName }) => SchemaName !== name);
  return {
    ConnectionReferences,
    EnvironmentVariables: value === null ? others : [...others, { SchemaName: name, Value: value }],
  };
}

describe.each(environments)('deploymentSettings.%s.json (R-2202)', (name) => {
  test('fits both solutions once its placeholders are filled in', () => {
    expect(judgeSettings(settings(name), needed)).toEqual([]);
  });

  test('as it stands names every place that is yours to fill in, and nothing else', () => {
    const problems = judgeSettings(parseDeploymentSettings(textOf(name)), needed);
    expect(problems).toContain(`crmjira_ProxyHost: put your own value for <host of the ${name} service>`);
    expect(problems.filter((one) => !/: put your own value for <|: expected the id of a connection/.test(one))).toEqual(
      [],
    );
  });

  test('holds no secret: every secret of the solution is a reference to a vault of its own', () => {
    const secrets = needed.flatMap(({ variables }) => variables).filter(({ type }) => type === 'Secret');
    const { EnvironmentVariables } = settings(name);
    for (const { schemaName } of secrets) {
      const value = EnvironmentVariables.find(({ SchemaName }) => SchemaName === schemaName)?.Value;
      expect(value).toMatch(/^\/subscriptions\/.*\/secrets\/JIRA-/);
    }
    const vaults = environments.map((one) => /vaults\/([\w-]+)/.exec(textOf(one))?.[1]);
    expect(new Set(vaults).size).toBe(environments.length);
  });
});

describe('what stops an import, in words (R-2202)', () => {
  test.each<[string, DeploymentSettings, string]>([
    ['a value for nothing', withValue('crmjira_Misspelt', 'x'), 'crmjira_Misspelt: neither solution has'],
    [
      'no host of the connector',
      withValue('crmjira_ProxyHost', null),
      'crmjira_ProxyHost: has no default and needs a value',
    ],
    [
      'a secret in clear',
      withValue('crmjira_JiraApiToken', 'ATATT3x-secret'),
      'crmjira_JiraApiToken: expected a reference',
    ],
    [
      'http',
      withValue('crmjira_JiraBaseUrl', 'http://jira.prod.example.ca'),
      'crmjira_JiraBaseUrl: expected an https address',
    ],
    [
      'a host with a path',
      withValue('crmjira_ProxyHost', 'a.example.ca/rest'),
      'crmjira_ProxyHost: expected a host without',
    ],
    [
      'another host',
      withValue('crmjira_ProxyHost', 'other.example.ca'),
      'crmjira_ProxyHost: expected the host of crmjira_ProxyBaseUrl',
    ],
    ['another region', withValue('crmjira_AllowedRegions', 'East US'), 'crmjira_AllowedRegions: expected Canada'],
    ['no JSON', withValue('crmjira_ApprovalLimits', '{'), 'crmjira_ApprovalLimits: expected JSON'],
    ['no number', withValue('crmjira_DefaultHourlyRate', 'much'), 'crmjira_DefaultHourlyRate: expected a number'],
    [
      'neither yes nor no',
      withValue('crmjira_RedactAmountsInEmail', 'true'),
      'crmjira_RedactAmountsInEmail: expected yes or no',
    ],
    [
      'a host that may not be called',
      withValue('crmjira_EgressAllowList', '*.crm3.dynamics.com'),
      'crmjira_EgressAllowList: expected to hold the host of crmjira_JiraBaseUrl',
    ],
    [
      'no connection',
      { ...settings(), ConnectionReferences: [] },
      'crmjira_Dataverse: this connection reference has no connection',
    ],
    [
      'a connection of another connector',
      {
        ...settings(),
        ConnectionReferences: settings().ConnectionReferences.map((one) => ({
          ...one,
          ConnectorId: '/apis/shared_sql',
        })),
      },
      'crmjira_Approvals: expected a connection of /providers/Microsoft.PowerApps/apis/shared_approvals',
    ],
  ])('%s', (_, wrong, words) => {
    const problems = judgeSettings(wrong, needed);
    expect(problems).toContainEqual(expect.stringContaining(words));
    expect(problems.join()).not.toContain('ATATT3x-secret');
  });

  test('a file that is none, or has words that pac does not know, is refused', () => {
    expect(() => parseDeploymentSettings('{')).toThrow('expected a JSON file');
    const misspelt = filled('dev').replace('"EnvironmentVariables"', '"EnvironmentVariable"');
    expect(() => parseDeploymentSettings(misspelt)).toThrow(InvalidDeploymentSettings);
  });

  test('each solution gets what is its own: an import knows nothing of the other', () => {
    const [connector, main] = needed.map((one) => settingsOf(settings(), one));
    expect(needed.map(({ solution }) => solution)).toEqual(['crmjiraconnector', 'crmjira']);
    expect(connector).toEqual({
      EnvironmentVariables: [{ SchemaName: 'crmjira_ProxyHost', Value: 'proxy.prod.example.ca' }],
      ConnectionReferences: [],
    });
    expect(main?.EnvironmentVariables.map(({ SchemaName }) => SchemaName)).not.toContain('crmjira_ProxyHost');
    expect(main?.ConnectionReferences).toHaveLength(3);
  });
});

describe('npm run settings', () => {
  const tool = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', join(root, 'solution/tools/settings.ts'), ...args], {
      encoding: 'utf8',
      cwd: root,
    });

  test('writes one file a solution, none while it waits for a connection, nothing at all when something is wrong (F-203)', () => {
    const output = mkdtempSync(join(tmpdir(), 'crmjira-settings-'));
    try {
      const own = join(output, 'mine.json');
      writeFileSync(own, filled('test'));
      expect(tool(own, '--output', output).status).toBe(0);
      const written = readFileSync(join(output, 'crmjira.settings.json'), 'utf8');
      expect(parseDeploymentSettings(written).ConnectionReferences).toHaveLength(3);
      // A file of another time or environment would be imported by mistake.
      writeFileSync(own, filled('test').replace(/"c{32}"(?=,\s*"ConnectorId": "[^"]*shared_crmjira)/, '"<to come>"'));
      const waiting = tool(own, '--output', output);
      expect([waiting.status, existsSync(join(output, 'crmjira.settings.json'))]).toEqual([3, false]);
      expect(existsSync(join(output, 'crmjiraconnector.settings.json'))).toBe(true);
      const refused = tool('prod', '--output', join(output, 'never'));
      expect(refused.status).toBe(1);
      expect(refused.stderr).toContain('nothing was written');
      expect(tool('staging')).toMatchObject({ status: 2, stderr: expect.stringContaining('there is no file') });
    } finally {
      rmSync(output, { recursive: true, force: true });
    }
  });
});
