import { eventually } from '../../../eventually';
import { people } from '../../../stand-ins';
import { opportunityId, type Row, stopWorlds, type World } from '../../../world';
import { fresh, projectKey, reference, secondsAfter, startExample, tell } from './world-of-examples';

let world: World;
let mapping: string;
let issue: string;
/** The worklog on top of 1,400 h, which are 175,000.00 and 70 %. */
let onTop: string;

const addresses = ['opportunity.owner', 'project.manager', 'finance.controller'].map((name) => `${name}@company.com`);
const warningTask = 'Review Budget Status - Digital Transformation Project';
const outbox = () => world.alertMails();
const alerts = (): Promise<Row[]> => world.rows('crmjira_budget_alerts');
/** Mails about the approval aside: whether its approvers are asked depends on how soon they decided. */
const told = async (): Promise<Row> => ({
  alerts: (await alerts()).length,
  tasks: (await world.rows('tasks')).length,
  sent: outbox().length,
});
const log = async (hours: number): Promise<string> => world.logHours(issue, hours, '2025-01-24T09:00:00.000+0000');
const removeOnTop = async (): Promise<void> => {
  await world.jira('DELETE', `/issue/${issue}/worklog/${onTop}`);
  await world.settledAt(mapping, [175_000, 75_000, 70, 3]);
};
/** Within the seconds that a run may take: the clock goes on. */
const soonAfter = (instant: unknown, since: string): void => {
  expect(secondsAfter(instant, since)).toBeGreaterThanOrEqual(0);
  expect(secondsAfter(instant, since)).toBeLessThanOrEqual(60);
};

/** The same order on every run, and not the one they came in. */
function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item, n) => ({ item, rank: ((n * 7_919) % 104_729) % 31 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** E3 and E3-B, one after the other in one world, on the computed source. */
beforeAll(async () => {
  ({ world } = await startExample('2025-01-15T14:00:00Z', {}));
  mapping = await world.provision();
  await world.approve();
  issue = await world.newIssue();
  await log(1_400);
  await world.settledAt(mapping, [175_000, 75_000, 70, 3]);
  expect(await world.stage()).toBe('ProjectExecution');
});
afterAll(stopWorlds);

test('R-703 to R-705, R-708, E3: 212,500.00 of 250,000.00 is one alert, one mail, one task, and the review', async () => {
  const at = '2025-01-24T17:00:00Z';
  world.setClock(at);
  onTop = await log(300);
  await world.settledAt(mapping, [212_500, 37_500, 85, 3]);
  await eventually(async () => expect(outbox()).toHaveLength(1));
  await world.settled();
  const [mail] = outbox();
  expect(mail).toMatchObject({
    subject: 'Budget Warning: Digital Transformation Project - Acme Corp',
    to: addresses,
    from: 'crm-jira@company.com',
    importance: 'normal',
    regarding: { table: 'opportunity', id: opportunityId },
  });
  expect(mail?.body).toMatch(
    new RegExp(
      `^<p>The project ${reference} has reached 85% of its approved budget\\. Please review and take appropriate action\\.</p>`,
    ),
  );
  for (const line of [
    'Approved budget: $250,000.00 CAD',
    'Spent amount: $212,500.00 CAD',
    'Remaining budget: $37,500.00 CAD',
    'Utilization: 85.0%',
  ])
    expect(mail?.body).toContain(`<li>${line}</li>`);
  const tasks = await world.rows('tasks');
  expect(tasks).toMatchObject([
    {
      subject: warningTask,
      prioritycode: 2,
      _ownerid_value: people.owner,
      _regardingobjectid_value: opportunityId,
    },
  ]);
  soonAfter(tasks[0]?.['scheduledend'], '2025-01-25T17:00:00Z');
  expect(secondsAfter(tasks[0]?.['scheduledend'], String(tasks[0]?.['scheduledstart']))).toBe(86_400);
  expect(await alerts()).toMatchObject([
    {
      crmjira_alert_level: 1,
      crmjira_severity: 2,
      crmjira_utilization: 85,
      crmjira_spent_amount: 212_500,
      crmjira_approved_budget: 250_000,
      crmjira_cleared_on: null,
      crmjira_recipients: addresses.join('; '),
    },
  ]);
  soonAfter((await alerts())[0]?.['crmjira_raised_on'], at);
  expect(await world.stage()).toBe('BudgetReviewRequired');
  expect(await world.one('opportunities', opportunityId)).toMatchObject({
    crmjira_budget_review_required: true,
    crmjira_budget_status: 3,
  });
});

test('R-706 E3.5: more of the same level tells nobody; below 80 % it is cleared, and the next crossing is told anew', async () => {
  const more = await log(160);
  await world.settledAt(mapping, [232_500, 17_500, 93, 3]);
  expect(await told()).toEqual({ alerts: 1, tasks: 1, sent: 1 });
  await world.jira('DELETE', `/issue/${issue}/worklog/${more}`);
  await removeOnTop();
  expect(await alerts()).toMatchObject([{ crmjira_cleared_on: expect.any(Date) }]);
  // 200,000.00 is 80.0 %: inclusive.
  onTop = await log(200);
  await world.settledAt(mapping, [200_000, 50_000, 80, 3]);
  await eventually(async () => expect(outbox()).toHaveLength(2));
  await world.settled();
  expect((await alerts()).map((row) => row['crmjira_crossing_no']).sort()).toEqual([1, 2]);
  expect(await told()).toEqual({ alerts: 2, tasks: 2, sent: 2 });
  await removeOnTop();
});

test('R-701 R-702 R-705 R-706 E3-B: from 70 % to 104 % only the higher level is told, to the owner', async () => {
  // The review has ended before.
  await world.writeAs('opportunity.owner', 'opportunities', opportunityId, {
    crmjira_budget_review_required: false,
    crmjira_budget_review_note: 'Reviewed with the customer.',
  });
  await eventually(async () => expect(await world.stage()).toBe('ProjectExecution'));
  await world.settled();
  const [before, mails] = [await world.rows('tasks'), outbox()];
  const at = '2025-05-16T17:00:00Z';
  world.setClock(at);
  onTop = await log(680);
  await world.settledAt(mapping, [260_000, -10_000, 104, 4]);
  await eventually(async () => expect(outbox()).toHaveLength(mails.length + 1));
  await world.settled();
  const mail = outbox().find(({ id }) => !mails.some((earlier) => earlier.id === id));
  expect(mail).toMatchObject({
    subject: 'Budget Alert: Project Over Budget',
    to: [addresses[0]],
    importance: 'high',
  });
  for (const part of [
    '<h2>Budget Alert</h2>',
    `Project ${reference} has exceeded its approved budget.`,
    '<li>Approved Budget: $250,000.00 CAD</li>',
    '<li>Spent Amount: $260,000.00 CAD</li>',
    '<li>Over Budget By: $10,000.00 CAD</li>',
  ])
    expect(mail?.body).toContain(part);
  const tasks = fresh(await world.rows('tasks'), before, 'activityid');
  expect(tasks).toMatchObject([
    {
      subject: `Review Over Budget Project: ${reference}`,
      description: 'Project has exceeded approved budget. Review and take corrective action.',
      prioritycode: 2,
      _regardingobjectid_value: opportunityId,
    },
  ]);
  soonAfter(tasks[0]?.['scheduledstart'], at);
  soonAfter(tasks[0]?.['scheduledend'], '2025-05-17T17:00:00Z');
  expect((await alerts()).filter((row) => row['crmjira_cleared_on'] === null)).toMatchObject([
    { crmjira_alert_level: 2, crmjira_utilization: 104 },
  ]);
  expect(await world.stage()).toBe('BudgetReviewRequired');
  expect(await world.one('opportunities', opportunityId)).toMatchObject({
    actualvalue: 260_000,
    crmjira_budget_status: 4,
    crmjira_jira_project_key: projectKey,
  });
});

test('R-503 R-706 every delivery again, doubled and shuffled, under its identifier or none, changes nothing', async () => {
  const before = await world.census();
  const deliveries = world.standIns.jira.site.deliveries.all();
  expect(deliveries.length).toBeGreaterThan(6);
  const answers = await Promise.all(
    shuffled([...deliveries, ...deliveries]).map(({ id, body }, n) =>
      tell(world, body, n % 2 === 0 ? { identifier: id } : {}),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  await world.settled();
  expect(await world.census()).toEqual(before);
});
