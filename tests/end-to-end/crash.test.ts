import { eventually } from '../plugins-proxy/eventually';
import { jiraRest } from './jira-rest';
import { type Row, TOOLS, type WebApi, signIn } from './people';
import { untilQuiet } from './quiet';
import { type SandboxUnderTest, startSandbox } from './sandbox-under-test';

/** Share of the budget that each project reaches: past the first threshold, so that a second alert would show. */
const TARGET = 0.9;
/** Price of an hour in the project's own currency; the worklog carries it. */
const RATE = 100;

interface Project {
  readonly mappingId: string;
  readonly opportunityId: string;
  readonly key: string;
  readonly issue: { readonly id: string; readonly key: string };
  readonly hours: number;
  readonly currency: string;
  /** major units, after the work of this test */
  readonly spent: number;
}

let sandbox: SandboxUnderTest;
let tools: WebApi;
let jira: ReturnType<typeof jiraRest>;

beforeAll(async () => {
  sandbox = await startSandbox();
  jira = jiraRest(sandbox.endpoints);
  tools = await signIn(sandbox.endpoints, TOOLS);
  await untilQuiet(sandbox);
});
afterAll(() => sandbox.close());

/** Healthy running projects of the example company that no alert has been raised on, with the hours that take each past 80 %. */
async function projectsBelowTheThreshold(): Promise<Project[]> {
  const rows = await tools.rows(
    'crmjira_budget_mappings?$filter=crmjira_budget_status eq 3 and crmjira_last_alert_level eq 0 and crmjira_mapping_status eq 1 and crmjira_last_error eq null&$expand=transactioncurrencyid($select=isocurrencycode)',
  );
  return Promise.all(
    rows.map(async (row) => {
      const key = String(row['crmjira_jira_project_key']);
      const [issue] = await jira.issuesOf(key);
      if (!issue) throw new Error(`${key} has no issue.`);
      const before = Number(row['crmjira_spent_amount']);
      const hours = Math.ceil((Number(row['crmjira_approved_budget']) * TARGET - before) / RATE);
      return {
        mappingId: String(row['crmjira_budget_mappingid']),
        opportunityId: String(row['_crmjira_opportunity_id_value']),
        key,
        issue,
        hours,
        currency: String((row['transactioncurrencyid'] as Row)['isocurrencycode']),
        spent: Math.round((before + hours * RATE) * 100) / 100,
      };
    }),
  );
}

const spentOf = async (): Promise<ReadonlyMap<string, unknown>> =>
  new Map(
    (await tools.rows('crmjira_budget_mappings?$select=crmjira_spent_amount')).map((row) => [
      String(row['crmjira_budget_mappingid']),
      row['crmjira_spent_amount'],
    ]),
  );
const count = async (collection: string, filter: string): Promise<number> =>
  (await tools.rows(`${collection}?$filter=${filter}`)).length;

/** Everything of which there must be one more, not two. */
const tally = async ({ mappingId, opportunityId }: Project) => ({
  logs: await count('crmjira_integration_logs', `_crmjira_budget_mapping_id_value eq ${mappingId}`),
  alerts: await count('crmjira_budget_alerts', `_crmjira_budget_mapping_id_value eq ${mappingId}`),
  tasks: await count('tasks', `_regardingobjectid_value eq ${opportunityId}`),
  mails: await count('emails', `_regardingobjectid_value eq ${opportunityId} and statuscode eq 3`),
});

test('killed in the middle of a burst, the proxy comes back and gives every acknowledged delivery its effect, once', async () => {
  const projects = await projectsBelowTheThreshold();
  expect(projects.length).toBeGreaterThanOrEqual(5);
  const [untold, ...told] = projects as [Project, ...Project[]];
  const before = new Map(await Promise.all(projects.map(async (one) => [one.key, await tally(one)] as const)));

  // Jira's own webhooks are lost, so that only what this test sends and sees acknowledged can bring the hours over.
  await jira.misbehave({ deliveries: { drop: true } });
  for (const { issue, hours, currency } of projects) await jira.logWork(issue.key, hours, RATE, currency);
  await sandbox.jira.deliveriesSettled();

  const killed = sandbox.proxy?.pid();
  let acknowledged = 0;
  const results = await Promise.all(
    told.map(async (project) => {
      const body = JSON.stringify({
        timestamp: Date.now(),
        webhookEvent: 'worklog_created',
        worklog: { id: '1', issueId: project.issue.id },
      });
      const id = `crash-${project.key}`;
      const first = await jira.deliver(body, id);
      if (first === 202 && (acknowledged += 1) === Math.ceil(told.length / 2)) sandbox.proxy?.kill();
      return { project, body, id, first };
    }),
  );
  const kept = results.filter(({ first }) => first === 202);
  expect(kept.length).toBeGreaterThanOrEqual(Math.ceil(told.length / 2));
  await eventually(async () => {
    const pid = sandbox.proxy?.pid();
    expect(pid).not.toBe(killed);
  });
  await sandbox.ready(60_000);

  await eventually(async () => {
    const spent = await spentOf();
    const now = kept.map(({ project }) => ({ key: project.key, spent: spent.get(project.mappingId) }));
    expect(now).toEqual(kept.map(({ project }) => ({ key: project.key, spent: project.spent })));
  });

  // What got no answer is sent again under the same identifier, as Jira does; so is everything else, which must not matter.
  const second = await Promise.all(results.map(({ body, id }) => jira.deliver(body, id)));
  expect(second.every((status) => status === 200 || status === 202)).toBe(true);
  await untilQuiet(sandbox);
  const spent = await spentOf();
  for (const project of told) {
    expect({ key: project.key, spent: spent.get(project.mappingId) }).toEqual({
      key: project.key,
      spent: project.spent,
    });
    const { logs = 0, alerts = 0, tasks = 0, mails = 0 } = before.get(project.key) ?? {};
    expect({ key: project.key, ...(await tally(project)) }).toEqual({
      key: project.key,
      logs: logs + 1,
      alerts: alerts + 1,
      tasks: tasks + 1,
      mails: mails + 1,
    });
  }
  // Nobody told the proxy of this one: the others came over by their deliveries, not by a look at everything.
  expect(spent.get(untold.mappingId)).not.toBe(untold.spent);
  await jira.behave();
});
