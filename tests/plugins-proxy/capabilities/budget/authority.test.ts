import { COMMAND_AUTHORITY, CommandType, process } from '@crmjira/domain';
import { guidOf } from '../../../../sandbox/src/dataverse/guid';
import { eventually } from '../../eventually';
import { acme, people } from '../../stand-ins';
import { e1, opportunityId, startWorld, stopWorlds, type World } from '../../world';

afterEach(stopWorlds, 30_000);

const start = '2025-01-15T15:00:00Z';
const mine = 'a1b2c3d4-e5f6-7890-abcd-ef1234567891';
/** A sales rep who may read the manager's opportunity and append to it, and not write to it. */
const rep = 'opportunity.owner';
const words = /^You do not have permission to change this opportunity\./;

/** The opportunity of E1, but the manager's: linked, with a budget that waits for approval. */
async function colleagues(settings: Record<string, string> = {}): Promise<World> {
  const world = await startWorld(start, {}, settings);
  await world.write('opportunities', opportunityId, {
    ...e1,
    'ownerid@odata.bind': `/systemusers(${people.manager})`,
  });
  await eventually(async () => {
    expect(await world.rows('crmjira_budget_mappings')).toMatchObject([{ crmjira_provisioning_state: 4 }]);
  });
  await world.settled();
  return world;
}

const answered = (world: World, id: string) =>
  eventually(async () => {
    const row = await world.one('crmjira_commands', id);
    expect(row['crmjira_command_state']).toBeGreaterThan(2);
    return row;
  });

const audits = async (world: World): Promise<string[]> =>
  (await world.rows('crmjira_integration_logs'))
    .map((row) => String(row['crmjira_event_type']))
    .filter((type) => type.startsWith('refused: '));

test('who may not write an opportunity has nothing done to it: no command, no approval, no stage (F-301, F-307, F-308)', async () => {
  const world = await colleagues({ crmjira_ProjectPicker: 'yes', crmjira_Capabilities: 'budget,issues' });
  const reader = world.standIns.as(`${rep}@company.com`);
  await expect(
    reader.changeSet([{ op: 'update', collection: 'opportunities', id: opportunityId, columns: { name: 'Taken' } }]),
  ).rejects.toMatchObject({ status: 403 });
  const before = await world.census();

  const isCarriedOut = (type: CommandType): boolean => !COMMAND_AUTHORITY[type].needs.includes('available');
  // What concerns a connection asks for an administrator instead.
  const changes = (type: CommandType): boolean => COMMAND_AUTHORITY[type].needs.includes('write');
  const types = Object.values(CommandType).filter((type) => changes(type) && isCarriedOut(type));
  // To be told why a record is as it is takes no more than to read it.
  const why = await answered(world, await world.command(CommandType.Explain, rep));
  expect(why).toMatchObject({
    crmjira_command_state: 3,
    crmjira_result: expect.stringMatching(/nothing is left to do/),
  });
  expect(JSON.parse(String(why['crmjira_answer']))).toMatchObject({
    standing: 'in-sync',
    hidden: 0,
    trouble: null,
    fields: expect.arrayContaining([expect.objectContaining({ field: 'approved', differs: false })]),
  });
  const asked = await Promise.all(types.map((type) => world.command(type, rep, 'approved crm')));
  for (const id of asked)
    expect(await answered(world, id)).toMatchObject({
      crmjira_command_state: 4,
      crmjira_result: expect.stringMatching(words),
    });

  // Her request does not take the place of the manager's, and does not become pending.
  const request = await world.requestApproval(250_000, rep);
  const told = await eventually(async () => {
    const [row] = await world.rows('crmjira_commands', `crmjira_argument eq 'request ${request}'`);
    expect(row).toBeDefined();
    return row;
  });
  expect(told).toMatchObject({
    crmjira_command_state: 4,
    crmjira_result: expect.stringMatching(words),
    _ownerid_value: people.owner,
  });

  expect(await world.one('crmjira_budget_approvals', request)).toMatchObject({ statecode: 1, crmjira_amount: 250_000 });

  const [instance] = await world.rows(process.entitySet);
  const id = String(instance?.['businessprocessflowinstanceid']);
  const move = (columns: Record<string, unknown>): Promise<void> =>
    reader.changeSet([{ op: 'update', collection: process.entitySet, id, columns }]);
  const stage = await world.stage();
  const first = `/processstages(${process.stages.OpportunityQualification})`;
  await expect(move({ 'activestageid@odata.bind': first })).rejects.toBeDefined();
  await world.writeAs(rep, 'opportunities', mine, {
    name: 'Hers',
    'customerid_account@odata.bind': `/accounts(${acme})`,
  });
  await expect(move({ 'bpf_opportunityid@odata.bind': `/opportunities(${mine})` })).rejects.toBeDefined();
  expect(await world.stage()).toBe(stage);

  await world.settled();
  expect(await world.one('opportunities', opportunityId)).toMatchObject({
    statecode: 0,
    crmjira_approval_status: 1,
    crmjira_budget_status: 1,
  });
  expect(world.standIns.jira.site.findProject('10150')).toMatchObject({ archivedOn: null });
  // Each refusal has its audit, and nothing else has come of them.
  expect(await audits(world)).toHaveLength(types.length + 3);
  const after = await world.census();
  expect({ ...after, logs: Number(after['logs']) - types.length - 3 }).toEqual(before);
}, 60_000);

test('requests of nothing, of another amount than the row’s, and with a decision in their own row are refused in words; the owner’s own counts (F-318, F-102, D4)', async () => {
  const world = await startWorld(start);
  await world.provision();
  const refusalOf = (request: string): Promise<unknown> => {
    return eventually(async () => {
      const [row] = await world.rows('crmjira_commands', `crmjira_argument eq 'request ${request}'`);
      expect(row).toBeDefined();
      return row?.['crmjira_result'];
    });
  };
  const refused = async (amount: number): Promise<unknown> => refusalOf(await world.requestApproval(amount));
  expect(await refused(0)).toMatch(/^The amount must be greater than zero\./);
  expect(await refused(320_000)).toMatch(
    /^The request is for \$320,000\.00 CAD, but the opportunity now says \$250,000\.00 CAD\./,
  );
  const forged = 'd4d4d4d4-0000-4000-8000-000000000001';
  await world.writeAs(rep, 'crmjira_budget_approvals', forged, {
    crmjira_amount: 250_000,
    'crmjira_opportunity_id@odata.bind': `/opportunities(${opportunityId})`,
    crmjira_decision: 3,
    'crmjira_decided_by@odata.bind': `/systemusers(${people.manager})`,
    crmjira_decided_on: '2025-01-14T00:00:00Z',
    crmjira_decision_comment: 'Approved.',
    crmjira_deciders: people.manager,
  });
  expect(await refusalOf(forged)).toMatch(/^The request already named a decision/);
  expect(await world.one('crmjira_budget_approvals', forged)).toMatchObject({
    statecode: 1,
    crmjira_decision: null,
    _crmjira_decided_by_value: null,
    crmjira_decision_comment: expect.stringMatching(/^The request already named a decision/),
    crmjira_deciders: null,
  });
  expect(await audits(world)).toContain('refused: undecided-row');
  await world.settled();
  expect(await world.one('opportunities', opportunityId)).toMatchObject({ crmjira_approval_status: 1 });

  // What is changed while somebody decides leaves nothing pending.
  await world.requestApproval(250_000);
  await eventually(async () =>
    expect(await world.one('opportunities', opportunityId)).toMatchObject({ crmjira_approval_status: 2 }),
  );
  await world.writeAs(rep, 'opportunities', opportunityId, { budgetamount: 280_000 });
  await eventually(async () =>
    expect(await world.one('opportunities', opportunityId)).toMatchObject({
      crmjira_approval_status: 1,
      crmjira_project_budget: 280_000,
    }),
  );
  await world.decide(await world.requestApproval(280_000), 3);
  await eventually(async () =>
    expect(await world.one('opportunities', opportunityId)).toMatchObject({
      crmjira_approval_status: 3,
      crmjira_budget_status: 3,
      crmjira_project_budget: 280_000,
    }),
  );
}, 60_000);

test('a request that waits when the deal is won expires, and a decision on it has no effect (D1, R-2301)', async () => {
  const world = await startWorld(start, { POLL_INTERVAL_MS: '200' });
  const mapping = await world.provision();
  const request = await world.requestApproval(250_000);
  await eventually(async () =>
    expect(await world.one('opportunities', opportunityId)).toMatchObject({ crmjira_approval_status: 2 }),
  );
  await world.standIns.admin.unboundAction('WinOpportunity', {
    OpportunityClose: { 'opportunityid@odata.bind': `/opportunities(${opportunityId})`, subject: 'Signed' },
    Status: 3,
  });
  await eventually(async () =>
    expect(await world.rows('crmjira_commands', `crmjira_argument eq 'request ${request}'`)).toMatchObject([
      { crmjira_command_state: 4, crmjira_result: expect.stringMatching(/^The opportunity was closed before/) },
    ]),
  );
  await world.decide(request, 3);
  await world.settled();
  expect(await world.one('crmjira_budget_approvals', request)).toMatchObject({
    statecode: 1,
    crmjira_decided_on: expect.anything(),
  });
  expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({ crmjira_budget_status: 1 });
  expect(await audits(world)).toEqual(['refused: open-opportunity']);
}, 60_000);

test.each(['before', 'after'] as const)(
  'a decision that was made %s the deal was won, both seen at once (R-2301)',
  async (order) => {
    const world = await startWorld(start);
    const mapping = await world.provision();
    const request = await world.requestApproval(250_000);
    await eventually(async () =>
      expect(await world.one('opportunities', opportunityId)).toMatchObject({ crmjira_approval_status: 2 }),
    );
    await world.settled();
    // The service hears of neither until it is asked.
    for (const step of await world.rows('sdkmessageprocessingsteps'))
      if (!String(step['name']).includes('crmjira_command'))
        await world.write('sdkmessageprocessingsteps', String(step['sdkmessageprocessingstepid']), {
          statecode: 1,
          statuscode: 2,
        });
    const win = () =>
      world.standIns.admin.unboundAction('WinOpportunity', {
        OpportunityClose: { 'opportunityid@odata.bind': `/opportunities(${opportunityId})`, subject: 'Signed' },
        Status: 3,
      });
    const decide = () => world.decide(request, 3);
    const steps = order === 'before' ? [decide, win] : [win, decide];
    await steps[0]?.();
    world.setClock(new Date(world.clock().getTime() + 5_000).toISOString());
    await steps[1]?.();
    await world.command(CommandType.SyncNow);
    const isApproved = order === 'before';
    await eventually(async () =>
      expect(await world.one('crmjira_budget_approvals', request)).toMatchObject({
        statecode: isApproved ? 0 : 1,
        crmjira_decision: isApproved ? 3 : null,
        crmjira_decided_on: expect.anything(),
      }),
    );
    await world.settled();
    expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({
      crmjira_budget_status: isApproved ? 3 : 1,
    });
    // The deal itself is left alone.
    expect(await world.one('opportunities', opportunityId)).toMatchObject({ crmjira_approval_status: 2, statecode: 1 });
    expect(await audits(world)).toEqual(isApproved ? [] : ['refused: open-opportunity']);
    expect(world.mails().filter(({ subject }) => /approved/.test(subject))).toHaveLength(isApproved ? 1 : 0);
  },
  60_000,
);

test('a project is linked where somebody offers it, and for whoever administers it in Jira (F-302)', async () => {
  const world = await startWorld(
    start,
    {},
    { crmjira_LinkableProjects: '{"categories":["CRM projects"],"names":["Client *"]}', crmjira_ProjectPicker: 'yes' },
  );
  const { site } = world.standIns.jira;
  const { accountId } = await world.jira('GET', '/myself');
  const project = (key: string, name: string, leadAccountId = accountId, more = {}) =>
    world.jira('POST', '/project', { key, name, projectTypeKey: 'software', leadAccountId, ...more });
  const her = site.addUser({ email: `${rep}@company.com`, displayName: 'Olivia', accountId: 'account-olivia' }).id;
  await project('SALARIES', 'Salaries');
  await project('CLIENTA', 'Client A');
  await project('LISTED', 'In the category', undefined, { categoryId: 10_000 });
  await project('HERS', 'Her own', her);
  await project('OFFERED', 'Offered by its administrator');
  await world.jira('PUT', '/project/OFFERED/properties/crmjira.linkable', true);
  const link = async (n: number, key: string) => {
    const id = guidOf(`opportunity ${n}`);
    await world.write('opportunities', id, { ...e1, name: `Deal ${n}`, budgetamount: 5_000 });
    const command = guidOf(`link ${n}`);
    await world.writeAs(rep, 'crmjira_commands', command, {
      crmjira_command_type: CommandType.LinkProject,
      crmjira_command_state: 1,
      crmjira_argument: key,
      'crmjira_opportunity_id@odata.bind': `/opportunities(${id})`,
    });
    return answered(world, command);
  };
  expect(await link(1, 'SALARIES')).toMatchObject({
    crmjira_command_state: 4,
    crmjira_result: expect.stringMatching(/^No project was linked: SALARIES is not offered for linking\./),
  });
  for (const [n, key] of ['CLIENTA', 'LISTED', 'HERS', 'OFFERED'].entries())
    expect(await link(n + 2, key)).toMatchObject({ crmjira_command_state: 3 });
  expect(await audits(world)).toEqual(['refused: linkable-project']);
  // The account of the rep is in none of their roles through us.
  const { actors } = await world.jira('GET', '/project/CLIENTA/role/10003');
  expect(actors).toEqual([]);

  // A search shows what may be linked, and no other name.
  const search = guidOf('search');
  await world.writeAs(rep, 'crmjira_commands', search, {
    crmjira_command_type: CommandType.FindProjects,
    crmjira_command_state: 1,
    crmjira_argument: '',
    'crmjira_opportunity_id@odata.bind': `/opportunities(${guidOf('opportunity 1')})`,
  });
  const { crmjira_result: found } = await answered(world, search);
  expect(found).toContain('CLIENTA');
  expect(found).toContain('LISTED');
  expect(found).not.toContain('SALARIES');
}, 60_000);
