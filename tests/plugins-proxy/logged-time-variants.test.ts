import { BudgetCategoryType } from '../../domain/src/schema/generated/options';
import { guidOf } from '../../sandbox/src/dataverse/guid';
import { startWorld, stopWorlds } from './world';

afterEach(stopWorlds, 60_000);

const start = '2025-01-20T17:30:00Z';

test('R-505 R-507 R-517 E2: eight hours logged, made four, deleted: 46,000.00, 45,500.00, 45,000.00', async () => {
  const world = await startWorld(start);
  const mapping = await world.provision();
  await world.approve();
  const issue = await world.newIssue();
  await world.logHours(issue, 360);
  await world.settledAt(mapping, [45_000, 205_000, 18, 3]);
  const worklog = await world.logHours(issue, 8, '2025-01-20T09:00:00.000+0000');
  await world.settledAt(mapping, [46_000, 204_000, 18.4, 3]);
  await world.jira('PUT', `/issue/${issue}/worklog/${worklog}`, { timeSpentSeconds: 14_400 });
  await world.settledAt(mapping, [45_500, 204_500, 18.2, 3]);
  await world.jira('DELETE', `/issue/${issue}/worklog/${worklog}`);
  await world.settledAt(mapping, [45_000, 205_000, 18, 3]);
}, 120_000);

test('R-507 E2: without a rate of the project the template’s 150.00 makes it 46,200.00; a worklog’s own rate goes first', async () => {
  const world = await startWorld(start);
  await world.write('crmjira_budget_categories', guidOf('template'), {
    crmjira_category_id: 'DEVELOPMENT',
    crmjira_name: 'Development Resources',
    crmjira_type: BudgetCategoryType.HourlyRate,
    crmjira_default_rate: 150,
  });
  const mapping = await world.provision();
  await world.approve();
  const issue = await world.newIssue();
  const opening = await world.logHours(issue, 360);
  const billing = { rate: 125, currency: 'CAD' };
  await world.jira('PUT', `/issue/${issue}/worklog/${opening}/properties/crmjira.billing`, billing);
  await world.logHours(issue, 8, '2025-01-20T09:00:00.000+0000');
  await world.settledAt(mapping, [46_200, 203_800, 18.48, 3]);
}, 120_000);
