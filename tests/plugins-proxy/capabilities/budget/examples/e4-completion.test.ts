import { CommandType } from '@crmjira/domain';
import { eventually } from '../../../eventually';
import { acme } from '../../../stand-ins';
import { e1, opportunityId, type Row, stopWorlds, type World } from '../../../world';
import {
  finalFigures,
  fresh,
  projectKey,
  reference,
  rootIssue,
  secondsAfter,
  startExample,
  tell,
  workThrough,
} from './world-of-examples';

const at = '2025-06-15T16:00:00Z';
/** E4, word for word. */
const projectClosed = {
  event: 'project_closed',
  project_key: reference,
  final_budget: { spent: 238_750, remaining: 11_250 },
};

let world: World;
let mapping: string;
let issue: string;
const logs = (): Promise<Row[]> => world.rows('crmjira_integration_logs');
const newLogs = async (before: readonly Row[]): Promise<Row[]> =>
  fresh(await logs(), before, 'crmjira_integration_logid');
const soonAfter = (instant: unknown, since: string): void => {
  expect(secondsAfter(instant, since)).toBeGreaterThanOrEqual(0);
  expect(secondsAfter(instant, since)).toBeLessThanOrEqual(60);
};

/** E4 from its given to its end in one world, on the budget module. */
beforeAll(async () => {
  ({ world } = await startExample('2025-01-15T14:00:00Z'));
  mapping = await world.provision();
  await world.approve();
  issue = await world.newIssue();
  await workThrough(world, mapping, issue);
});
afterAll(stopWorlds);

test('R-801 to R-808 E4: the closing event completes project, opportunity and report', async () => {
  const before = await logs();
  world.setClock(at);
  expect((await tell(world, projectClosed, { identifier: 'e4-closed' })).status).toBe(202);
  await eventually(async () =>
    expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({ crmjira_project_archived: true }),
  );
  await world.settled();

  // 1 and 4: the mapping.
  const row = await world.one('crmjira_budget_mappings', mapping);
  expect(row).toMatchObject({
    crmjira_spent_amount: 238_750,
    crmjira_remaining_budget: 11_250,
    crmjira_total_hours: 1_910,
    crmjira_budget_status: 5,
    crmjira_mapping_status: 2,
    crmjira_archived_on: expect.any(Date),
    crmjira_last_error: null,
  });
  soonAfter(row['crmjira_completed_on'], at);

  // 2: the opportunity, closed as won by its close activity.
  expect(await world.one('opportunities', opportunityId)).toMatchObject({
    crmjira_budget_status: 5,
    statecode: 1,
    statuscode: 3,
    actualvalue: 238_750,
    closeprobability: 100,
    actualclosedate: '2025-06-15',
  });
  const closes = await world.rows('opportunitycloses');
  expect(closes).toMatchObject([{ actualrevenue: 238_750, _opportunityid_value: opportunityId }]);
  soonAfter(closes[0]?.['actualend'], at);

  // 3: the report.
  const reports = await world.rows('crmjira_final_reports');
  expect(reports).toMatchObject([
    {
      crmjira_project_name: e1.name,
      crmjira_project_key: projectKey,
      crmjira_name: reference,
      ...finalFigures,
    },
  ]);
  soonAfter(reports[0]?.['crmjira_completion_date'], at);

  // 4: archived on both sides, logs kept, process finished, logged.
  expect(world.standIns.jira.site.projects.all()).toMatchObject([{ archivedOn: expect.any(String) }]);
  expect((await world.rows('crmjira_opportunitytojiraprojects'))[0]).toMatchObject({ statecode: 1 });
  expect(await newLogs(before)).toMatchObject([
    {
      crmjira_operation_type: 2,
      crmjira_source_system: 2,
      crmjira_source_record_id: projectKey,
      crmjira_target_record_id: opportunityId,
      crmjira_integration_status: 2,
      crmjira_event_type: 'project_completed',
    },
  ]);
  expect(await logs()).toHaveLength(before.length + 1);
});

test('R-503 R-802 E4.5: the closing event again changes nothing', async () => {
  const rows = async () => [
    await world.census(),
    await world.rows('crmjira_final_reports'),
    await world.one('opportunities', opportunityId),
    (await world.rows('crmjira_commands')).length,
  ];
  const before = await rows();
  const answers = [
    await tell(world, projectClosed, { identifier: 'e4-closed' }),
    await tell(world, projectClosed, { identifier: 'e4-closed-told-anew' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  await world.settled();
  expect(await rows()).toEqual(before);
});

test('R-809 E4.5: work logged after the end changes mapping and report, and is an administrator’s task', async () => {
  const opportunity = await world.one('opportunities', opportunityId);
  const [report] = await world.rows('crmjira_final_reports');
  const [tasks, before] = [await world.rows('tasks'), await logs()];
  world.setClock('2025-06-20T16:00:00Z');
  await world.jira('POST', '/project/10150/restore');
  await world.settled();
  await world.logHours(issue, 8, '2025-06-20T09:00:00.000+0000');
  await eventually(async () =>
    expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({ crmjira_spent_amount: 239_750 }),
  );
  await world.settled();
  expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({
    crmjira_remaining_budget: 10_250,
    crmjira_total_hours: 1_918,
    crmjira_budget_status: 5,
    crmjira_mapping_status: 2,
  });
  const [regenerated, ...others] = await world.rows('crmjira_final_reports');
  expect(others).toEqual([]);
  expect(regenerated).toMatchObject({
    crmjira_actual: 239_750,
    crmjira_variance: -10_250,
    crmjira_variance_percentage: -4.1,
    crmjira_total_hours: 1_918,
    crmjira_peak_month: 'March 2025',
    crmjira_completion_date: report?.['crmjira_completion_date'],
  });
  soonAfter(regenerated?.['crmjira_generated_on'], '2025-06-20T16:00:00Z');
  expect(await newLogs(before)).toMatchObject([{ crmjira_event_type: 'late_worklog', crmjira_integration_status: 2 }]);
  expect(fresh(await world.rows('tasks'), tasks, 'activityid')).toMatchObject([
    {
      subject: expect.stringMatching(`^Review work logged after completion / Vérifier .*${reference}$`),
      _regardingobjectid_value: opportunityId,
    },
  ]);
  expect(await world.one('opportunities', opportunityId)).toEqual(opportunity);
  expect(await rootIssue(world)).toEqual([opportunityId, acme, 'Completed', 250_000]);
});

test('F-305 R-309 a closing event from before the reopening, or without a time, does not complete a reopened project', async () => {
  world.setClock('2025-06-25T16:00:00Z');
  // The world's own writes are a system administrator's.
  await world.write('crmjira_commands', 'b7d1f0a2-0000-4000-8000-000000000305', {
    crmjira_command_type: CommandType.Reopen,
    crmjira_command_state: 1,
    'crmjira_opportunity_id@odata.bind': `/opportunities(${opportunityId})`,
  });
  const completedOn = async (): Promise<unknown> =>
    (await world.one('crmjira_budget_mappings', mapping))['crmjira_completed_on'];
  await eventually(async () => expect(await completedOn()).toBeNull());
  await world.settled();
  const [before, commands] = [await logs(), await world.rows('crmjira_commands')];

  const captured = [
    { ...projectClosed, timestamp: Date.parse('2025-06-15T16:00:00Z') },
    { ...projectClosed, timestamp: '2025-06-20T16:00:00Z' },
    // The window within which an equal body without a time is a repeat is over.
    projectClosed,
  ];
  for (const event of captured) expect((await tell(world, event)).status).toBe(202);
  await world.settled();
  expect(await completedOn()).toBeNull();
  expect(await world.rows('crmjira_commands')).toHaveLength(commands.length);
  expect(await newLogs(before)).toEqual(
    captured.map(() =>
      expect.objectContaining({
        crmjira_event_type: 'project_closed',
        crmjira_error_message: expect.stringContaining('reopened after this event'),
      }),
    ),
  );

  // One from after it does.
  world.setClock('2025-06-26T16:00:00Z');
  expect((await tell(world, { ...projectClosed, timestamp: '2025-06-26T15:59:00Z' })).status).toBe(202);
  await eventually(async () => expect(await completedOn()).not.toBeNull());
});
