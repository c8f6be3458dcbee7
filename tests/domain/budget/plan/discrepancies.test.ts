import { ApprovalStatus } from '@crmjira/domain';
import { cad, MANAGER, POLICY, World } from './world';

function running(): World {
  const world = new World(250000, { ...POLICY, budgetSource: 'budget-module' });
  world.settle();
  world.approval = { amount: 250000, decision: { outcome: ApprovalStatus.Approved, by: MANAGER } };
  world.settle();
  return world;
}
const told = (world: World): unknown => {
  const text = world.row('crmjira_budget_mapping')!.crmjira_discrepancies;
  return typeof text === 'string' ? JSON.parse(text) : (text ?? null);
};

test('R-1506 a field that no run brings together is told with the run that first saw it, until both sides agree', () => {
  const world = running();
  expect(told(world)).toBeNull();
  const line = { field: 'approved', crm: '$250,000.00 CAD', jira: '$300,000.00 CAD', since: '2025-01-16T09:00:00Z' };
  world.now = '2025-01-16T09:00:00Z';
  world.budgetAmount = cad(300000);
  world.settle();
  expect(told(world)).toEqual([line]);
  // Another amount, but still the same difference: it is as old as it was.
  world.now = '2025-01-18T09:00:00Z';
  world.budgetAmount = cad(310000);
  world.settle();
  expect(told(world)).toEqual([{ ...line, jira: '$310,000.00 CAD' }]);
  world.budgetAmount = cad(250000);
  world.settle();
  expect(told(world)).toBeNull();
});
