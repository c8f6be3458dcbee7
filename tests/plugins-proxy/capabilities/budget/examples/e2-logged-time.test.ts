import { z } from 'zod';
import { eventually } from '../../../eventually';
import { acme, pat } from '../../../stand-ins';
import { opportunityId, type Row, stopWorlds, type World } from '../../../world';
import {
  fresh,
  projectKey,
  reference,
  rootIssue,
  secondsAfter,
  silence,
  startExample,
  tell,
} from './world-of-examples';

let world: World;
let mapping: string;
let issue: string;
let worklog: string;
let logsBefore: Row[];

const logs = (): Promise<Row[]> => world.rows('crmjira_integration_logs');
const newLogs = async (): Promise<Row[]> => fresh(await logs(), logsBefore, 'crmjira_integration_logid');
const refused = async (): Promise<number> => {
  const { counters } = z
    .object({ counters: z.record(z.string(), z.number()) })
    .parse(await (await fetch(`${world.proxyUrl}/health`)).json());
  return counters['intake.refused'] ?? 0;
};
const budget = (figures: Record<string, unknown>) => ({
  id: 'BUD-12345',
  projectKey: reference,
  amount: 250_000,
  ...figures,
});
/** E2, word for word. */
const worklogCreated = {
  timestamp: '2025-01-20T17:30:00.000Z',
  webhookEvent: 'worklog_created',
  worklog: {
    id: '12345',
    issueKey: `${reference}-123`,
    timeSpentSeconds: 28_800,
    billableAmount: 1_000,
  },
  budget: budget({ spentAmount: 46_000, remainingAmount: 204_000 }),
};
/** E2-B: the figures in it are not taken over, they are read anew. */
const budgetUpdated = (timestamp: string, spentAmount: number) => ({
  timestamp,
  webhookEvent: 'budget:budget_updated',
  budget: budget({ spentAmount, remainingAmount: 250_000 - spentAmount, status: 'Active' }),
});

/** The rows of E2's given and then, played one after the other in one world. */
beforeAll(async () => {
  ({ world } = await startExample('2025-01-15T14:00:00Z'));
  mapping = await world.provision();
});
afterAll(stopWorlds);

test('R-517 E2-D: a budget approved in Jira is logged, and a Draft stays a Draft', async () => {
  const before = await world.one('opportunities', opportunityId);
  logsBefore = await logs();
  const confirmed = { timestamp: '2025-01-15T15:00:00.000Z', webhookEvent: 'budget:budget_approved' };
  expect((await tell(world, { ...confirmed, budget: budget({ status: 'Approved' }) })).status).toBe(202);
  await eventually(async () =>
    expect(await newLogs()).toMatchObject([
      {
        crmjira_operation_type: 2,
        crmjira_source_system: 2,
        crmjira_source_record_id: projectKey,
        crmjira_target_record_id: opportunityId,
        crmjira_integration_status: 2,
        crmjira_event_type: 'budget:budget_approved',
        _crmjira_budget_mapping_id_value: mapping,
      },
    ]),
  );
  await world.settled();
  expect(await world.one('opportunities', opportunityId)).toEqual(before);
  expect(before).toMatchObject({ crmjira_budget_status: 1, crmjira_approval_status: 1 });
  expect(await world.figures(mapping)).toEqual([0, 250_000, 0, 1]);
});

test('R-307 R-311 an approval is told to owner and requester in one mail, and the step is ticked by the service', async () => {
  await world.approve();
  const { crmjira_jira_project_key: key, ...row } = await world.one('opportunities', opportunityId);
  expect(row).toMatchObject({ crmjira_step_notify: true, crmjira_approval_status: 3 });
  expect(world.mails()).toMatchObject([
    {
      subject: 'Budget approved: Digital Transformation Project - Acme Corp',
      // The project manager has decided, and the owner has asked.
      to: ['opportunity.owner@company.com'],
      from: 'crm-jira@company.com',
      regarding: { id: opportunityId },
      body: expect.stringContaining('Approved budget: $250,000.00 CAD'),
    },
  ]);
  expect(world.mails()[0]?.body).toContain(`>${String(key)}</a>`);
});

test('R-501 R-505 R-507 R-510 R-514 E2: eight hours at 125.00 are 1,000.00: 46,000.00 spent, 18.4 %', async () => {
  world.setClock('2025-01-20T17:00:00Z');
  issue = await world.newIssue();
  await world.logHours(issue, 360);
  await world.settledAt(mapping, [45_000, 205_000, 18, 3]);
  expect(await rootIssue(world)).toEqual([opportunityId, acme, 'Active', 250_000]);
  silence(world);
  logsBefore = await logs();
  world.setClock('2025-01-20T17:30:00Z');
  worklog = await world.logHours(issue, 8, '2025-01-20T09:00:00.000+0000');
  const rate = { rate: 125, currency: 'CAD' };
  await world.jira('PUT', `/issue/${issue}/worklog/${worklog}/properties/crmjira.billing`, rate);
  world.setClock('2025-01-20T17:30:00Z');
  const answer = await tell(world, worklogCreated, { identifier: 'e2-worklog-12345' });
  expect(answer.status).toBe(202);
  expect(answer.ms).toBeLessThan(5_000);
  await world.settledAt(mapping, [46_000, 204_000, 18.4, 3]);
  const row = await world.one('crmjira_budget_mappings', mapping);
  expect(row).toMatchObject({ crmjira_jira_amount: 250_000, crmjira_total_hours: 368, crmjira_last_alert_level: 0 });
  // The event's own time, not that of its coming in: the worklog is some seconds older than its delivery at most.
  expect(Math.abs(secondsAfter(row['crmjira_last_event_on'], worklogCreated.timestamp))).toBeLessThanOrEqual(30);
  const delay = secondsAfter(row['crmjira_last_sync_date'], worklogCreated.timestamp);
  expect(delay).toBeGreaterThanOrEqual(0);
  expect(delay).toBeLessThanOrEqual(30);
  expect(await world.one('opportunities', opportunityId)).toMatchObject({
    actualvalue: 46_000,
    crmjira_budget_status: 3,
  });
  expect(await rootIssue(world)).toEqual([opportunityId, acme, 'Active', 250_000]);
  expect(await newLogs()).toMatchObject([
    {
      crmjira_operation_type: 2,
      crmjira_source_system: 2,
      crmjira_source_record_id: projectKey,
      crmjira_target_record_id: opportunityId,
      crmjira_integration_status: 2,
      // The identifier of Jira is not signed: the body is what tells deliveries apart (F-305).
      crmjira_event_id: expect.stringMatching(/^body:[0-9a-f]{64}$/),
      crmjira_event_type: 'worklog_created',
      crmjira_payload_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  ]);
  expect(await world.census()).toMatchObject({ alerts: 0, tasks: 0 });
  expect(world.alertMails()).toEqual([]);
});

test('R-502 R-503 R-511 R-520 E2: repeated, late, unknown and forged deliveries change no figure', async () => {
  const before = await world.census();
  expect((await tell(world, worklogCreated, { identifier: 'e2-worklog-12345' })).status).toBe(200);
  // An older event that comes after a newer one.
  expect((await tell(world, budgetUpdated('2025-01-20T08:00:00.000Z', 44_000))).status).toBe(202);
  const refusedBefore = await refused();
  expect((await tell(world, worklogCreated, { secret: 'another-secret-of-the-tests' })).status).toBe(401);
  expect(await refused()).toBe(refusedBefore + 1);
  await world.settled();
  expect(await world.census()).toEqual(before);
  expect(await world.figures(mapping)).toEqual([46_000, 204_000, 18.4, 3]);
  const unknown = { ...worklogCreated, budget: { ...worklogCreated.budget, projectKey: 'NOBODYS' } };
  expect((await tell(world, unknown)).status).toBe(202);
  await eventually(async () =>
    expect(await world.rows('crmjira_inbound_events', "crmjira_event_type eq 'no_mapping'")).toMatchObject([
      { crmjira_project_id: 'NOBODYS', crmjira_status: 3, crmjira_error_message: 'no mapping' },
    ]),
  );
  expect(await world.census()).toEqual({ ...before, events: Number(before['events']) + 1 });
});

test('R-505 R-517 E2: the worklog made four hours, and its issue deleted: 45,500.00, then 45,000.00', async () => {
  await world.jira('PUT', `/issue/${issue}/worklog/${worklog}`, { timeSpentSeconds: 14_400 });
  await tell(world, budgetUpdated('2025-01-20T18:00:00.000Z', 45_500));
  await world.settledAt(mapping, [45_500, 204_500, 18.2, 3]);
  await world.jira('DELETE', `/issue/${issue}/worklog/${worklog}`);
  await tell(world, budgetUpdated('2025-01-20T18:01:00.000Z', 45_000));
  await world.settledAt(mapping, [45_000, 205_000, 18, 3]);
  const other = await world.newIssue();
  await world.logHours(other, 8, '2025-01-20T09:00:00.000+0000');
  await tell(world, budgetUpdated('2025-01-20T18:02:00.000Z', 46_000));
  await world.settledAt(mapping, [46_000, 204_000, 18.4, 3]);
  await world.jira('DELETE', `/issue/${other}`);
  await tell(world, {
    timestamp: 2,
    webhookEvent: 'jira:issue_deleted',
    issue: { id: other, fields: { project: { id: '10150' } } },
  });
  await world.settledAt(mapping, [45_000, 205_000, 18, 3]);
});

test('R-517 E2-D: 999 written by hand on the root issue is put back to 250,000.00, and recorded', async () => {
  const [root] = world.standIns.jira.site.issues.all();
  logsBefore = await logs();
  await world.jira('PUT', `/issue/${root?.id}`, { fields: { customfield_10103: 999 } });
  const told = { id: root?.id, fields: { project: { id: '10150' } } };
  await tell(world, { timestamp: 3, webhookEvent: 'jira:issue_updated', issue: told });
  await eventually(async () => expect(await rootIssue(world)).toEqual([opportunityId, acme, 'Active', 250_000]));
  await world.settled();
  expect(await newLogs()).toMatchObject([
    {
      crmjira_operation_type: 2,
      crmjira_source_system: 2,
      crmjira_event_type: 'root_issue_put_back',
      crmjira_error_message: expect.stringContaining('Approved Budget Amount was 999, Dynamics has 250000'),
    },
  ]);
});

test('R-505 R-519 E2-B: 250,000.00 spent is not over budget, 260,000.00 is', async () => {
  await world.logHours(issue, 1_640);
  await tell(world, budgetUpdated('2025-01-21T08:00:00.000Z', 250_000));
  await world.settledAt(mapping, [250_000, 0, 100, 3]);
  expect(await world.rows('crmjira_budget_alerts')).toMatchObject([{ crmjira_alert_level: 1 }]);
  await world.logHours(issue, 80);
  await tell(world, { ...budgetUpdated('2025-01-21T09:00:00.000Z', 260_000) });
  await world.settledAt(mapping, [260_000, -10_000, 104, 4]);
  expect(await world.one('opportunities', opportunityId)).toMatchObject({
    actualvalue: 260_000,
    crmjira_budget_status: 4,
  });
});

test('R-512 R-519 E2-C: another amount in Jira is a discrepancy; the approved one decides', async () => {
  await fetch(`${world.standIns.jiraUrl}/rest/tempo-budgets/1/budget/BUD-12345`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${pat}`, 'content-type': 'application/json' },
    body: JSON.stringify({ amount: 300_000 }),
  });
  const event = budgetUpdated('2025-01-21T10:00:00.000Z', 260_000);
  await tell(world, { ...event, budget: { ...event.budget, amount: 300_000, remainingAmount: 40_000 } });
  await eventually(async () =>
    expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({
      crmjira_approved_budget: 250_000,
      crmjira_spent_amount: 260_000,
      crmjira_remaining_budget: -10_000,
      crmjira_jira_amount: 300_000,
      crmjira_budget_status: 4,
      crmjira_utilization: 104,
      crmjira_discrepancies: expect.any(String),
    }),
  );
  const { crmjira_discrepancies: text } = await world.one('crmjira_budget_mappings', mapping);
  expect(JSON.parse(String(text))).toMatchObject([
    { field: 'approved', crm: '$250,000.00 CAD', jira: '$300,000.00 CAD' },
  ]);
});
