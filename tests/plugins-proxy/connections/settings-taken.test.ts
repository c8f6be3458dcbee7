import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeOverruledSettings } from '../../../plugins-proxy/src/cli/doctor/overruled-settings';
import { limitsOf } from '../../../plugins-proxy/src/connections/environment/limits';
import type { EnvironmentVariables } from '../../../plugins-proxy/src/connections/environment/read-environment-variables';
import { toSettings } from '../../../plugins-proxy/src/connections/environment/to-settings';
import { testConfig } from '../test-config';

const root = join(__dirname, '..', '..', '..');
const definitions = readdirSync(join(root, 'solution', 'src', 'environmentvariabledefinitions'));
/** Kept in the vault and read from there, of capabilities that the service does not carry out, or read by a page. */
const elsewhere = [
  'crmjira_JiraApiToken',
  'crmjira_JiraServiceAccountPassword',
  'crmjira_JiraServiceAccountUsername',
  'crmjira_JiraWebhookSecret',
  'crmjira_DeleteWorklogWithRecord',
  'crmjira_EngagementConstants',
  // Of capabilities that are still to come (groups 16 to 18).
  'crmjira_BrakePercent',
  'crmjira_DailyTargetMinutes',
  'crmjira_DefaultConnectionRules',
  'crmjira_IssuePersonalData',
];

/** Where a value is taken by its name; those left out only speak of it. */
function takenByTheService(): string {
  const folder = join(root, 'plugins-proxy', 'src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/read-config|judge-alerts|connection-checks|symptoms/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
}

const set = (values: Record<string, string>, isDefault = false): EnvironmentVariables =>
  new Map(Object.entries(values).map(([name, value]) => [name, { value, isDefault }]));
const settings = (values: Record<string, string>, isDefault = false) => toSettings(set(values, isDefault), 'c01', null);

test('every environment variable of the solution is taken by the service', () => {
  const source = takenByTheService();
  expect(definitions.filter((name) => !new RegExp(`'${name}'`).test(source) && !elsewhere.includes(name))).toEqual([]);
});

describe('how much is done at a time (R-604, R-909)', () => {
  const there = {
    crmjira_DegreeOfParallelism: '8',
    crmjira_ConnectionTimeoutSeconds: '12.5',
    crmjira_MaxConnections: '40',
    crmjira_GatewayRequestsPerMinute: '300',
  };
  const own = { WORKERS: '6', REQUEST_TIMEOUT_MS: '2000', JIRA_CONNECTIONS: '5', JIRA_CALLS_PER_MINUTE: '100' };

  test('R-604 R-909 is what Dynamics says, unless a variable of the service says it', () => {
    expect(limitsOf(testConfig(), settings(there))).toEqual({
      workers: 8,
      timeoutMs: 12_500,
      connections: 40,
      callsPerMinute: 300,
    });
    const ours = { workers: 6, timeoutMs: 2_000, connections: 5, callsPerMinute: 100 };
    expect(limitsOf(testConfig(own), settings(there))).toEqual(ours);
    expect(limitsOf(testConfig(own), null)).toEqual(ours);
  });

  test('R-604 R-909 is the default of the service before the settings are read, and where nobody has set any', () => {
    const standard = { workers: 20, timeoutMs: 30_000, connections: 16, callsPerMinute: null };
    expect(limitsOf(testConfig(), null)).toEqual(standard);
    // The solution's own defaults: its 500 calls a minute are for those who have the data gateway on their way.
    expect(limitsOf(testConfig(), settings(there, true))).toEqual(standard);
  });

  test.each([
    ['crmjira_DegreeOfParallelism', '65', 'a whole number between 1 and 64'],
    ['crmjira_DegreeOfParallelism', 'many', 'a whole number between 1 and 64'],
    ['crmjira_ConnectionTimeoutSeconds', '0', 'a number between 0.1 and 600'],
    ['crmjira_MaxConnections', '2.5', 'a whole number between 1 and 100'],
    ['crmjira_GatewayRequestsPerMinute', '5', 'a whole number between 10 and 100000'],
    ['crmjira_JiraDeployment', 'hosted', 'cloud, dc or server'],
    ['crmjira_BudgetApiBaseUrl', '/rest/budgets', 'an http or https address'],
    ['crmjira_LogFailureLimit', '-1', 'a whole number between 0 and 100000'],
    ['crmjira_LogRateWindowMinutes', '1441', 'a whole number between 1 and 1440'],
    ['crmjira_SlowResponseSeconds', 'slow', 'a number between 0.1 and 600'],
    ['crmjira_WebhookDelayMinutes', '0', 'a number between 0.1 and 1440'],
    ['crmjira_DegradationPercent', '-5', 'a number between 0 and 1000'],
    ['crmjira_TokenAlertDays', '0', 'a whole number between 1 and 365'],
    ['crmjira_CertificateAlertDays', '400', 'a whole number between 1 and 365'],
    ['crmjira_TokenMaxDays', '1.5', 'a whole number between 1 and 365'],
    ['crmjira_TokenRotationDays', '91', 'a whole number between 1 and 90'],
  ])('R-604 R-909 R-1103 R-1106 R-1218 refuses %s "%s" in words', (name, value, wanted) => {
    expect(() => settings({ [name]: value })).toThrow(
      `The environment variable ${name} must be ${wanted}; it is "${value}".`,
    );
  });
});

test('R-1103 R-1106 R-1111 R-1218 the limits of the alerts are those of the data model, or what is set', () => {
  expect(settings({}).thresholds).toEqual({
    LogFailureLimit: 5,
    LogRateWindowMinutes: 15,
    SlowResponseSeconds: 5,
    WebhookDelayMinutes: 5,
    DegradationPercent: 20,
    TokenAlertDays: 7,
    CertificateAlertDays: 30,
    TokenRotationDays: 60,
    TokenMaxDays: 90,
  });
  const changed = {
    LogFailureLimit: 0,
    LogRateWindowMinutes: 60,
    SlowResponseSeconds: 2.5,
    WebhookDelayMinutes: 10,
    DegradationPercent: 35,
    TokenAlertDays: 14,
    CertificateAlertDays: 45,
    TokenRotationDays: 100,
    TokenMaxDays: 120,
  };
  const given = Object.fromEntries(Object.entries(changed).map(([name, value]) => [`crmjira_${name}`, String(value)]));
  expect(settings(given).thresholds).toEqual(changed);
  // A shorter limit alone takes the rotation along.
  expect(settings({ crmjira_TokenMaxDays: '30' }).thresholds).toMatchObject({ TokenRotationDays: 30 });
});

test('doctor names a setting that was changed in Dynamics and that a variable of the service wins over', () => {
  const config = testConfig({ WORKERS: '20' });
  expect(judgeOverruledSettings(set({ crmjira_DegreeOfParallelism: '40' }), config)).toMatchObject({
    status: 'warning',
    says: 'crmjira_DegreeOfParallelism is 40, WORKERS of the service says 20 and wins',
  });
  expect(judgeOverruledSettings(set({ crmjira_DegreeOfParallelism: '20' }), config)).toMatchObject({ status: 'ok' });
  expect(judgeOverruledSettings(set({ crmjira_DegreeOfParallelism: '40' }, true), config)).toMatchObject({
    status: 'ok',
  });
  expect(judgeOverruledSettings(set({ crmjira_DegreeOfParallelism: '40' }), testConfig())).toMatchObject({
    status: 'ok',
  });
});
