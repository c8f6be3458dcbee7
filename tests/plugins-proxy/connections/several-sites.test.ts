import { BudgetStatus, CommandState, CommandType, readCandidates } from '@crmjira/domain';
import { crmjira } from '../cli-terminal';
import { eventually } from '../eventually';
import { basic } from '../relay-world';
import { secondConnection, type SecondSite, startSecondSite } from '../second-site';
import { firstConnection } from '../site-keys';
import { people } from '../stand-ins';
import { e1, opportunityId, startWorld, stopWorlds, type World } from '../world';

afterEach(stopWorlds);

const plantAccount = '12345678-90ab-cdef-1234-567890abcde0';
const plantOpportunity = 'a1b2c3d4-e5f6-7890-abcd-ef1234567891';
const mappings = 'crmjira_budget_mappings';
const apiKey = 'connector-api-key-of-the-tests';
const lookup = '_crmjira_integration_id_value';

/** A service with both sites; opportunities of French accounts go to the second one. */
async function startBoth(
  over: Record<string, unknown> = {},
  settings: Record<string, string> = {},
): Promise<{ world: World; plant: SecondSite }> {
  const start = '2025-01-15T14:00:00Z';
  const began = Date.now();
  const plant = await startSecondSite(() => new Date(Date.parse(start) + Date.now() - began));
  let seeded: Promise<unknown> = Promise.resolve();
  const world = await startWorld(
    start,
    {
      ...plant.environment,
      CONNECTOR_ENABLED: 'true',
      CONNECTOR_API_KEY: apiKey,
      RELAY_ENABLED: 'true',
      RELAY_BASIC_USER: 'jira-gateway',
      RELAY_BASIC_PASSWORD: 'gateway-password-of-the-tests',
    },
    {
      crmjira_DefaultConnectionRules: JSON.stringify({ rules: [{ connection: secondConnection, country: 'France' }] }),
      ...settings,
    },
    ({ dataverse }) => {
      seeded = dataverse.seed([
        ...plant.rows.map((each) =>
          each.table === 'crmjira_integration' ? { ...each, row: { ...each.row, ...over } } : each,
        ),
        {
          table: 'account',
          row: {
            accountid: plantAccount,
            name: 'Usines Réunies',
            address1_country: 'France',
            ownerid: { table: 'systemuser', id: people.owner },
          },
        },
      ]);
    },
  );
  await seeded;
  return { world, plant };
}

const mappingOf = async (world: World, opportunity: string) =>
  (await world.rows(mappings, `_crmjira_opportunity_id_value eq ${opportunity}`))[0] ?? {};

async function provisionBoth({ world }: { world: World }): Promise<void> {
  await world.write('opportunities', opportunityId, e1);
  await world.write('opportunities', plantOpportunity, {
    ...e1,
    name: 'Plant Network Upgrade',
    'customerid_account@odata.bind': `/accounts(${plantAccount})`,
  });
  await eventually(async () => {
    for (const id of [opportunityId, plantOpportunity])
      expect(await mappingOf(world, id)).toMatchObject({ crmjira_provisioning_state: 4, crmjira_last_error: null });
  });
  await world.settled();
}

async function logAtPlant(plant: SecondSite, hours: number): Promise<void> {
  const issue = await plant.call('POST', '/issue', {
    fields: { project: { id: '10150' }, issuetype: { name: 'Task' }, summary: 'Cabling' },
  });
  await plant.call('POST', `/issue/${String(issue['id'])}/worklog`, {
    timeSpentSeconds: hours * 3_600,
    started: '2025-01-15T10:00:00.000+0000',
  });
}

test('E1 to E3 on a Data Center beside Cloud: each opportunity at its own site, though both have the same ids', async () => {
  const both = await startBoth();
  const { world, plant } = both;
  await provisionBoth(both);
  expect(await mappingOf(world, opportunityId)).toMatchObject({
    [lookup]: firstConnection,
    crmjira_jira_project_id: '10150',
  });
  expect(await mappingOf(world, plantOpportunity)).toMatchObject({
    [lookup]: secondConnection,
    crmjira_jira_project_id: '10150',
    crmjira_jira_project_url: expect.stringContaining(plant.url),
  });
  expect(plant.jira.site.projects.all()).toHaveLength(1);
  expect(world.standIns.jira.site.projects.all()).toHaveLength(1);

  // E2: the plant's webhook is signed with a secret of its own.
  await logAtPlant(plant, 16);
  await eventually(async () =>
    expect(await mappingOf(world, plantOpportunity)).toMatchObject({ crmjira_spent_amount: 2_000 }),
  );
  expect(await mappingOf(world, opportunityId)).toMatchObject({ crmjira_spent_amount: 0 });
  await world.logHours(await world.newIssue(), 8);
  await eventually(async () =>
    expect(await mappingOf(world, opportunityId)).toMatchObject({ crmjira_spent_amount: 1_000 }),
  );
  expect(await mappingOf(world, plantOpportunity)).toMatchObject({ crmjira_spent_amount: 2_000 });

  // E3: approved on the side of Dynamics, active at the plant.
  const request = '5a8d2c1e-0000-4000-8000-0000000000e3';
  await world.writeAs('opportunity.owner', 'crmjira_budget_approvals', request, {
    crmjira_amount: 250_000,
    'crmjira_opportunity_id@odata.bind': `/opportunities(${plantOpportunity})`,
  });
  await world.settled();
  await world.decide(request, 3);
  await eventually(async () =>
    expect(await world.one('opportunities', plantOpportunity)).toMatchObject({
      crmjira_budget_status: BudgetStatus.Active,
    }),
  );
  expect(await world.one('opportunities', opportunityId)).toMatchObject({ crmjira_budget_status: BudgetStatus.Draft });

  // Flows, through connector and relay: the connection that they name, else the first one.
  const ask = async (path: string, authorization: string): Promise<unknown[]> => {
    const answer = await fetch(world.proxyUrl + path, { headers: { authorization } });
    const { code, key, budgets } = (await answer.json()) as Record<string, unknown>;
    return [answer.status, code ?? key ?? budgets];
  };
  const key = String((await mappingOf(world, plantOpportunity))['crmjira_jira_project_key']);
  const atPlant = 'connection=Plant%20Jira';
  const connector = (path: string): Promise<unknown[]> => ask(`/rest${path}`, apiKey);
  expect(await connector(`/api/2/project/${key}`)).toEqual([404, 'jira-not-found']);
  for (const query of [atPlant, `connection=${secondConnection.toUpperCase()}`])
    expect(await connector(`/api/2/project/${key}?${query}`)).toEqual([200, key]);
  expect(await connector(`/api/2/project/${key}?connection=Mine`)).toEqual([404, 'connection-not-found']);
  const budgets = `/tempo-budgets/1/budget?projectKey=${key}`;
  expect(await connector(budgets)).toEqual([200, []]);
  expect(await connector(`${budgets}&${atPlant}`)).toEqual([200, [expect.objectContaining({ projectKey: key })]]);
  const relayed = (connection: string): Promise<unknown[]> =>
    ask(`/relay/jira${connection}/rest/api/2/project/${key}`, basic);
  expect(await relayed('')).toEqual([404, 'jira-not-found']);
  expect(await relayed(`/@${secondConnection}`)).toEqual([200, key]);
  expect(await relayed(`/@${plantOpportunity}`)).toEqual([404, 'connection-not-found']);
});

test('a site that answers 503 is told on its own records, the other goes on, and after the end both are right', async () => {
  const both = await startBoth();
  const { world, plant } = both;
  await provisionBoth(both);
  await logAtPlant(plant, 16);
  await plant.faults([{ path: '^/rest/', status: 503 }]);
  await eventually(async () =>
    expect(await mappingOf(world, plantOpportunity)).toMatchObject({ crmjira_last_error_code: 'jira-unavailable' }),
  );
  await world.logHours(await world.newIssue(), 8);
  await eventually(async () =>
    expect(await mappingOf(world, opportunityId)).toMatchObject({
      crmjira_spent_amount: 1_000,
      crmjira_last_error_code: null,
    }),
  );
  await plant.faults([]);
  await eventually(
    async () =>
      expect(await mappingOf(world, plantOpportunity)).toMatchObject({
        crmjira_spent_amount: 2_000,
        crmjira_last_error_code: null,
      }),
    60_000,
  );
});

test('a connection that cannot be used says why on its records, and works once its row is corrected', async () => {
  const { world, plant } = await startBoth({ crmjira_secret_name: `file:${secondConnection}-elsewhere` });
  await world.write('opportunities', plantOpportunity, {
    ...e1,
    'customerid_account@odata.bind': `/accounts(${plantAccount})`,
  });
  await eventually(async () =>
    expect(await mappingOf(world, plantOpportunity)).toMatchObject({
      [lookup]: secondConnection,
      crmjira_last_error_code: 'jira-connection',
      crmjira_last_error: expect.stringContaining('"Plant Jira" cannot be used'),
    }),
  );
  await world.write('crmjira_integrations', secondConnection, { crmjira_secret_name: `file:${secondConnection}` });
  await world.command(CommandType.Retry, 'opportunity.owner', undefined, {}, plantOpportunity);
  await eventually(async () =>
    expect(await mappingOf(world, plantOpportunity)).toMatchObject({
      crmjira_provisioning_state: 4,
      crmjira_last_error_code: null,
    }),
  );
  expect(plant.jira.site.projects.all()).toHaveLength(1);
});

describe('R-2303 linking a project that exists, at any site', () => {
  const offered = { crmjira_ProjectPicker: 'yes', crmjira_LinkableProjects: '{"names":["*"]}' };
  /** Small enough that nothing is provisioned by itself. */
  const small = { ...e1, budgetamount: 5_000 };

  /** Both sites have a project ALPHA of the same id. */
  async function startLinking() {
    const { world, plant } = await startBoth({}, offered);
    const { accountId } = await world.jira('GET', '/myself');
    await world.jira('POST', '/project', {
      key: 'ALPHA',
      name: 'Alpha',
      projectTypeKey: 'software',
      leadAccountId: accountId,
    });
    const { name: lead } = await plant.call('GET', '/myself');
    await plant.call('POST', '/project', { key: 'ALPHA', name: 'Alpha works', projectTypeKey: 'software', lead });
    await world.write('opportunities', opportunityId, small);
    await world.write('opportunities', plantOpportunity, {
      ...small,
      'customerid_account@odata.bind': `/accounts(${plantAccount})`,
    });
    return { world, plant };
  }

  async function ask(world: World, type: CommandType, argument: string, opportunity = opportunityId) {
    const id = await world.command(type, 'opportunity.owner', argument, {}, opportunity);
    return eventually(async () => {
      const row = await world.one('crmjira_commands', id);
      expect(row['crmjira_command_state']).toBeGreaterThan(CommandState.Running);
      return { state: row['crmjira_command_state'], result: String(row['crmjira_result']) };
    });
  }
  const search = async (world: World, text: string) =>
    readCandidates((await ask(world, CommandType.FindProjects, text)).result);

  test('a search brings the projects of both; each links to its own site, by its connection or its address', async () => {
    const { world, plant } = await startLinking();
    const found = await search(world, 'alpha');
    expect(found).toEqual({
      projects: [
        { id: '10150', key: 'ALPHA', name: 'Alpha', linked: false, connectionId: firstConnection },
        { id: '10150', key: 'ALPHA', name: 'Alpha works', linked: false, connectionId: secondConnection },
      ],
      more: false,
      connections: [
        { id: firstConnection, name: expect.any(String), isSilent: false },
        { id: secondConnection, name: 'Plant Jira', isSilent: false },
      ],
    });

    expect(await ask(world, CommandType.LinkProject, `${secondConnection}/ALPHA`)).toMatchObject({
      state: CommandState.Done,
    });
    expect(await mappingOf(world, opportunityId)).toMatchObject({
      [lookup]: secondConnection,
      crmjira_jira_project_url: expect.stringContaining(plant.url),
    });
    expect(await plant.call('GET', '/project/10150/properties/crmjira.opportunity')).toMatchObject({
      value: { opportunityId },
    });
    expect((await search(world, ''))?.projects.map(({ connectionId, linked }) => [connectionId, linked])).toEqual([
      [firstConnection, false],
      [secondConnection, true],
    ]);

    // Its rules would take the other opportunity to the plant: the address says otherwise.
    const page = `${world.standIns.jiraUrl}/browse/ALPHA`;
    expect(await ask(world, CommandType.LinkProject, page, plantOpportunity)).toMatchObject({
      state: CommandState.Done,
    });
    expect(await mappingOf(world, plantOpportunity)).toMatchObject({ [lookup]: firstConnection });
    const other = await ask(world, CommandType.LinkProject, 'https://other.example/browse/ALPHA');
    expect(other).toMatchObject({ state: CommandState.Refused });
  });

  test('a site that fails leaves its projects out, and the answer says so', async () => {
    const { world, plant } = await startLinking();
    await plant.faults([{ path: '^/rest/', status: 503 }]);
    const found = await search(world, 'alpha');
    expect(found?.projects.map(({ connectionId }) => connectionId)).toEqual([firstConnection]);
    expect(found?.connections?.map(({ id, isSilent }) => [id, isSilent])).toEqual([
      [firstConnection, false],
      [secondConnection, true],
    ]);
  });

  test('the command line proposes and links at both sites, names each, and finds what is left of a deleted record', async () => {
    const { world, plant } = await startLinking();
    await world.write('opportunities', opportunityId, { name: 'Alpha' });
    await world.write('opportunities', plantOpportunity, { name: 'Alpha works' });
    await world.settled();
    const run = (...args: string[]) =>
      crmjira({ ...world.standIns.environment, ...plant.environment }, args, world.clock);
    const one = await run('--connection', 'Plant Jira', 'link', '--propose', '--dry-run');
    expect(one.out).toMatch(/^ALPHA +name .*"Alpha works" = "Alpha works"/);
    expect(one.out).not.toContain(opportunityId);
    const both = await run('link', '--propose', '--by', 'name');
    expect(both).toMatchObject({ code: 0, out: expect.stringContaining('2 proposed, 2 linked, 0 not linked') });
    expect(both.out).toMatch(/"Alpha works" = "Alpha works" +at Plant Jira/);
    expect(await mappingOf(world, opportunityId)).toMatchObject({ [lookup]: firstConnection });
    expect(await mappingOf(world, plantOpportunity)).toMatchObject({ [lookup]: secondConnection });
    await world.stopProxy();
    // As the deletion of an opportunity leaves it.
    const { crmjira_budget_mappingid: left } = await mappingOf(world, plantOpportunity);
    await world.write(mappings, String(left), { 'crmjira_opportunity_id@odata.bind': null });
    const drift = await run('drift');
    expect(drift.out).toMatch(/mapping \S+ +ALPHA +at Plant Jira\n +existence .*Jira exists/);
  });
});
