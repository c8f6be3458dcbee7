import { randomUUID } from 'node:crypto';
import { process } from '../../../../domain/src/schema/generated/process';
import { userRole } from '../../../../sandbox/src/dataverse';
import { crmjira } from '../../cli-terminal';
import { eventually } from '../../eventually';
import { people } from '../../stand-ins';
import { e1, opportunityId, startWorld, stopWorlds, type World } from '../../world';

const start = '2025-01-15T14:00:00Z';
/** Types and states of commands, D-3.11. */
const type = {
  createProject: 1,
  syncNow: 3,
  completeProject: 4,
  resolveDiscrepancy: 7,
  stageMove: 8,
  explain: 28,
} as const;
const state = { done: 3, refused: 4, failed: 5 } as const;

let world: World;
afterEach(stopWorlds);

const answered = async (id: string): Promise<Record<string, unknown>> =>
  eventually(async () => {
    const command = await world.one('crmjira_commands', id);
    expect([1, 2]).not.toContain(command['crmjira_command_state']);
    return command;
  });
const faults = (rules: readonly Record<string, unknown>[]): Promise<void> => world.faults(rules);

/** Jira refuses the project, whatever its key, and goes on doing so. */
const creationRefused = async (): Promise<void> => {
  await faults([{ method: 'POST', path: '^/rest/api/3/project$', status: 400, times: 100 }]);
  await world.write('opportunities', opportunityId, e1);
  await eventually(async () => {
    expect(await world.rows('crmjira_budget_mappings')).toMatchObject([{ crmjira_provisioning_state: 5 }]);
  });
  await world.settled();
};

describe('the stage gate', () => {
  const patchInstance = async (columns: Record<string, unknown>): Promise<void> => {
    const [instance] = await world.rows(process.entitySet);
    const id = String(instance?.['businessprocessflowinstanceid']);
    await world.writeAs('opportunity.owner', process.entitySet, id, columns);
  };
  const move = (to: keyof typeof process.stages): Promise<void> =>
    patchInstance({ 'activestageid@odata.bind': `/processstages(${process.stages[to]})` });

  test('refuses a move on the server, says why on the form, and lets go once all is there (R-303); nor can a person finish the process of a project that runs, its completion does (R-310)', async () => {
    world = await startWorld(start);
    await world.provision();
    expect(await world.stage()).toBe('BudgetApproval');
    await expect(move('ProjectExecution')).rejects.toMatchObject({ status: 400 });
    expect(await world.stage()).toBe('BudgetApproval');
    const refusals = await world.rows('crmjira_commands', `crmjira_command_type eq ${type.stageMove}`);
    expect(refusals).toMatchObject([
      {
        crmjira_command_state: state.refused,
        crmjira_argument: 'BudgetApproval > ProjectExecution',
        crmjira_result: 'The budget has not been approved. Request approval, then a budget approver decides.',
        _crmjira_requested_by_value: people.owner,
        _crmjira_opportunity_id_value: opportunityId,
      },
    ]);
    await move('OpportunityQualification');
    expect(await world.stage()).toBe('OpportunityQualification');
    await move('BudgetApproval');
    await world.approve();
    expect(await world.stage()).toBe('ProjectExecution');

    await expect(patchInstance({ statecode: 1, statuscode: 2 })).rejects.toMatchObject({ status: 400 });
    expect(await world.rows(process.entitySet)).toMatchObject([{ statecode: 0 }]);
    expect(await world.rows('crmjira_commands', "crmjira_argument eq 'ProjectExecution > Finished'")).toMatchObject([
      { crmjira_result: expect.stringMatching(/^The process finishes by itself/) },
    ]);
    expect(await answered(await world.command(type.completeProject))).toMatchObject({
      crmjira_command_state: state.done,
    });
    await eventually(async () => {
      expect(await world.rows(process.entitySet)).toMatchObject([{ statecode: 1, statuscode: 2 }]);
    });
  });

  test('R-305 entering the stage of its creation asks for the project, whose key comes by itself and is needed to leave; while the proxy is down nothing moves (ADR-3)', async () => {
    world = await startWorld(start);
    await creationRefused();
    expect(await world.stage()).toBe('JiraProjectCreation');
    await expect(move('BudgetApproval')).rejects.toMatchObject({ status: 400 });
    expect(await world.rows('crmjira_commands')).toMatchObject([
      { crmjira_result: expect.stringContaining('The Jira project has not been created yet.') },
    ]);
    // The cause is repaired; nobody presses a button, the stage is entered again.
    await faults([]);
    await move('OpportunityQualification');
    await world.settled();
    expect(await world.one('opportunities', opportunityId)).toMatchObject({ crmjira_jira_project_key: null });
    await move('JiraProjectCreation');
    await eventually(async () => {
      expect(await world.one('opportunities', opportunityId)).toMatchObject({
        crmjira_jira_project_key: 'CRMWYVLZZJ',
        crmjira_step_project: true,
        crmjira_step_budget: true,
        crmjira_step_link: true,
      });
      expect(await world.stage()).toBe('BudgetApproval');
    });
    expect(world.standIns.jira.site.projects.all()).toHaveLength(1);
    await world.stopProxy();
    await expect(move('ProjectExecution')).rejects.toThrow();
    expect(await world.stage()).toBe('BudgetApproval');
  });
});

describe('commands', () => {
  test('R-2308 what cannot be done is refused in words, in the language of each who asks, also a decision on one’s own request (ADR-4); "Sync now" finds what no event told, and an alert is told so (F-117)', async () => {
    world = await startWorld(start);
    const mapping = await world.provision();
    const speaks = (systemuserid: string, uilanguageid: number, localeid: number) => ({
      table: 'usersettings',
      row: { systemuserid, uilanguageid, localeid },
    });
    // French is 1036 in Microsoft's language pack, and French (Canada) the format; 0: no language chosen, the format decides.
    await world.standIns.dataverse.seed([
      userRole(people.finance, world.standIns.dataverse.roleId('CRM-JIRA Integration Administrator') ?? ''),
      speaks(people.owner, 1036, 3084),
      speaks(people.manager, 1033, 3084),
      speaks(people.finance, 0, 3084),
    ]);
    const answers = await Promise.all(
      ['opportunity.owner', 'project.manager', 'finance.controller'].map(async (by) =>
        answered(await world.command(type.resolveDiscrepancy, by)),
      ),
    );
    const english = expect.stringMatching(/^Nothing was changed: say which field takes which side/);
    const french = expect.stringMatching(/^Rien n’a été modifié\u00a0: indiquez quel champ prend quel côté/);
    expect(answers.map(({ crmjira_command_state, crmjira_result }) => [crmjira_command_state, crmjira_result])).toEqual(
      [
        [state.refused, french],
        [state.refused, english],
        [state.refused, french],
      ],
    );

    const refusals = () => world.rows('crmjira_commands', `crmjira_command_state eq ${state.refused}`);
    await world.decide(await world.requestApproval(250_000, 'project.manager'), 3);
    await eventually(async () => expect(await refusals()).toHaveLength(answers.length + 1));
    await world.settled();
    expect(await world.one('opportunities', opportunityId)).toMatchObject({ crmjira_budget_status: 1 });

    await world.approve();
    for (const webhook of world.standIns.jira.site.webhooks.all()) world.standIns.jira.site.webhooks.delete(webhook.id);
    await world.logHours(await world.newIssue(), 8);
    expect(await world.figures(mapping)).toEqual([0, 250_000, 0, 3]);
    const command = await answered(await world.command(type.syncNow));
    expect(command).toMatchObject({ crmjira_command_state: state.done });
    expect(String(command['crmjira_result']).length).toBeGreaterThan(10);
    expect(await world.figures(mapping)).toEqual([1_000, 249_000, 0.4, 3]);

    // F-117: the task is the owner's, who reads French; the mail goes to the manager as well, who reads English.
    await world.logHours(await world.newIssue(), 1_692);
    await answered(await world.command(type.syncNow));
    await eventually(async () => expect(world.alertMails()).toHaveLength(1));
    const subjectsOf = (rows: readonly Record<string, unknown>[]) => rows.map((row) => String(row['subject']));
    expect(subjectsOf(await world.rows('tasks'))).toContainEqual(
      expect.stringMatching(/^Vérifier l’état du budget - /),
    );
    expect(world.alertMails()).toMatchObject([
      { subject: expect.stringMatching(/^Budget Warning \/ Avertissement de budget\u00a0: /) },
    ]);
  });

  test('a webhook that never came is made up for by the poll within its interval', async () => {
    world = await startWorld(start, { POLL_INTERVAL_MS: '200' });
    for (const step of await world.rows('sdkmessageprocessingsteps'))
      await world.write('sdkmessageprocessingsteps', String(step['sdkmessageprocessingstepid']), {
        statecode: 1,
        statuscode: 2,
      });
    await world.provision();
    const command = await answered(await world.command(type.syncNow));
    expect(command).toMatchObject({ crmjira_command_state: state.done });
  });

  test('ADR-2 what a client writes in place of the service counts for nothing: the command is carried out, and answered anew', async () => {
    world = await startWorld(start);
    await world.provision();
    await Promise.all(
      [type.syncNow, type.explain].map(async (kind) => {
        const id = await world.command(kind, 'opportunity.owner', undefined, {
          crmjira_command_state: state.done,
          crmjira_result: 'All is well.',
          crmjira_answer: '{"trouble":"none"}',
          crmjira_finished_on: '2025-01-01T00:00:00Z',
          crmjira_done_count: 7,
          crmjira_total_count: 7,
        });
        const row = await eventually(async () => {
          const read = await world.one('crmjira_commands', id);
          expect(Number(read['crmjira_finished_on'])).toBeGreaterThanOrEqual(Date.parse(start));
          return read;
        });
        expect(row).toMatchObject({
          crmjira_command_state: state.done,
          crmjira_done_count: null,
          crmjira_total_count: null,
        });
        expect(row['crmjira_result']).not.toBe('All is well.');
        expect(row['crmjira_answer']).not.toBe('{"trouble":"none"}');
      }),
    );
  });
});

describe('failures', () => {
  test('E1-F1: a refusal that no candidate cures is shown on the mapping and in one log row, and ends', async () => {
    world = await startWorld(start);
    await creationRefused();
    const logs = await world.rows('crmjira_integration_logs');
    expect(logs).toMatchObject([
      {
        crmjira_operation_type: 1,
        crmjira_source_system: 1,
        crmjira_source_record_id: opportunityId,
        crmjira_target_record_id: null,
        crmjira_integration_status: 3,
      },
    ]);
    expect(logs[0]?.['crmjira_error_message']).toContain('The sandbox was told to answer 400.');
    // A person repairs the cause and asks again.
    await faults([]);
    const command = await answered(await world.command(type.createProject));
    expect(command).toMatchObject({ crmjira_command_state: state.done });
    expect(await world.rows('crmjira_budget_mappings')).toMatchObject([
      { crmjira_provisioning_state: 4, crmjira_last_error: null },
    ]);
  });

  test('E1-F2: trouble that passes after the project exists ends with the same project; one bad record does not hold up another', async () => {
    world = await startWorld(start, {}, {}, undefined, 20);
    await faults([{ method: 'POST', path: '^/rest/api/3/issue$', status: 503, html: true, times: 4 }]);
    await world.provision();
    expect(world.standIns.jira.site.projects.all()).toHaveLength(1);
    const logs = await world.rows('crmjira_integration_logs');
    expect(logs.map((log) => log['crmjira_integration_status']).sort()).toEqual([2, 4]);

    const other = randomUUID();
    // The project of the first is out of reach; the second is new.
    await faults([{ method: 'GET', path: '^/rest/api/3/project/10150$', status: 500, times: 1_000 }]);
    const waiting = await world.command(type.syncNow);
    await world.write('opportunities', other, { ...e1, name: 'Second project - Acme Corp' });
    await eventually(async () => {
      const linked = await world.rows('crmjira_budget_mappings', `_crmjira_opportunity_id_value eq ${other}`);
      expect(linked).toMatchObject([{ crmjira_provisioning_state: 4 }]);
    });
    await eventually(async () => {
      const [first] = await world.rows('crmjira_budget_mappings', `_crmjira_opportunity_id_value eq ${opportunityId}`);
      expect(first?.['crmjira_last_error']).toMatch(/not available just now \(500\)/);
      // since when, and when it is tried again; both are over with the first run that goes well.
      expect(first).toMatchObject({
        crmjira_failing_since: expect.any(Date),
        crmjira_next_retry_on: expect.any(Date),
      });
    });
    await faults([]);
    await world.command(type.syncNow);
    expect(await answered(waiting)).toMatchObject({ crmjira_command_state: state.done });
    await world.settled();
    expect(
      await world.rows('crmjira_budget_mappings', `_crmjira_opportunity_id_value eq ${opportunityId}`),
    ).toMatchObject([{ crmjira_last_error: null, crmjira_failing_since: null, crmjira_next_retry_on: null }]);
  });

  test('E1-F3 and E1-F4: a taken name gets the reference, a taken key the next candidate', async () => {
    world = await startWorld(start);
    const { accountId } = await world.jira('GET', '/myself');
    const project = (key: string, name: string) =>
      world.jira('POST', '/project', { key, name, projectTypeKey: 'software', leadAccountId: accountId });
    await project('CRMWYVLZZJ', 'Somebody else’s');
    await project('OTHER', e1.name);
    await world.provision();
    expect(await world.rows('crmjira_budget_mappings')).toMatchObject([
      { crmjira_jira_project_key: 'CRMPSZRVOR', crmjira_jira_project_name: `${e1.name} (CRM-202501-A1B2C3D4)` },
    ]);
  });

  test('R-511, R-520: events of a project nobody has linked leave one row a day that counts them, logged when the day is over', async () => {
    world = await startWorld(start, { POLL_INTERVAL_MS: '200' });
    const { accountId } = await world.jira('GET', '/myself');
    await world.jira('POST', '/project', {
      key: 'OTHER',
      name: 'Unrelated',
      projectTypeKey: 'software',
      leadAccountId: accountId,
    });
    const fields = { project: { key: 'OTHER' }, issuetype: { name: 'Story' }, summary: 'Unrelated' };
    for (let n = 0; n < 3; n += 1) await world.jira('POST', '/issue', { fields });
    await world.settled();
    const events = await eventually(async () => {
      const found = await world.rows('crmjira_inbound_events');
      expect(found).toMatchObject([{ crmjira_status: 3, crmjira_error_message: 'no mapping', crmjira_attempts: 3 }]);
      return found;
    });
    expect(events).toHaveLength(1);
    expect(await world.rows('crmjira_integration_logs')).toEqual([]);
    world.setClock('2025-01-16T00:01:00Z');
    const [{ crmjira_project_id: project } = {}] = events;
    const logged = {
      crmjira_source_record_id: project,
      crmjira_records_processed: 3,
      crmjira_integration_status: 2,
      // R-1101
      crmjira_correlation_id: expect.any(String),
      crmjira_duration_ms: expect.any(Number),
    };
    await eventually(async () => expect(await world.rows('crmjira_integration_logs')).toMatchObject([logged]));
    world.setClock('2025-01-17T00:01:00Z');
    const rounds = (): number => world.lines.filter((line) => line.includes('daily sync queued')).length;
    const before = rounds();
    await eventually(async () => expect(rounds()).toBeGreaterThan(before));
    expect(await world.rows('crmjira_integration_logs')).toHaveLength(1);
  });
});

test('ADR-19 a budget that is switched off reads no opportunity, holds no process back and refuses commands in words', async () => {
  world = await startWorld(start, {}, { crmjira_Capabilities: '-' });
  await world.write('opportunities', opportunityId, { ...e1, budgetamount: 9_000 });
  const asked = await world.command(type.syncNow);
  expect(await answered(asked)).toMatchObject({
    crmjira_command_state: state.refused,
    crmjira_result: expect.stringMatching(/^This is switched off in this environment\./),
  });
  // A step that an earlier registration has left.
  const instance = randomUUID();
  await world.write(process.entitySet, instance, {
    'bpf_opportunityid@odata.bind': `/opportunities(${opportunityId})`,
  });
  const response = await fetch(`${world.proxyUrl}/webhooks/dataverse/sync`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-crmjira-key': String(world.config.dataverse.stepKeys[0]) },
    body: JSON.stringify({
      MessageName: 'Update',
      PrimaryEntityName: process.uniqueName,
      PrimaryEntityId: instance,
      Mode: 0,
      Stage: 10,
      Depth: 1,
      BusinessUnitId: randomUUID(),
      OrganizationId: randomUUID(),
      InitiatingUserId: people.owner,
      UserId: people.owner,
      CorrelationId: randomUUID(),
      InputParameters: [
        {
          key: 'Target',
          value: {
            LogicalName: process.uniqueName,
            Id: instance,
            Attributes: [{ key: 'activestageid', value: { Id: process.stages.JiraProjectCreation } }],
          },
        },
      ],
    }),
  });
  expect([response.status, await response.json()]).toEqual([200, { allowed: true }]);
  await world.settled();
  expect(await world.rows('crmjira_budget_mappings')).toEqual([]);
  for (const args of [
    ['sync', '--all'],
    ['drift'],
    ['drift', '--opportunity', opportunityId, '--field', 'spent', '--take', 'jira'],
    ['link', '--propose'],
    ['explain', 'opportunity', opportunityId],
  ])
    expect([args, await crmjira(world.standIns.environment, args, world.clock)]).toEqual([
      args,
      expect.objectContaining({ code: 1, err: expect.stringContaining('The capability "budget" is switched off') }),
    ]);
});

test('a deleted opportunity leaves an orphan and its Jira project (R-415); no line of the log shows a secret, an amount at level info or a customer’s name (R-1220, R-1618)', async () => {
  world = await startWorld(start);
  const mapping = await world.provision();
  await world.approve();
  await world.logHours(await world.newIssue(), 8);
  await world.settledAt(mapping, [1_000, 249_000, 0.4, 3]);

  const token = await fetch(world.standIns.config.dataverse.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: world.standIns.environment['REGISTRATION_CLIENT_ID'] ?? '',
      client_secret: world.standIns.environment['REGISTRATION_CLIENT_SECRET'] ?? '',
      scope: `${world.standIns.config.dataverse.url}/.default`,
    }),
  }).then(async (response) => (await response.json()) as { access_token: string });
  const response = await fetch(`${world.standIns.config.dataverse.url}/api/data/v9.2/opportunities(${opportunityId})`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token.access_token}` },
  });
  expect(response.status).toBe(204);
  await eventually(async () => {
    expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({ crmjira_mapping_status: 3 });
  });
  expect(world.standIns.jira.site.projects.all()).toMatchObject([{ key: 'CRMWYVLZZJ', archivedOn: null }]);
  expect(await world.rows('crmjira_integration_logs', 'crmjira_operation_type eq 3')).toMatchObject([
    { crmjira_source_record_id: opportunityId, crmjira_target_record_id: 'CRMWYVLZZJ' },
  ]);

  const written = world.lines.join('');
  expect(world.lines.length).toBeGreaterThan(10);
  for (const [name, value] of Object.entries(world.standIns.environment))
    if (/SECRET|TOKEN$|KEY$/.test(name)) expect(written).not.toContain(value);
  expect(written).not.toMatch(/Acme|250[, ]?000|Digital Transformation/);
});
