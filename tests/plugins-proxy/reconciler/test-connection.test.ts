import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthType, CommandState, CommandType, Deployment } from '@crmjira/domain';
import { guidOf } from '../../../sandbox/src/dataverse/guid';
import { eventually } from '../eventually';
import { people, pat } from '../stand-ins';
import { startWorld, stopLater, stopWorlds } from '../world';

afterEach(stopWorlds);

const [site, other, tempo] = [randomUUID(), randomUUID(), randomUUID()];
const [jiraProvider, tempoProvider] = [randomUUID(), randomUUID()];

test('R-1801 R-1823 an administrator tests a connection, active or not, and reads what was found or what to do', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-connections-'));
  stopLater(async () => rmSync(folder, { recursive: true }));
  const put = (token: string): void => writeFileSync(join(folder, site), token);
  const world = await startWorld('2025-01-20T14:00:00Z', { CONNECTION_SECRETS_DIR: folder });
  const { dataverse, admin, as, jiraUrl } = world.standIns;
  const [userId, roleId] = [people.finance, dataverse.roleId('CRM-JIRA Integration Administrator')!];
  await dataverse.seed([
    {
      table: 'systemuserroles',
      row: { systemuserroleid: guidOf('administrator'), systemuserid: userId, roleid: roleId },
    },
  ]);
  const provider = (id: string, code: string) => ({
    op: 'create' as const,
    collection: 'crmjira_integration_providers',
    id,
    columns: { crmjira_name: code, crmjira_code: code },
  });
  const connection = (id: string, of: string, columns: Record<string, unknown>) => ({
    op: 'create' as const,
    collection: 'crmjira_integrations',
    id,
    columns: {
      crmjira_name: `Site ${id}`,
      'crmjira_provider@odata.bind': `/crmjira_integration_providers(${of})`,
      crmjira_base_url: jiraUrl,
      crmjira_deployment: Deployment.JiraDataCenter,
      crmjira_auth_type: AuthType.PatBearer,
      ...columns,
    },
  });
  await admin.changeSet([provider(jiraProvider, 'JIRA'), provider(tempoProvider, 'TEMPO')]);
  await admin.changeSet([
    connection(site, jiraProvider, { crmjira_secret_name: `file:${site}`, crmjira_is_active: false }),
    connection(other, jiraProvider, { crmjira_secret_name: `file:${site}` }),
    connection(tempo, tempoProvider, {}),
  ]);
  const change = (id: string, columns: Record<string, unknown>): Promise<void> =>
    admin.changeSet([{ op: 'update', collection: 'crmjira_integrations', id, columns }]);

  const ask = async (id: string, by = 'finance.controller') => {
    const commandId = randomUUID();
    const columns = {
      crmjira_command_type: CommandType.TestConnection,
      crmjira_command_state: CommandState.Requested,
      crmjira_regarding_table: 'crmjira_integration',
      crmjira_regarding_id: id,
    };
    await as(`${by}@company.com`).changeSet([{ op: 'create', collection: 'crmjira_commands', id: commandId, columns }]);
    const row = await eventually(async () => {
      const found = await world.one('crmjira_commands', commandId);
      expect(found['crmjira_finished_on']).not.toBeNull();
      return found;
    });
    const { crmjira_command_state: state, crmjira_result: result, crmjira_answer: answer } = row;
    expect(String(result)).not.toContain(pat);
    return { state, result: String(result), answer: JSON.parse(String(answer ?? 'null')) as unknown };
  };
  const lastTest = async (id: string): Promise<unknown> => {
    const row = await world.one('crmjira_integrations', id);
    return row['crmjira_last_test_on'] === null ? null : row['crmjira_last_test_ok'];
  };
  const { Done, Failed, Refused } = CommandState;
  const { host } = new URL(jiraUrl);

  expect(await ask(site)).toMatchObject({
    state: Failed,
    result: expect.stringMatching(/^The secret of the connection cannot be read\. .*Details: There is no file /),
    answer: { ok: false, code: 'secret-unreadable', problem: null },
  });
  put(pat);
  expect(await ask(site)).toMatchObject({
    state: Done,
    result: expect.stringMatching(new RegExp(`^The connection works: the integration signs in to ${host} as \\S`)),
    answer: { ok: true, found: { deployment: { verdict: 'fits' }, account: expect.any(String) } },
  });
  expect(await lastTest(site)).toBe(true);
  // What was entered a moment ago counts, not what was read before.
  put('another-token-of-the-tests');
  expect(await ask(site)).toMatchObject({
    state: Failed,
    result: expect.stringContaining('Jira refuses this sign-in.'),
    answer: { ok: false, code: 'jira-credentials', problem: 'refused' },
  });
  expect(await lastTest(site)).toBe(false);
  put(pat);
  await change(site, { crmjira_base_url: 'http://localhost:1' });
  expect(await ask(site)).toMatchObject({ state: Failed, answer: { code: 'address-refused', problem: 'invalid' } });
  await change(site, { crmjira_base_url: jiraUrl, crmjira_auth_type: AuthType.ApiToken });
  expect(await ask(site)).toMatchObject({
    state: Failed,
    result: expect.stringMatching(/^The connection cannot be used as it stands\. .*it names no user/),
    answer: { code: 'jira-connection', problem: 'invalid' },
  });

  // The secret of another connection is none of this one's.
  expect(await ask(other)).toMatchObject({ state: Failed, answer: { code: 'secret-unreadable' } });
  for (const id of [tempo, randomUUID()])
    expect(await ask(id)).toEqual({
      state: Failed,
      result: 'This record is not a connection to Jira or Sentry. Only those can be tested.',
      answer: null,
    });
  // The one of the service's variables, whatever its row says.
  expect(await ask(world.config.connectionId)).toMatchObject({ state: Done });
  expect(await ask(site, 'opportunity.owner')).toEqual({
    state: Refused,
    result: 'Only an administrator of the integration can ask for that. Nothing was changed.',
    answer: null,
  });
}, 120_000);
