import { randomUUID } from 'node:crypto';
import { rootBusinessUnitId } from '../../sandbox/src/dataverse';
import { guidOf } from '../../sandbox/src/dataverse/guid';
import type { ApprovalAnswer, ApprovalCard } from '../../sandbox/src/flows';
import { people } from '../plugins-proxy/stand-ins';
import { e1, opportunityId, stopWorlds } from '../plugins-proxy/world';
import { flowNames } from './flow-files';
import { problem, startFlows, statusesOf } from './flow-world';

const start = '2025-01-15T15:00:00Z';

afterEach(stopWorlds);

/** An approver of the tests who answers at once. */
function approver(userId: string, option: string, comments = 'By Teams.') {
  const cards: ApprovalCard[] = [];
  const answer = async (card: ApprovalCard): Promise<ApprovalAnswer> => {
    cards.push(card);
    const chosen = card.options.find((one) => one.startsWith(option)) ?? option;
    return { responder: guidOf(`object:${userId}`), option: chosen, comments, at: new Date('2025-01-16T15:00:00Z') };
  };
  return { cards, answer };
}

/** A Draft with its project, whose budget the owner has asked to approve while the flow is on. */
async function asked(answer: (card: ApprovalCard) => Promise<ApprovalAnswer>) {
  const world = await startFlows(start, { approver: answer });
  await world.write('opportunities', opportunityId, e1);
  await world.runNow(flowNames.provision, await world.readRow('opportunity', opportunityId));
  await world.switchOn(flowNames.approval);
  world.runs.length = 0;
  const request = await world.requestApproval(250_000);
  await world.quiet();
  // The service looks at once an hour here: the other flow has it look.
  await world.runNow(flowNames.provision, await world.readRow('opportunity', opportunityId));
  await world.quiet();
  return { ...world, request };
}

describe(flowNames.approval, () => {
  test('an approval in Teams counts for who gave it: status, amount, person and time stand on the opportunity (R-1007, R-306, R-307)', async () => {
    const { cards, answer } = approver(people.manager, 'Approve');
    const world = await asked(answer);
    expect(cards).toMatchObject([
      {
        assignedTo: ['project.manager@company.com'],
        options: [/^Approve/, /^Reject/, /^Request changes/].map(() => expect.any(String)),
      },
    ]);
    expect(cards[0]?.details).toContain('250,000.00');
    expect(cards[0]?.itemLink).toMatch(
      new RegExp(`main\\.aspx\\?pagetype=entityrecord&etn=opportunity&id=${opportunityId}$`),
    );
    expect(world.runs[0]).toMatchObject({ flow: flowNames.approval, status: 'Succeeded' });
    expect(await world.one('opportunities', opportunityId)).toMatchObject({
      crmjira_approval_status: 3,
      crmjira_budget_status: 3,
      _crmjira_approved_by_value: people.manager,
    });
    // Its own decision has not started it again.
    expect(world.runs.filter(({ flow }) => flow === flowNames.approval)).toHaveLength(1);
  }, 120_000);

  test.each([
    ['Reject', 4],
    ['Request changes', 5],
  ])(
    '%s reaches the opportunity with its comment, and the budget stays a Draft (R-1007, R-307)',
    async (option, status) => {
      const { answer } = approver(people.manager, option, 'Too high.');
      const world = await asked(answer);
      expect(await world.rows('crmjira_budget_decisions')).toMatchObject([
        { crmjira_decision: status, crmjira_comment: 'Too high.', _crmjira_decided_by_value: people.manager },
      ]);
      expect(await world.one('opportunities', opportunityId)).toMatchObject({
        crmjira_approval_status: status,
        crmjira_budget_status: 1,
      });
      // The owner reads no decisions: the reason comes as a task.
      expect(await world.rows('tasks')).toMatchObject([
        { _ownerid_value: people.owner, description: expect.stringContaining('Reason: Too high.') },
      ]);
    },
    120_000,
  );

  test('an answer of the requester has no effect, as in Dynamics (R-306, R-1007)', async () => {
    const { answer } = approver(people.owner, 'Approve');
    const world = await asked(answer);
    expect(await world.one('opportunities', opportunityId)).toMatchObject({ crmjira_budget_status: 1 });
    expect(await world.rows('crmjira_commands')).toMatchObject([{ crmjira_command_state: 4 }]);
  }, 120_000);

  test('a decision that names somebody else counts for who wrote it, unless the service wrote it (R-306, R-1007)', async () => {
    const world = await startFlows(start);
    await world.write('opportunities', opportunityId, e1);
    await world.runNow(flowNames.provision, await world.readRow('opportunity', opportunityId));
    const request = await world.requestApproval(250_000, 'project.manager');
    // The manager holds the role, has asked himself, and names the owner as decider.
    await world.writeAs('project.manager', 'crmjira_budget_decisions', randomUUID(), {
      crmjira_decision: 3,
      crmjira_comment: 'Mine.',
      'crmjira_budget_approval_id@odata.bind': `/crmjira_budget_approvals(${request})`,
      'crmjira_decided_by@odata.bind': `/systemusers(${people.owner})`,
    });
    await world.runNow(flowNames.provision, await world.readRow('opportunity', opportunityId));
    await world.quiet();
    expect(await world.one('opportunities', opportunityId)).toMatchObject({ crmjira_budget_status: 1 });
    const [refused] = await world.rows('crmjira_commands', 'crmjira_command_state eq 4');
    expect(String(refused?.['crmjira_result'])).toMatch(/own request|propre demande/);
  }, 120_000);

  test('who has decided in Dynamics meanwhile was first: the later answer writes nothing (R-1007)', async () => {
    const late: { decide: () => Promise<void> } = { decide: async () => undefined };
    const { answer } = approver(people.manager, 'Reject');
    const world = await startFlows(start, {
      approver: async (card) => {
        await late.decide();
        return answer(card);
      },
    });
    await world.write('opportunities', opportunityId, e1);
    const request = await world.requestApproval(250_000);
    late.decide = () => world.decide(request, 3);
    const run = await world.runNow(flowNames.approval, await world.readRow('crmjira_budget_approval', request));
    expect(run).toMatchObject({ status: 'Succeeded' });
    expect(statusesOf(run, 'Write_Decision')).toEqual([]);
    expect(await world.rows('crmjira_budget_decisions')).toMatchObject([{ crmjira_decision: 3 }]);
  });

  test('when Approvals refuses the card the run fails with the words of the refusal, and nothing is decided (R-1007)', async () => {
    const world = await startFlows(start, {
      fault: (operation) =>
        operation === 'StartAndWaitForAnApproval' ? problem(400, 'The approver is not in this tenant.') : undefined,
    });
    await world.write('opportunities', opportunityId, e1);
    const request = await world.requestApproval(250_000);
    const run = await world.runNow(flowNames.approval, await world.readRow('crmjira_budget_approval', request));
    expect(run).toMatchObject({ status: 'Failed', error: { code: 'IntegrationError' } });
    expect(run.error?.message).toContain('The approver is not in this tenant.');
    expect(statusesOf(run, 'Get_Decider')).toEqual(['Skipped']);
    expect(await world.rows('crmjira_budget_decisions')).toEqual([]);
  });

  test('with nobody to ask the run says so; a team in crmjira_ApproverTeam is asked too (R-306, R-1007)', async () => {
    const { cards, answer } = approver(people.finance, 'Approve');
    const world = await startFlows(start, { approver: answer });
    await world.write('opportunities', opportunityId, e1);
    // Asked by the only holder of the role.
    const request = await world.requestApproval(250_000, 'project.manager');
    const row = await world.readRow('crmjira_budget_approval', request);
    expect((await world.runNow(flowNames.approval, row)).error).toMatchObject({
      code: 'NoApprover',
      message: expect.stringContaining('CRM-JIRA Budget Approver'),
    });
    const team = randomUUID();
    const rows = [
      {
        table: 'team',
        row: {
          teamid: team,
          name: "Finance & Controller's",
          businessunitid: { table: 'businessunit', id: rootBusinessUnitId },
        },
      },
      {
        table: 'teammembership',
        row: { teammembershipid: randomUUID(), teamid: team, systemuserid: people.finance },
      },
    ];
    await world.standIns.dataverse.seed(rows);
    await world.setVariable('crmjira_ApproverTeam', "Finance & Controller's");
    expect(await world.runNow(flowNames.approval, row)).toMatchObject({ status: 'Succeeded' });
    expect(cards).toMatchObject([{ assignedTo: ['finance.controller@company.com'] }]);
  });
});
