import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idleSettings, judgeIdleSettings } from '../../plugins-proxy/src/cli/doctor/idle-settings';
import type { EnvironmentVariables } from '../../plugins-proxy/src/dataverse/read/read-environment-variables';

const root = join(__dirname, '..', '..');
const definitions = readdirSync(join(root, 'solution', 'src', 'environmentvariabledefinitions'));
/** Kept in the vault and read from there, or of capabilities that the service does not carry out. */
const elsewhere = [
  'crmjira_JiraApiToken',
  'crmjira_JiraServiceAccountPassword',
  'crmjira_JiraServiceAccountUsername',
  'crmjira_JiraWebhookSecret',
  'crmjira_DeleteWorklogWithRecord',
  'crmjira_EngagementConstants',
];

/** Where a value is taken by its name; those left out only speak of it. */
function takenByTheService(): string {
  const folder = join(root, 'plugins-proxy', 'src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/idle-settings|connection-checks|symptoms/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
}

test('every environment variable of the solution is taken by the service, or doctor says that it is not', () => {
  const source = takenByTheService();
  const taken = definitions.filter((name) => new RegExp(`'${name}'`).test(source));
  const unaccounted = definitions.filter(
    (name) => !taken.includes(name) && !(name in idleSettings) && !elsewhere.includes(name),
  );
  expect(unaccounted).toEqual([]);
  expect(Object.keys(idleSettings).filter((name) => taken.includes(name) || !definitions.includes(name))).toEqual([]);
});

test('doctor names a setting that was changed in Dynamics and has no effect, and what is set instead', () => {
  const set = (value: string, isDefault = false) =>
    new Map([['crmjira_DegreeOfParallelism', { value, isDefault }]]) as EnvironmentVariables;
  expect(judgeIdleSettings(set('40'))).toMatchObject({
    status: 'warning',
    says: 'crmjira_DegreeOfParallelism is 40, behaves as 20 (instead: WORKERS)',
  });
  expect(judgeIdleSettings(set('20'))).toMatchObject({ status: 'ok' });
  expect(judgeIdleSettings(set('40', true))).toMatchObject({ status: 'ok' });
});
