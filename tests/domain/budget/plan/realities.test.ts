import { CommandState, CommandType, ProvisioningState } from '@crmjira/domain';
import { CONNECTION, OPPORTUNITY, ORGANIZATION, POLICY, World } from './world';

const OTHER = '5a8d2c1e-0000-4000-8000-0000000000ff';
const mapping = (world: World) => world.row('crmjira_budget_mapping')!;
const events = (world: World) => world.rows('crmjira_integration_log').map((row) => row.crmjira_event_type);
/** By which the log's failures find their remedy (F-206). */
const codes = (world: World) =>
  world.rows('crmjira_integration_log').flatMap(({ crmjira_error_code: code }) => (code === undefined ? [] : [code]));
const jiraWrites = (world: World) =>
  world.applied.filter(({ kind }) => kind.startsWith('jira.') || kind.startsWith('budget.')).map(({ kind }) => kind);
const ask = (world: World, id: string, type: number, over: Record<string, unknown> = {}): void =>
  world.write('crmjira_command', id, {
    crmjira_command_type: type,
    crmjira_command_state: CommandState.Requested,
    ...over,
  });
const answer = (world: World, id: string) => world.row('crmjira_command', id)!;

test.each([
  [
    CommandType.ResolveDiscrepancy,
    1033,
    'Nothing was changed: this opportunity has no Jira project. Create or link one first.',
  ],
  [CommandType.ResolveDiscrepancy, 3084, expect.stringMatching(/^Rien n’a été modifié\u00a0: .* pas de projet Jira/)],
  [CommandType.CreateProject, 1033, expect.stringMatching(/^No Jira project was created: .* greater than/)],
])('R-2308 without a project the answer is about what was asked: %s, %s', (type, language, said) => {
  const world = new World(5000);
  ask(world, 'c1', type, { crmjira_argument: 'approved crm', language });
  world.settle();
  expect(answer(world, 'c1')).toMatchObject({ crmjira_command_state: CommandState.Refused, crmjira_result: said });
});

describe('a copied environment (R-2302)', () => {
  test('writes nothing to Jira, says so on the mapping, once in the log, and to whoever asks', () => {
    const world = new World(250000);
    world.settle();
    const before = jiraWrites(world).length;
    world.connectionOrganization = OTHER;
    world.logHours(8);
    ask(world, 'c1', CommandType.SyncNow);
    world.settle();
    world.settle();
    expect(jiraWrites(world)).toHaveLength(before);
    expect(mapping(world)).toMatchObject({ crmjira_spent_amount: 0 });
    expect(mapping(world)).toMatchObject({
      crmjira_last_error: expect.stringContaining(OTHER),
      crmjira_last_error_code: 'environment-moved',
    });
    expect(events(world).filter((event) => event === 'environment_moved')).toHaveLength(1);
    expect(codes(world)).toEqual(['environment-moved']);
    expect(answer(world, 'c1')).toMatchObject({ crmjira_command_state: CommandState.Refused });
    expect(answer(world, 'c1').crmjira_result).toContain('confirm-environment');
  });

  test('goes on after the move is confirmed, and claims the project', () => {
    const world = new World(250000);
    world.connectionOrganization = OTHER;
    world.settle();
    expect(world.projects).toEqual([]);
    world.connectionOrganization = ORGANIZATION;
    world.settle();
    expect(world.projects).toHaveLength(1);
    world.projects[0]!.ownership = { ...world.projects[0]!.ownership!, organization: OTHER };
    world.settle();
    expect(world.projects[0]!.ownership).toMatchObject({ organization: ORGANIZATION });
  });

  test('is recognised by the project alone before the connection is claimed', () => {
    const world = new World(250000);
    world.settle();
    world.connectionOrganization = null;
    world.projects[0]!.ownership = { ...world.projects[0]!.ownership!, organization: OTHER };
    world.rootIssues = [{ ...world.rootIssues[0]!, approvedAmount: 999 }];
    world.settle();
    expect(world.rootIssues[0]).toMatchObject({ approvedAmount: 999 });
    expect(mapping(world).crmjira_last_error).toContain(OTHER);
  });
});

describe('too many projects within an hour (R-2305)', () => {
  const held = (): World => {
    const world = new World(250000);
    world.earlierProvisionings = 20;
    world.settle();
    return world;
  };

  test('the twentieth is created, the twenty-first waits and says why', () => {
    const world = new World(250000);
    world.earlierProvisionings = 19;
    world.settle();
    expect(world.projects).toHaveLength(1);
    const waiting = held();
    expect(waiting.projects).toEqual([]);
    expect(mapping(waiting)).toMatchObject({
      crmjira_provisioning_state: ProvisioningState.Requested,
      crmjira_held_on: '2025-01-15T14:00:00Z',
      crmjira_last_error: expect.stringContaining('more than 20 Jira projects'),
      crmjira_last_error_code: 'provisioning-held',
    });
    expect(codes(waiting)).toEqual(['provisioning-held']);
    expect(events(waiting)).toEqual(['provisioning_held']);
  });

  test('the end of the hour releases nothing, nor does somebody’s retry', () => {
    const world = held();
    world.earlierProvisionings = 0;
    world.now = '2025-01-15T18:00:00Z';
    ask(world, 'c1', CommandType.Retry);
    world.settle();
    expect(world.projects).toEqual([]);
    expect(answer(world, 'c1')).toMatchObject({ crmjira_command_state: CommandState.Refused });
    expect(answer(world, 'c1').crmjira_result).toContain('An administrator was asked');
  });

  test('an administrator’s retry creates the project', () => {
    const world = held();
    ask(world, 'c1', CommandType.Retry, { byAdministrator: true });
    world.settle();
    expect(world.projects).toHaveLength(1);
    expect(mapping(world)).toMatchObject({
      crmjira_provisioning_state: ProvisioningState.Linked,
      crmjira_last_error: null,
    });
    expect(answer(world, 'c1')).toMatchObject({ crmjira_command_state: CommandState.Done });
    expect(events(world)).toEqual(expect.arrayContaining(['provisioning_held', 'provisioning_released']));
  });

  test('a crash after any action neither forgets the stop nor doubles the release', () => {
    for (let cut = 0; cut < 14; cut++) {
      const world = held();
      ask(world, 'c1', CommandType.Retry, { byAdministrator: true });
      world.settle(cut);
      world.settle();
      expect(world.projects).toHaveLength(1);
      expect(events(world).filter((event) => event === 'provisioning_released')).toHaveLength(1);
    }
  });
});

describe('linking a project that exists (R-2303)', () => {
  const existing = (over: Partial<World> = {}): World => {
    const world = new World(null, POLICY);
    world.write('opportunity', OPPORTUNITY, { crmjira_project_budget: 250000 });
    world.projects.push({ id: '10200', key: 'LEGACY', name: 'Acme migration', ownership: null });
    world.logHours(1760);
    world.history = [
      { day: '2024-11-04', spent: { minor: 5_000_000, currency: 'CAD' }, hours: 400 },
      { day: '2024-12-09', spent: { minor: 15_000_000, currency: 'CAD' }, hours: 1200 },
      { day: '2025-01-13', spent: { minor: 22_000_000, currency: 'CAD' }, hours: 1760 },
    ];
    return Object.assign(world, over);
  };

  test('takes over its figures, mails nobody about thresholds crossed before, back-fills an estimated history', () => {
    const world = existing();
    ask(world, 'c1', CommandType.LinkProject, { crmjira_argument: 'LEGACY' });
    world.settle();
    expect(answer(world, 'c1')).toMatchObject({ crmjira_command_state: CommandState.Done });
    expect(mapping(world)).toMatchObject({
      crmjira_jira_project_id: '10200',
      crmjira_jira_project_key: 'LEGACY',
      crmjira_provisioning_state: ProvisioningState.Linked,
      crmjira_spent_amount: 220000,
      crmjira_utilization: 88,
      crmjira_last_alert_level: 1,
    });
    expect(world.projects).toHaveLength(1);
    expect(world.projects[0]!.ownership).toMatchObject({ opportunityId: OPPORTUNITY });
    expect([world.rows('crmjira_budget_alert'), world.alertMails(), world.rows('task')]).toEqual([[], [], []]);
    expect(world.snapshotDays()).toEqual(['2024-11-04', '2024-12-09', '2025-01-13', '2025-01-15']);
    const estimated = world.rows('crmjira_budget_snapshot').filter((row) => row.crmjira_is_estimated === true);
    expect(estimated.map((row) => [row.crmjira_snapshot_date, row.crmjira_spent_amount])).toEqual([
      ['2024-11-04', 50000],
      ['2024-12-09', 150000],
      ['2025-01-13', 220000],
    ]);
    // The next threshold is news.
    world.logHours(2080);
    world.settle();
    expect(world.rows('crmjira_budget_alert')).toMatchObject([{ crmjira_alert_level: 2 }]);
    expect(world.sentMails).toHaveLength(1);
  });

  test('a crash after any action leads to one mapping and the same history', () => {
    for (let cut = 0; cut < 12; cut++) {
      const world = existing();
      ask(world, 'c1', CommandType.LinkProject, { crmjira_argument: '10200' });
      world.settle(cut);
      world.settle();
      expect(world.rows('crmjira_budget_mapping')).toHaveLength(1);
      expect(world.snapshotDays()).toEqual(['2024-11-04', '2024-12-09', '2025-01-13', '2025-01-15']);
      expect(world.alertMails()).toEqual([]);
    }
  });

  test.each([
    ['NOPE', {}, 'Jira has no project NOPE'],
    ['LEGACY', { projectArchived: true }, 'archived'],
    ['LEGACY', { opportunityState: 'lost' as const }, 'the opportunity is closed'],
    [' ', {}, 'give the key'],
  ])('%s %j is refused in words', (argument, over, words) => {
    const world = existing(over);
    ask(world, 'c1', CommandType.LinkProject, { crmjira_argument: argument });
    world.settle();
    expect(answer(world, 'c1')).toMatchObject({ crmjira_command_state: CommandState.Refused });
    expect(answer(world, 'c1').crmjira_result).toContain(words);
    expect(world.rows('crmjira_budget_mapping')).toEqual([]);
  });

  test('a project of another opportunity is refused, and so is a second project', () => {
    const world = existing();
    world.projects[0]!.ownership = { opportunityId: OTHER, reference: 'CRM-202401-OTHER', organization: ORGANIZATION };
    ask(world, 'c1', CommandType.LinkProject, { crmjira_argument: 'LEGACY' });
    world.settle();
    expect(answer(world, 'c1').crmjira_result).toContain('belongs to another opportunity');
    const linked = new World(250000);
    linked.settle();
    ask(linked, 'c2', CommandType.LinkProject, { crmjira_argument: 'LEGACY' });
    linked.settle();
    expect(answer(linked, 'c2')).toMatchObject({ crmjira_command_state: CommandState.Refused });
    expect(answer(linked, 'c2').crmjira_result).toContain('this opportunity has a Jira project');
  });

  test('a project that was held back can be linked to an existing one instead (R-2305)', () => {
    const world = existing();
    world.write('opportunity', OPPORTUNITY, { budgetamount: 250000 });
    world.earlierProvisionings = 20;
    world.settle();
    expect(mapping(world).crmjira_held_on).not.toBeNull();
    ask(world, 'c1', CommandType.LinkProject, { crmjira_argument: 'LEGACY' });
    world.settle();
    expect(mapping(world)).toMatchObject({
      crmjira_jira_project_key: 'LEGACY',
      crmjira_held_on: null,
      crmjira_last_error_code: null,
    });
    expect(world.projects).toHaveLength(1);
  });

  const plant = '5a8d2c1e-0000-4000-8000-000000000c02';
  const connectionOf = (world: World) => mapping(world)['crmjira_integration_id@odata.bind'];
  const atPlant = { crmjira_argument: `${plant}/LEGACY`, target: { connectionId: plant, project: 'LEGACY' } };
  /** The facts of a command at another site come with the policy of that site. */
  const movesTo = (world: World): void =>
    void Object.assign(world, { policy: { ...POLICY, connectionId: plant, budgetSource: 'budget-module' } });

  test('a new link to another site says which one, and whoever asks again hears that it is linked', () => {
    const world = existing();
    movesTo(world);
    ask(world, 'c1', CommandType.LinkProject, atPlant);
    world.settle();
    expect(answer(world, 'c1')).toMatchObject({ crmjira_command_state: CommandState.Done });
    expect(connectionOf(world)).toBe(`/crmjira_integrations(${plant})`);
    ask(world, 'c2', CommandType.LinkProject, atPlant);
    const elsewhere = { ...atPlant, target: { connectionId: CONNECTION, project: 'LEGACY' } };
    ask(world, 'c3', CommandType.LinkProject, elsewhere);
    world.settle();
    expect(answer(world, 'c2')).toMatchObject({ crmjira_command_state: CommandState.Done });
    expect(answer(world, 'c3')).toMatchObject({
      crmjira_command_state: CommandState.Refused,
      crmjira_result: expect.stringMatching(/^LEGACY was not linked/),
    });
  });

  test.each([
    ['the same site', false, CONNECTION],
    ['another site', true, plant],
  ])('a project that was held back is linked to one of %s', (_name, moves, connection) => {
    const world = existing();
    world.write('opportunity', OPPORTUNITY, { budgetamount: 250000 });
    world.earlierProvisionings = 20;
    world.settle();
    const before = world.applied.length;
    if (moves) movesTo(world);
    ask(world, 'c1', CommandType.LinkProject, moves ? atPlant : { crmjira_argument: 'LEGACY' });
    world.settle();
    expect(connectionOf(world)).toBe(`/crmjira_integrations(${connection})`);
    expect(mapping(world)).toMatchObject({ crmjira_provisioning_state: ProvisioningState.Linked });
    const written = world.applied
      .slice(before)
      .flatMap((action) => (action.kind === 'dataverse.change-set' ? action.writes : []))
      .filter(({ table, columns }) => table === 'crmjira_budget_mapping' && 'crmjira_budget_source' in columns);
    expect(written).toHaveLength(moves ? 1 : 0);
  });

  test('a site that is not connected is refused in words', () => {
    const world = existing();
    const page = 'https://other.example/browse/LEGACY';
    ask(world, 'c1', CommandType.LinkProject, { crmjira_argument: page, target: null });
    world.settle();
    expect(answer(world, 'c1')).toMatchObject({ crmjira_command_state: CommandState.Refused });
    expect(answer(world, 'c1').crmjira_result).toContain(`Jira has no project ${page}`);
  });
});

describe('deleting a mapping (R-1232)', () => {
  const remove = (world: World): void => void world.tables.get('crmjira_budget_mapping')!.clear();

  test('is logged once with operation 3, leaves the Jira project, and does not come back by itself', () => {
    const world = new World(250000);
    world.settle();
    const writes = jiraWrites(world).length;
    remove(world);
    world.settle();
    world.settle();
    expect(events(world).filter((event) => event === 'mapping_deleted')).toHaveLength(1);
    expect(world.rows('crmjira_integration_log').at(-1)).toMatchObject({
      crmjira_operation_type: 3,
      crmjira_target_record_id: 'CRMWYVLZZJ',
    });
    expect(world.row('opportunity')).toMatchObject({ crmjira_jira_project_key: null });
    expect(world.rows('crmjira_budget_mapping')).toEqual([]);
    expect(jiraWrites(world)).toHaveLength(writes);
    expect(world.projects).toHaveLength(1);
  });

  test.each(['won', 'lost'] as const)('leaves an opportunity alone that is %s (R-802, R-2301)', (state) => {
    const world = new World(250000);
    world.settle();
    remove(world);
    world.opportunityState = state;
    const before = world.row('opportunity');
    world.settle();
    expect(world.row('opportunity')).toEqual(before);
    expect(before).toMatchObject({ crmjira_jira_project_key: 'CRMWYVLZZJ' });
  });

  test('takes the key off once it is open again, and does not log again what is in the log', () => {
    const world = new World(250000);
    world.settle();
    remove(world);
    world.deletionLogged = true;
    world.settle();
    expect(world.row('opportunity')).toMatchObject({ crmjira_jira_project_key: null });
    expect(events(world)).not.toContain('mapping_deleted');
  });

  test('is logged also where somebody asks for the project again before the service has looked', () => {
    const world = new World(250000);
    world.settle();
    remove(world);
    ask(world, 'c1', CommandType.LinkProject, { crmjira_argument: 'CRMWYVLZZJ' });
    world.settle();
    expect(events(world).filter((event) => event === 'mapping_deleted')).toHaveLength(1);
    expect(world.rows('crmjira_budget_mapping')).toHaveLength(1);
  });
});
