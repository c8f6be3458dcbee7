import { randomUUID } from 'node:crypto';
import { guidOf } from '../../../../sandbox/src/dataverse/guid';
import { userRole } from '../../../../sandbox/src/dataverse';
import { eventually } from '../../eventually';
import { people } from '../../stand-ins';
import { opportunityId, type Row, startWorld, stopWorlds, type World } from '../../world';

const start = '2025-01-15T15:00:00Z';
const pending = 2;
const approved = 3;
const rejected = 4;
const REFUSED = 'crmjira_command_state eq 4';

/** The manager's role approves 100,000.00, another one of the controller's 500,000.00. */
const limits = { 'CRM-JIRA Budget Approver': 100_000, 'CRM-JIRA Worklog Viewer': 500_000 };
const ofController = [
  'Sales Manager',
  'CRM-JIRA Integration User',
  'CRM-JIRA Budget Approver',
  'CRM-JIRA Worklog Viewer',
];

afterEach(stopWorlds);

async function provisioned(): Promise<World> {
  const world = await startWorld(start, {}, { crmjira_ApprovalLimits: JSON.stringify(limits) });
  const { dataverse } = world.standIns;
  await dataverse.seed(ofController.map((role) => userRole(people.finance, dataverse.roleId(role) ?? '')));
  await world.provision();
  return world;
}
const decideAs = (world: World, who: string, request: string, outcome: number) =>
  world.writeAs(who, 'crmjira_budget_decisions', randomUUID(), {
    crmjira_decision: outcome,
    crmjira_comment: 'Decided.',
    'crmjira_budget_approval_id@odata.bind': `/crmjira_budget_approvals(${request})`,
  });
const requests = async (world: World): Promise<Row[]> =>
  (await world.rows('crmjira_budget_approvals')).sort((a, b) =>
    String(a['createdon']) < String(b['createdon']) ? -1 : 1,
  );
const refusals = async (world: World, count: number): Promise<Row[]> => {
  await eventually(async () => expect(await world.rows('crmjira_commands', REFUSED)).toHaveLength(count));
  await world.settled();
  return world.rows('crmjira_commands', REFUSED);
};
const statusOf = async (world: World) => (await world.one('opportunities', opportunityId))['crmjira_approval_status'];
/** Rows have whole seconds: those that follow each other here would else be of the same one. */
const later = (world: World, minutes: number) =>
  world.setClock(new Date(Date.parse(start) + minutes * 60_000).toISOString());

test('R-306 over the limit of who decided: one request stays open in the name of who asked, and who can decide is named', async () => {
  const world = await provisioned();
  const first = randomUUID();
  await world.writeAs('opportunity.owner', 'crmjira_budget_approvals', first, {
    crmjira_name: '$250,000.00',
    crmjira_amount: 250_000,
    crmjira_previous_amount: 200_000,
    crmjira_comment: 'Two integrations more.',
    'crmjira_opportunity_id@odata.bind': `/opportunities(${opportunityId})`,
  });
  later(world, 5);
  await decideAs(world, 'project.manager', first, approved);
  const [refusal] = await refusals(world, 1);
  expect(refusal?.['crmjira_result']).toBe(
    'Your decision had no effect: $250,000.00 CAD is over your approval limit of $100,000.00 CAD.\n' +
      'The request stays open. Fay Controller can decide on it. So can you, once your limit has been raised.',
  );
  expect(refusal?.['_ownerid_value']).toBe(people.manager);
  const [asked, open, ...more] = await requests(world);
  expect(more).toEqual([]);
  expect(open).toMatchObject({
    crmjira_name: '$250,000.00',
    crmjira_amount: 250_000,
    // What the client called approved never was.
    crmjira_previous_amount: null,
    crmjira_comment: 'Two integrations more.',
    _crmjira_opportunity_id_value: opportunityId,
    _transactioncurrencyid_value: asked?.['_transactioncurrencyid_value'],
    crmjira_deciders: people.finance,
    _crmjira_requested_by_value: people.owner,
    crmjira_requested_on: asked?.['createdon'],
    _ownerid_value: people.owner,
    _createdby_value: guidOf('app:22222222-2222-4222-8222-222222222222'),
  });
  expect(await statusOf(world)).toBe(pending);

  // Whatever has it look again finds nothing left to do.
  for (const by of ['opportunity.owner', 'project.manager']) await world.command(3, by);
  await world.settled();
  expect(await requests(world)).toHaveLength(2);
  expect(await world.rows('crmjira_commands', REFUSED)).toHaveLength(1);

  later(world, 10);
  await decideAs(world, 'finance.controller', String(open?.['crmjira_budget_approvalid']), approved);
  await eventually(async () =>
    expect(await world.one('opportunities', opportunityId)).toMatchObject({
      crmjira_approval_status: approved,
      crmjira_budget_status: 3,
      _crmjira_approved_by_value: people.finance,
    }),
  );
  await world.settled();
  // Who can decide was asked (F-105), and who asked first is told, as of any approval.
  const mails = [...world.standIns.dataverse.outbox()].sort((a, b) => (a.sentOn < b.sentOn ? -1 : 1));
  expect(mails.slice(-2)).toMatchObject([
    {
      to: ['finance.controller@company.com'],
      subject: 'Budget approval requested: Digital Transformation Project - Acme Corp',
      body: expect.stringContaining('Olivia Owens requests approval'),
    },
    { to: expect.arrayContaining(['opportunity.owner@company.com']) },
  ]);
});

test('R-306 the row of the service is no way round: who asked first cannot decide on it', async () => {
  const world = await provisioned();
  const first = await world.requestApproval(250_000, 'finance.controller');
  later(world, 5);
  await decideAs(world, 'project.manager', first, approved);
  const [refusal] = await refusals(world, 1);
  expect(refusal?.['crmjira_result']).toContain('nobody else can decide on this amount');
  const open = (await requests(world)).at(-1);
  later(world, 10);
  await decideAs(world, 'finance.controller', String(open?.['crmjira_budget_approvalid']), approved);
  const words = (await refusals(world, 2)).map(({ crmjira_result }) => String(crmjira_result));
  expect(words.join()).toContain('you cannot decide on your own request');
  expect(await statusOf(world)).toBe(pending);
  expect(await requests(world)).toHaveLength(2);
});

test('R-306 nobody asks in the name of another: a named requester counts in the rows of the service alone', async () => {
  const world = await provisioned();
  // Within the limit of who asks and decides, and the row's: a request of another amount is refused as such.
  await world.write('opportunities', opportunityId, { budgetamount: 90_000 });
  await world.settled();
  const forged = randomUUID();
  await world.writeAs('project.manager', 'crmjira_budget_approvals', forged, {
    crmjira_amount: 90_000,
    'crmjira_opportunity_id@odata.bind': `/opportunities(${opportunityId})`,
    'crmjira_requested_by@odata.bind': `/systemusers(${people.owner})`,
    crmjira_requested_on: '2025-01-20T00:00:00Z',
  });
  later(world, 5);
  await decideAs(world, 'project.manager', forged, approved);
  const [refusal] = await refusals(world, 1);
  expect(refusal?.['crmjira_result']).toContain('you cannot decide on your own request');
  expect(await statusOf(world)).toBe(pending);
  expect(await requests(world)).toHaveLength(1);
});

test('R-306 over the limit again: the same words, one open request; rejecting needs no limit', async () => {
  const world = await provisioned();
  await decideAs(world, 'project.manager', await world.requestApproval(250_000), approved);
  await refusals(world, 1);
  const open = async (): Promise<string> => {
    const rows = await world.rows('crmjira_budget_approvals');
    const decided = (await world.rows('crmjira_budget_decisions')).map(
      (row) => row['_crmjira_budget_approval_id_value'],
    );
    const undecided = rows.map((row) => row['crmjira_budget_approvalid']).filter((id) => !decided.includes(id));
    expect(undecided).toHaveLength(1);
    return String(undecided[0]);
  };
  later(world, 5);
  await decideAs(world, 'project.manager', await open(), approved);
  const words = (await refusals(world, 2)).map(({ crmjira_result }) => crmjira_result);
  expect(words[1]).toBe(words[0]);
  later(world, 10);
  await decideAs(world, 'project.manager', await open(), rejected);
  await eventually(async () => expect(await statusOf(world)).toBe(rejected));
  await world.settled();
  expect(await world.rows('crmjira_budget_approvals')).toHaveLength(3);
});
