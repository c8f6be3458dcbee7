import { randomUUID } from 'node:crypto';
import { eventually } from '../../eventually';
import { people } from '../../stand-ins';
import { opportunityId, startWorld, stopWorlds } from '../../world';

afterEach(stopWorlds);

const [pending, approved] = [2, 3];

test.each([
  [
    'before the newer request: the budget is active with the amount that was granted',
    '2025-01-15T15:05:00Z',
    3,
    250_000,
  ],
  ['after the newer request: it decides nothing', '2025-01-15T15:07:00Z', 1, 300_000],
])(
  'R-307, R-308 a grant that no run has seen, made %s',
  async (_, decidedOn, status, amount) => {
    const world = await startWorld('2025-01-15T15:00:00Z', {}, {});
    const mapping = await world.provision();
    const [first, second] = [randomUUID(), randomUUID()];
    const request = (id: string, createdon: string, wanted: number) => ({
      table: 'crmjira_budget_approval',
      row: {
        crmjira_budget_approvalid: id,
        crmjira_amount: wanted,
        createdon,
        statecode: 0,
        createdby: { table: 'systemuser', id: people.owner },
        crmjira_opportunity_id: { table: 'opportunity', id: opportunityId },
      },
    });
    // No step tells of a row of the seed: as if both had come while the service was stopped.
    await world.standIns.dataverse.seed([
      request(first, '2025-01-15T15:01:00Z', 250_000),
      {
        table: 'crmjira_budget_decision',
        row: {
          crmjira_budget_decisionid: randomUUID(),
          crmjira_decision: approved,
          crmjira_comment: 'Granted.',
          createdon: decidedOn,
          createdby: { table: 'systemuser', id: people.manager },
          crmjira_budget_approval_id: { table: 'crmjira_budget_approval', id: first },
        },
      },
      request(second, '2025-01-15T15:06:00Z', 300_000),
    ]);
    world.setClock('2025-01-15T15:10:00.000Z');
    // The newer request is about this amount, so that both are seen by the run that the change brings.
    await world.write('opportunities', opportunityId, { budgetamount: 300_000 });
    await eventually(async () =>
      expect(await world.one('opportunities', opportunityId)).toMatchObject({ crmjira_approval_status: pending }),
    );
    await world.settled();
    expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({
      crmjira_budget_status: status,
      crmjira_approved_budget: amount,
    });
    const opportunity = await world.one('opportunities', opportunityId);
    expect(opportunity['_crmjira_approved_by_value'] ?? null).toBe(status === 3 ? people.manager : null);
  },
  60_000,
);
