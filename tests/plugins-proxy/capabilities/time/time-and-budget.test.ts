import { randomBytes, randomUUID } from 'node:crypto';
import { AuthType, CommandState, CommandType } from '@crmjira/domain';
import { z } from 'zod';
import { serviceKey } from '../../../../plugins-proxy/src/platform/secrets/service-keys';
import { organizationId, userRole } from '../../../../sandbox/src/dataverse';
import { sealSecret } from '../../../../webresources/src/sealed/seal-secret';
import { eventually } from '../../eventually';
import { people } from '../../stand-ins';
import { type Row, startWorld, stopWorlds, type World } from '../../world';

afterEach(stopWorlds);

const key = randomBytes(32).toString('base64url');
const records = 'crmjira_time_records';
const owned = z.object({ _ownerid_value: z.string(), crmjira_jira_worklog_id: z.string().nullable() });

/** Connects a person with a token of their own, as the page does. @returns what Jira's stand-in lets them in by */
async function connect(world: World, by: string, userId: string, accountId: string): Promise<string> {
  const { jira, jiraUrl } = world.standIns;
  const email = `${by}@company.com`;
  const person = jira.site.addUser({ email, displayName: by, accountId });
  const token = jira.site.giveToken(person, 'cloud', randomUUID(), `${randomUUID()}-of-the-tests`);
  const service = serviceKey(key);
  const commandId = randomUUID();
  const context = { organizationId, userId, commandId, targetHost: new URL(jiraUrl).host };
  await world.writeAs(by, 'crmjira_commands', commandId, {
    crmjira_command_type: CommandType.SaveMyConnection,
    crmjira_command_state: CommandState.Requested,
    crmjira_regarding_table: 'crmjira_jira_connection',
    crmjira_regarding_id: randomUUID(),
    crmjira_payload: JSON.stringify({
      integration: world.config.connectionId,
      authType: AuthType.ApiToken,
      email,
      inbound: true,
    }),
    crmjira_sealed: await sealSecret({ keyId: service.id, publicKey: await service.publicKey() }, context, token),
  });
  await eventually(async () => {
    expect(await world.one('crmjira_commands', commandId)).toMatchObject({ crmjira_command_state: CommandState.Done });
  });
  return `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`;
}

const enter = async (world: World, by: string, issueKey: string, more: Row = {}): Promise<string> => {
  const id = randomUUID();
  await world.writeAs(by, records, id, {
    crmjira_subject: 'Calls',
    crmjira_time_in: '2025-01-20T13:00:00Z',
    crmjira_time_out: '2025-01-20T15:00:00Z',
    crmjira_jira_issue_key: issueKey,
    crmjira_sync_requested: true,
    ...more,
  });
  await eventually(async () => expect(await world.one(records, id)).toMatchObject({ crmjira_jira_synced: true }));
  return id;
};

test('R-1829 R-507 R-2304 time of people is in the burn once, wherever it was entered; who sees whose hours, their roles say', async () => {
  const world = await startWorld('2025-01-20T17:30:00Z', { SECRETS_KEY: key }, { crmjira_Capabilities: 'budget,time' });
  const mapping = await world.provision();
  await world.approve();
  const olivia = await connect(world, 'opportunity.owner', people.owner, 'olivia');
  await connect(world, 'project.manager', people.manager, 'paul');
  const issueId = await world.newIssue();
  const issueKey = String((await world.jira('GET', `/issue/${issueId}`))['key']);

  // Entered in Dynamics: two hours of each at 125.00.
  await enter(world, 'opportunity.owner', issueKey);
  await enter(world, 'project.manager', issueKey);
  await world.settledAt(mapping, [500, 249_500, 0.2, 3]);

  // Logged in Jira by herself: an hour more in the burn, and a record of hers.
  const logged = await fetch(`${world.standIns.jiraUrl}/rest/api/2/issue/${issueId}/worklog`, {
    method: 'POST',
    headers: { authorization: olivia, 'content-type': 'application/json' },
    body: JSON.stringify({ started: '2025-01-20T15:00:00.000+0000', timeSpentSeconds: 3_600, comment: 'By hand' }),
  });
  expect(logged.status).toBe(201);
  await world.settledAt(mapping, [625, 249_375, 0.25, 3]);
  await eventually(async () => expect(await world.rows(records)).toHaveLength(3));
  const all = await world.rows(records);
  const worklogs = world.standIns.jira.site.worklogs.all();
  expect(all.map((row) => row['crmjira_jira_worklog_id']).sort()).toEqual(worklogs.map(({ id }) => id).sort());
  const hours = all.reduce((sum, row) => sum + Number(row['crmjira_jira_seconds']), 0) / 3_600;
  expect(hours).toBe(5);
  expect((await world.one('crmjira_budget_mappings', mapping))['crmjira_total_hours']).toBe(hours);

  // Everybody sees their own; the role sees all, and changes none.
  const { dataverse } = world.standIns;
  await dataverse.seed([userRole(people.finance, dataverse.roleId('CRM-JIRA Worklog Viewer') ?? '')]);
  const seenBy = async (who: string): Promise<readonly string[]> => {
    const found = await world.standIns
      .as(`${who}@company.com`)
      .many(records, { select: Object.keys(owned.shape) }, owned);
    return found.map(({ _ownerid_value: owner }) => owner).sort();
  };
  expect(await seenBy('opportunity.owner')).toEqual([people.owner, people.owner]);
  expect(await seenBy('project.manager')).toEqual([people.manager]);
  expect(await seenBy('finance.controller')).toEqual([people.owner, people.owner, people.manager].sort());
  const [first] = all;
  const change = { crmjira_notes: 'Not mine' };
  await expect(
    world.writeAs('finance.controller', records, String(first!['crmjira_time_recordid']), change),
  ).rejects.toMatchObject({ code: 'dataverse-forbidden' });

  // Deleted in Jira: out of the burn again. The record follows once Jira's feed tells of it, which is not waited for.
  const arrived = all.find((row) => row['crmjira_notes'] === 'By hand');
  await world.jira('DELETE', `/issue/${issueId}/worklog/${String(arrived!['crmjira_jira_worklog_id'])}`);
  await eventually(async () => expect(await world.figures(mapping)).toEqual([500, 249_500, 0.2, 3]));
}, 120_000);
