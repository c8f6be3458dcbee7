import { randomUUID } from 'node:crypto';
import { EXAMPLE_OPPORTUNITY_ID } from '../../sandbox/src/seed/scenarios';
import { eventually } from '../plugins-proxy/eventually';
import { allRows, changedRows, type Rows } from './all-rows';
import { type Delivery, jiraRest } from './jira-rest';
import { TOOLS, type WebApi, signIn } from './people';
import { putExampleIntoExecution } from './project-in-execution';
import { healthOf, untilQuiet } from './quiet';
import { type SandboxUnderTest, startSandbox } from './sandbox-under-test';
import { shuffled } from './shuffled';

let sandbox: SandboxUnderTest;
let tools: WebApi;
let sent: readonly Delivery[];

/** E1 to E3-B without a page: provisioned, approved, worked on until both thresholds are crossed. */
beforeAll(async () => {
  sandbox = await startSandbox();
  const jira = jiraRest(sandbox.endpoints);
  tools = await signIn(sandbox.endpoints, TOOLS);
  const { issueKey } = await putExampleIntoExecution(sandbox);
  let spent = 0;
  for (const hours of [360, 8, 1_332, 8, 372]) {
    await jira.logWork(issueKey, hours, 125, 'CAD');
    spent += hours * 125;
    await eventually(async () => {
      const [mapping] = await tools.rows(
        `crmjira_budget_mappings?$filter=_crmjira_opportunity_id_value eq ${EXAMPLE_OPPORTUNITY_ID}`,
      );
      expect(mapping?.['crmjira_spent_amount']).toBe(spent);
    });
  }
  await untilQuiet(sandbox);
  sent = await jira.deliveries();
});
afterAll(() => sandbox.close());

/** The sandbox creates a ticket of an error in a project without budget: each new body of its event counts there as one more. */
function splitUnmapped(rows: Rows): { readonly counts: readonly number[]; readonly others: Rows } {
  const { crmjira_inbound_event: events = [], ...others } = rows;
  const isCount = (row: (typeof events)[number]): boolean => row['crmjira_event_type'] === 'no_mapping';
  return {
    counts: events.filter(isCount).map((row) => Number(row['crmjira_attempts'])),
    others: { ...others, crmjira_inbound_event: events.filter((row) => !isCount(row)) },
  };
}

test('there is something to replay: every kind of event that the job caused, all of it delivered', () => {
  expect(new Set(sent.map(({ event }) => event))).toEqual(
    new Set(['jira:issue_created', 'jira:issue_updated', 'worklog_created']),
  );
  expect(sent.map(({ state }) => state)).toEqual(sent.map(() => 'delivered'));
  expect(sent.filter(({ event }) => event === 'worklog_created')).toHaveLength(5);
});

test('every delivery again, doubled and shuffled, is known and changes nothing (R-503)', async () => {
  const jira = jiraRest(sandbox.endpoints);
  const before = await allRows(tools);
  const answers = await Promise.all(shuffled([...sent, ...sent]).map(({ body, id }) => jira.deliver(body, id)));
  // Nobody signs the identifier (F-305).
  answers.push(...(await Promise.all(sent.map(({ body }) => jira.deliver(body, randomUUID())))));
  expect(answers).toEqual(answers.map(() => 200));
  await untilQuiet(sandbox);
  expect(changedRows(before, await allRows(tools))).toEqual([]);
});

test('the same events in bodies never seen are reconciled again and change nothing (R-505)', async () => {
  const jira = jiraRest(sandbox.endpoints);
  const before = splitUnmapped(await allRows(tools));
  const { deliveries: stored } = await healthOf(sandbox.urls.proxy);
  // A blank more makes another body of the same event.
  const bodies = [' ', '  '].flatMap((more) => sent.map(({ body }) => body + more));
  const answers = await Promise.all(shuffled(bodies).map((body) => jira.deliver(body)));
  expect(answers.filter((status) => status !== 202 && status !== 200)).toEqual([]);
  await untilQuiet(sandbox);
  const { deliveries: now } = await healthOf(sandbox.urls.proxy);
  expect(now.accepted + now.ignored - stored.accepted - stored.ignored).toBe(2 * sent.length);
  const after = splitUnmapped(await allRows(tools));
  expect(changedRows(before.others, after.others)).toEqual([]);
  // Three bodies of each event by now: the first and two more.
  expect(after.counts).toEqual(before.counts.map((count) => 3 * count));
});
