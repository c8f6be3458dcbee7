import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { connect } from '../../../../plugins-proxy/src/capabilities/connect';
import { sendDigests } from '../../../../plugins-proxy/src/capabilities/budget/digest/send-digests';
import { rootBusinessUnitId } from '../../../../sandbox/src/dataverse';
import { crmjira, type Run } from '../../cli-terminal';
import { eventually } from '../../eventually';
import { people } from '../../stand-ins';
import { opportunityId, startWorld, stopLater, stopWorlds, type World } from '../../world';

const mappings = 'crmjira_budget_mappings';
const start = '2025-01-15T14:00:00Z';
let world: World;
afterEach(stopWorlds);

const run = (...args: string[]): Promise<Run> => crmjira(world.standIns.environment, args, world.clock);
const edit = (columns: Record<string, unknown>): Promise<void> => world.write('opportunities', opportunityId, columns);
const outbox = () => world.alertMails().map((mail) => JSON.stringify(mail));
/** The raw form of a request as an administrator makes it. */
async function dataverse(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
  const { DATAVERSE_URL, TOKEN_URL, REGISTRATION_CLIENT_ID, REGISTRATION_CLIENT_SECRET } = world.standIns.environment;
  const form = {
    grant_type: 'client_credentials',
    client_id: REGISTRATION_CLIENT_ID ?? '',
    client_secret: REGISTRATION_CLIENT_SECRET ?? '',
    scope: `${DATAVERSE_URL}/.default`,
  };
  const answer = await fetch(TOKEN_URL ?? '', { method: 'POST', body: new URLSearchParams(form) });
  const { access_token: token } = z.object({ access_token: z.string() }).parse(await answer.json());
  const response = await fetch(`${DATAVERSE_URL}/api/data/v9.2/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}
const answered = async (id: string): Promise<Record<string, unknown>> =>
  eventually(async () => {
    const command = await world.one('crmjira_commands', id);
    expect([1, 2]).not.toContain(command['crmjira_command_state']);
    return command;
  });

const close = (subject: string) => ({
  OpportunityClose: {
    subject,
    'opportunityid@odata.bind': `/opportunities(${opportunityId})`,
    '@odata.type': 'Microsoft.Dynamics.CRM.opportunityclose',
  },
});

test('a linked project: people whom Jira does not know are no error (R-413), it outlives its opportunity being lost and reopened (R-310), a renamed key is followed, and once it is deleted its mapping keeps the figures and says so', async () => {
  world = await startWorld(start);
  const { site } = world.standIns.jira;
  site.addUser({ email: 'project.manager@company.com', displayName: 'Paul Martin', accountId: 'account-manager' });
  const mapping = await world.provision();
  expect(await world.one(mappings, mapping)).toMatchObject({
    crmjira_team: `${[people.owner, people.manager].sort().join(',')}|${people.owner}`,
    crmjira_last_error: null,
  });

  await world.standIns.admin.unboundAction('LoseOpportunity', { ...close('Lost'), Status: 4 });
  await eventually(async () => expect(await world.one(mappings, mapping)).toMatchObject({ crmjira_mapping_status: 2 }));
  await edit({ statecode: 0, statuscode: 1 });
  await eventually(async () =>
    expect(await world.one(mappings, mapping)).toMatchObject({
      crmjira_mapping_status: 1,
      crmjira_archived_on: null,
    }),
  );
  expect(site.projects.all()).toHaveLength(1);
  expect(await world.jira('GET', '/project/10150')).not.toHaveProperty('archived', true);

  await world.jira('PUT', '/project/10150', { key: 'ACMENEW' });
  await eventually(async () => {
    expect(await world.one(mappings, mapping)).toMatchObject({ crmjira_jira_project_key: 'ACMENEW' });
    expect(await world.one('opportunities', opportunityId)).toMatchObject({ crmjira_jira_project_key: 'ACMENEW' });
  });

  await world.logHours(await world.newIssue(), 8);
  await world.settledAt(mapping, [1_000, 249_000, 0.4, 1]);
  await world.jira('DELETE', '/project/10150?enableUndo=true');
  const command = await answered(await world.command(3));
  expect(command).toMatchObject({ crmjira_command_state: 5 });
  expect(await world.figures(mapping)).toEqual([1_000, 249_000, 0.4, 1]);
  expect(String((await world.one(mappings, mapping))['crmjira_last_error'])).toContain('no longer exists');
  // R-1506: nothing is left to do by itself, which is not the same as being in sync.
  expect(await run('sync', '--all', '--dry-run')).toMatchObject({
    code: 3,
    out: expect.stringMatching(
      /waits for a person: The Jira project ACMENEW no longer exists[^]*1 opportunity: 0 to be changed, 0 in sync, 1 waiting for a person, 0 failed/,
    ),
  });
});

describe('the opportunity of a linked project', () => {
  test('won at signature: figures, alert and mail go on, the opportunity is left alone (R-2301), also when its mapping is deleted, which is logged once (R-1232)', async () => {
    world = await startWorld(start, { POLL_INTERVAL_MS: '200' });
    const mapping = await world.provision();
    await world.approve();
    await world.standIns.admin.unboundAction('WinOpportunity', { ...close('Signed'), Status: 3 });
    await world.settled();
    const before = await world.one('opportunities', opportunityId);
    await world.logHours(await world.newIssue(), 1_700);
    await world.settledAt(mapping, [212_500, 37_500, 85, 3]);
    expect(await world.rows('crmjira_budget_alerts')).toHaveLength(1);
    expect(outbox()).toHaveLength(1);
    expect(await world.one('opportunities', opportunityId)).toEqual(before);

    expect(await dataverse('DELETE', `crmjira_budget_mappings(${mapping})`)).toMatchObject({ status: 204 });
    const deletions = () => world.rows('crmjira_integration_logs', 'crmjira_operation_type eq 3');
    const logged = [
      {
        crmjira_event_type: 'mapping_deleted',
        crmjira_source_record_id: opportunityId,
        crmjira_target_record_id: 'CRMWYVLZZJ',
        crmjira_duration_ms: expect.any(Number),
      },
    ];
    await eventually(async () => expect(await deletions()).toMatchObject(logged));
    await world.settled();
    expect(await world.one('opportunities', opportunityId)).toEqual(before);

    await edit({ statecode: 0, statuscode: 1 });
    await eventually(async () =>
      expect(await world.one('opportunities', opportunityId)).toMatchObject({ crmjira_jira_project_key: null }),
    );
    await world.settled();
    expect(await deletions()).toHaveLength(1);
  });

  test('reassigned: the new owner gets the role and the mail, the old one gives the role back (R-413, R-707)', async () => {
    world = await startWorld(start);
    const { site } = world.standIns.jira;
    const person = (name: string) =>
      site.addUser({ email: `${name}@company.com`, displayName: name, accountId: `account-${name}` }).id;
    const [owner, manager, finance] = ['opportunity.owner', 'project.manager', 'finance.controller'].map(person);
    const mapping = await world.provision();
    const members = async (): Promise<unknown[]> => {
      const { actors } = await world.jira('GET', '/project/10150/role/10003');
      const parsed = z.array(z.object({ actorUser: z.object({ accountId: z.string() }) })).parse(actors);
      return parsed.map((actor) => actor.actorUser.accountId).sort();
    };
    expect(await members()).toEqual([owner, manager].sort());
    expect(await world.one(mappings, mapping)).toMatchObject({
      crmjira_team: [people.owner, people.manager].sort().join(','),
    });
    await world.approve();
    await edit({ 'ownerid@odata.bind': `/systemusers(${people.finance})` });
    await eventually(async () => expect(await members()).toEqual([finance, manager].sort()));
    await world.logHours(await world.newIssue(), 2_080);
    await world.settledAt(mapping, [260_000, -10_000, 104, 4]);
    expect(outbox()).toHaveLength(1);
    expect(outbox()[0]).toContain('finance.controller@company.com');
    expect(outbox()[0]).not.toContain('opportunity.owner@company.com');
  });

  test('owned by a team: every member is mailed, nobody twice (R-707)', async () => {
    world = await startWorld(start);
    const team = randomUUID();
    const mapping = await world.provision();
    await world.standIns.dataverse.seed([
      {
        table: 'team',
        row: {
          teamid: team,
          name: 'Acme owners',
          teamtype: 0,
          businessunitid: { table: 'businessunit', id: rootBusinessUnitId },
        },
      },
      ...[people.owner, people.manager].map((systemuserid) => ({
        table: 'teammembership',
        row: { teammembershipid: randomUUID(), teamid: team, systemuserid },
      })),
    ]);
    await edit({ 'ownerid@odata.bind': `/teams(${team})` });
    await world.approve();
    await world.logHours(await world.newIssue(), 1_700);
    await world.settledAt(mapping, [212_500, 37_500, 85, 3]);
    const [alert] = await world.rows('crmjira_budget_alerts');
    expect(String(alert?.['crmjira_recipients']).split('; ').sort()).toEqual([
      'finance.controller@company.com',
      'opportunity.owner@company.com',
      'project.manager@company.com',
    ]);
  });

  test('in another currency before approval: mapping and figures follow (R-109)', async () => {
    world = await startWorld(start);
    const dollars = randomUUID();
    await world.standIns.dataverse.seed([
      {
        table: 'transactioncurrency',
        row: {
          transactioncurrencyid: dollars,
          currencyname: 'US Dollar',
          isocurrencycode: 'USD',
          currencysymbol: '$',
          currencyprecision: 2,
          exchangerate: 0.8,
        },
      },
    ]);
    const mapping = await world.provision();
    await world.logHours(await world.newIssue(), 8);
    await world.settledAt(mapping, [1_000, 249_000, 0.4, 1]);
    // What was read about currencies is remembered by the running service for ten minutes; a new process knows no more than we do.
    await world.stopProxy();
    await edit({ 'transactioncurrencyid@odata.bind': `/transactioncurrencies(${dollars})` });
    expect(await run('sync', '--all')).toMatchObject({ code: 0 });
    expect(await world.figures(mapping)).toEqual([800, 249_200, 0.32, 1]);
    expect(await world.one(mappings, mapping)).toMatchObject({
      _transactioncurrencyid_value: dollars,
      crmjira_last_error: null,
    });
    expect(await run('sync', '--all')).toMatchObject({ code: 0, out: expect.stringContaining('1 in sync') });
  });
});

describe('Resolve discrepancy (R-1506)', () => {
  const budget = async (amount?: number): Promise<unknown> => {
    const { JIRA_EMAIL, JIRA_API_TOKEN } = world.standIns.environment;
    const base = `${world.standIns.jiraUrl}/rest/tempo-budgets/1/budget`;
    const headers = {
      authorization: `Basic ${Buffer.from(`${JIRA_EMAIL}:${JIRA_API_TOKEN}`).toString('base64')}`,
      'content-type': 'application/json',
    };
    const [mapping] = await world.rows(mappings);
    const url = `${base}/${String(mapping?.['crmjira_jira_budget_id'])}`;
    const body = amount === undefined ? {} : { method: 'PUT', body: JSON.stringify({ amount, currency: 'CAD' }) };
    const response = await fetch(url, { headers, ...body });
    return z
      .object({ amount: z.number() })
      .loose()
      .parse(await response.json()).amount;
  };
  test('an administrator takes the amount of Jira, on the command line; once it is approved, a person that of Dynamics, on the form', async () => {
    world = await startWorld(start, {}, { crmjira_BudgetSource: 'budget-module' });
    const mapping = await world.provision();
    await budget(300_000);
    expect(await run('drift', '--opportunity', opportunityId)).toMatchObject({ code: 3 });
    const taken = await run('drift', '--opportunity', opportunityId, '--field', 'approved', '--take', 'jira');
    expect(taken).toMatchObject({ code: 0, out: 'The approved amount is $300,000.00 CAD on both sides.' });
    expect(await world.one(mappings, mapping)).toMatchObject({ crmjira_approved_budget: 300_000 });
    expect(await run('drift', '--opportunity', opportunityId)).toMatchObject({ code: 0 });
    const refused = await run('drift', '--opportunity', opportunityId, '--field', 'spent', '--take', 'crm');
    expect(refused).toMatchObject({ code: 1, out: expect.stringContaining('Correct the worklogs') });
    expect(await run('drift', '--take', 'crm')).toMatchObject({ code: 2 });

    await world.approve(300_000);
    await budget(320_000);
    await answered(await world.command(3));
    expect(await world.one(mappings, mapping)).toMatchObject({ crmjira_jira_amount: 320_000 });
    const id = randomUUID();
    await world.writeAs('opportunity.owner', 'crmjira_commands', id, {
      crmjira_command_type: 7,
      crmjira_command_state: 1,
      crmjira_argument: 'approved crm',
      'crmjira_opportunity_id@odata.bind': `/opportunities(${opportunityId})`,
    });
    expect(await answered(id)).toMatchObject({
      crmjira_command_state: 3,
      crmjira_result: 'The approved amount is $300,000.00 CAD on both sides.',
    });
    expect(await budget()).toBe(300_000);
    expect(await world.one(mappings, mapping)).toMatchObject({ crmjira_jira_amount: 300_000 });
  });
});

describe('alerts (R-2306)', () => {
  const mailing = () => {
    const { dataverse: client, environmentSettings, close } = connect(world.config, world.clock);
    stopLater(close);
    return { dataverse: client, environmentSettings, connectionId: world.config.connectionId, now: world.clock };
  };

  test('in a digest: the owner hears of the warning once, over budget at once', async () => {
    world = await startWorld(start);
    const mapping = await world.provision();
    await world.approve();
    await edit({ crmjira_alerts_in_digest: true });
    const issue = await world.newIssue();
    await world.logHours(issue, 1_700);
    await world.settledAt(mapping, [212_500, 37_500, 85, 3]);
    const toOwner = () => outbox().filter((mail) => mail.includes('opportunity.owner@company.com'));
    expect(outbox()).toHaveLength(1);
    expect(toOwner()).toEqual([]);

    await sendDigests(mailing(), '2025-01-15');
    await Promise.all([sendDigests(mailing(), '2025-01-15'), sendDigests(mailing(), '2025-01-16')]);
    expect(toOwner()).toHaveLength(1);
    expect(toOwner()[0]).toContain('Budget warnings: 1');
    const [alert] = await world.rows('crmjira_budget_alerts');
    expect(alert?.['crmjira_digested_on']).not.toBeNull();

    await world.logHours(issue, 380);
    await world.settledAt(mapping, [260_000, -10_000, 104, 4]);
    expect(toOwner()).toHaveLength(2);
    expect(toOwner().filter((mail) => mail.includes('Project Over Budget'))).toHaveLength(1);
  });

  test('snoozed: shown and not mailed; told once the end date is over; a mail that fails leaves the figures as they are and goes out once it can (R-709)', async () => {
    world = await startWorld(start);
    const mapping = await world.provision();
    await world.approve();
    await edit({ crmjira_alerts_snoozed_until: '2025-01-20', crmjira_alerts_snooze_reason: 'Change order is signed' });
    const issue = await world.newIssue();
    await world.logHours(issue, 1_700);
    await world.settledAt(mapping, [212_500, 37_500, 85, 3]);
    expect(await world.rows('crmjira_budget_alerts')).toHaveLength(1);
    expect([outbox(), await world.rows('tasks')]).toEqual([[], []]);
    world.setClock('2025-01-21T11:00:00Z');
    await answered(await world.command(3));
    await world.settled();
    expect(outbox()).toHaveLength(1);
    expect(await world.rows('tasks')).toHaveLength(1);

    const { DATAVERSE_URL } = world.standIns.environment;
    const faults = (method: 'POST' | 'DELETE', body?: unknown): Promise<Response> =>
      fetch(`${DATAVERSE_URL}/sandbox/faults`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
    expect((await faults('POST', { status: 403, path: 'SendEmail', count: 1_000 })).status).toBe(201);
    await world.logHours(issue, 380);
    await eventually(async () => expect(await world.figures(mapping)).toEqual([260_000, -10_000, 104, 4]));
    await eventually(async () => {
      const failed = await world.rows('crmjira_integration_logs', 'crmjira_integration_status ge 3');
      expect(failed).toHaveLength(1);
    });
    expect(outbox()).toHaveLength(1);
    await faults('DELETE');
    await answered(await world.command(3));
    expect(outbox()).toHaveLength(2);
    expect(await world.figures(mapping)).toEqual([260_000, -10_000, 104, 4]);
  });
});

describe('deleting a mapping (R-1232)', () => {
  test('is logged with operation 3, keeps the log and the project, and does not come back by itself; without its opportunity it is logged under its own id', async () => {
    world = await startWorld(start, { POLL_INTERVAL_MS: '200' });
    const mapping = await world.provision();
    const logs = (await world.rows('crmjira_integration_logs')).length;
    expect(await dataverse('DELETE', `crmjira_budget_mappings(${mapping})`)).toMatchObject({ status: 204 });
    await eventually(async () => {
      const deleted = await world.rows('crmjira_integration_logs', 'crmjira_operation_type eq 3');
      expect(deleted).toMatchObject([
        { crmjira_event_type: 'mapping_deleted', crmjira_target_record_id: 'CRMWYVLZZJ' },
      ]);
    });
    expect(await world.rows('crmjira_integration_logs')).toHaveLength(logs + 1);
    await edit({ description: 'Touched again' });
    await world.settled();
    expect(await world.rows(mappings)).toEqual([]);
    expect(await world.jira('GET', '/project/10150')).toMatchObject({ key: 'CRMWYVLZZJ' });

    const again = await answered(await world.command(1));
    expect(again).toMatchObject({ crmjira_command_state: 3 });
    const made = await world.rows(mappings);
    expect(made).toMatchObject([{ crmjira_jira_project_id: '10150' }]);
    const anew = String(made[0]?.['crmjira_budget_mappingid']);

    expect(await dataverse('DELETE', `opportunities(${opportunityId})`)).toMatchObject({ status: 204 });
    await eventually(async () => expect(await world.one(mappings, anew)).toMatchObject({ crmjira_mapping_status: 3 }));
    expect(await dataverse('DELETE', `crmjira_budget_mappings(${anew})`)).toMatchObject({ status: 204 });
    await eventually(async () =>
      expect(await world.rows('crmjira_integration_logs', `crmjira_source_record_id eq '${anew}'`)).toMatchObject([
        { crmjira_operation_type: 3, crmjira_target_record_id: null },
      ]),
    );
  });

  test('is refused while there is a final report', async () => {
    world = await startWorld(start);
    const mapping = await world.provision();
    await world.approve();
    await world.logHours(await world.newIssue(), 8);
    await world.settledAt(mapping, [1_000, 249_000, 0.4, 3]);
    await answered(await world.command(4));
    await world.settled();
    expect(await world.rows('crmjira_final_reports')).toHaveLength(1);
    const refused = await dataverse('DELETE', `crmjira_budget_mappings(${mapping})`);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(await world.rows(mappings)).toHaveLength(1);
  });
});
