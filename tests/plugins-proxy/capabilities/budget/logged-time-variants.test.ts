import { BudgetCategoryType } from '../../../../domain/src/schema/generated/options';
import { guidOf } from '../../../../sandbox/src/dataverse/guid';
import { rootIssue, tell } from './examples/world-of-examples';
import { eventually } from '../../eventually';
import { acme } from '../../stand-ins';
import { e1, opportunityId, startWorld, stopWorlds } from '../../world';

afterEach(stopWorlds);

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
});

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
});

test('R-517 what is written by hand into the opportunity’s id, the budget status or the amount is put back, and recorded', async () => {
  const world = await startWorld(start);
  await world.provision();
  await world.approve();
  const [root] = world.standIns.jira.site.issues.all();
  const byHand = { customfield_10100: 'another', customfield_10102: { value: 'Completed' }, customfield_10103: 1 };
  await world.jira('PUT', `/issue/${root?.id}`, { fields: byHand });
  // Written with the service's own account, which would be its echo: the event names nobody.
  const told = { id: root?.id, fields: { project: { id: '10150' } } };
  await tell(world, { timestamp: 1, webhookEvent: 'jira:issue_updated', issue: told });
  await eventually(async () => expect(await rootIssue(world)).toEqual([opportunityId, acme, 'Active', 250_000]));
  await world.settled();
  const logged = await world.rows('crmjira_integration_logs', "crmjira_event_type eq 'root_issue_put_back'");
  expect(logged).toHaveLength(1);
  for (const change of [
    `CRM Opportunity ID was another, Dynamics has ${opportunityId}`,
    'Budget Status was Completed, Dynamics has Active',
    'Approved Budget Amount was 1, Dynamics has 250000',
  ])
    expect(logged[0]?.['crmjira_error_message']).toContain(change);
});

test('R-517 a deleted root issue is made anew, once, with the values of before; the cost of its worklogs leaves', async () => {
  const world = await startWorld(start);
  const mapping = await world.provision();
  await world.approve();
  const { issues } = world.standIns.jira.site;
  const first = issues.all()[0]?.id ?? '';
  await world.logHours(first, 8);
  await world.settledAt(mapping, [1_000, 249_000, 0.4, 3]);
  await world.jira('DELETE', `/issue/${first}`);
  await world.settledAt(mapping, [0, 250_000, 0, 3]);
  await eventually(async () => expect(issues.all()).toHaveLength(1));
  await world.settled();
  expect(issues.all().map(({ id, summary }) => [id === first, summary])).toEqual([[false, e1.name]]);
  expect(await rootIssue(world)).toEqual([opportunityId, acme, 'Active', 250_000]);
  expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({ crmjira_last_error: null });
});

test('F-304 hostile rates and times stop no run: the standard rate counts, an alert still comes, one log row tells', async () => {
  const world = await startWorld(start);
  const mapping = await world.provision();
  await world.approve();
  const issue = await world.newIssue();
  const hostile = [0, 100_000, 1e15, 1e21].map((rate) => ({ rate, currency: 'CAD' }));
  for (const value of [...hostile, { rate: 100, currency: 'XYZ' }]) {
    const worklog = await world.logHours(issue, 8);
    await world.jira('PUT', `/issue/${issue}/worklog/${worklog}/properties/crmjira.billing`, value);
  }
  // Estimates beyond what their column holds.
  const { issues } = world.standIns.jira.site;
  const estimated = issues.get(issue);
  if (estimated) issues.put({ ...estimated, originalEstimate: 2 ** 53, remainingEstimate: 2 ** 53 });
  await world.settledAt(mapping, [5_000, 245_000, 2, 3]);
  await world.logHours(issue, 2_000);
  await world.settledAt(mapping, [255_000, -5_000, 102, 4]);
  expect(await world.rows('crmjira_budget_alerts')).not.toEqual([]);
  expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({ crmjira_last_error: null });
  const told = await world.rows('crmjira_integration_logs', "crmjira_event_type eq 'worklog_not_as_told'");
  expect(told).toMatchObject([
    { crmjira_integration_status: 2, crmjira_error_message: expect.stringContaining('the standard rate counts') },
  ]);
});
