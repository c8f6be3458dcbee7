import pino from 'pino';
import type { Trigger } from '../../../../plugins-proxy/src/queue/store/store';
import { z } from 'zod';
import { readConfig } from '../../../../plugins-proxy/src/platform/config/read-config';
import { connect, type Connections } from '../../../../plugins-proxy/src/capabilities/connect';
import { reconcileOpportunity } from '../../../../plugins-proxy/src/capabilities/budget/reconcile/reconcile-opportunity';
import { type SeededProject, type SeededWorld, startSeededWorld } from '../../../bench/seeded-world';
import { dataCenter } from '../../stand-ins';

const mappingRow = z.object({ crmjira_total_hours: z.number(), crmjira_spent_amount: z.number() });
const hourMs = 3_600_000;

let world: SeededWorld;
let project: SeededProject;
/** How far the service's clock is ahead of the machine's, in milliseconds. */
let ahead = 0;
beforeAll(async () => {
  world = await startSeededWorld({ projects: 1, issues: 450 });
  const [first] = world.projects;
  if (first === undefined) throw new Error('not seeded');
  project = first;
}, 60_000);
afterAll(() => world.close());

async function jira(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const { JIRA_EMAIL, JIRA_API_TOKEN, JIRA_URL } = world.environment;
  const authorization = `Basic ${Buffer.from(`${JIRA_EMAIL}:${JIRA_API_TOKEN}`).toString('base64')}`;
  const answer = await fetch(`${JIRA_URL}/rest/api/3${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? {} : z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}

const figures = async () => {
  const row = await world.admin.one(
    'crmjira_budget_mappings',
    project.mappingId,
    Object.keys(mappingRow.shape),
    mappingRow,
  );
  if (row === null) throw new Error('no mapping');
  return row;
};
/** Hours of everything that is logged in the project, from Jira's own rows. */
function loggedHours(): number {
  const { issues, worklogs } = world.jira.site;
  const ours = new Set(issues.where('project', project.projectId).map(({ id }) => id));
  const seconds = worklogs.all().filter(({ issueId }) => ours.has(issueId));
  return seconds.reduce((sum, worklog) => sum + worklog.seconds, 0) / 3_600;
}
/** Issues that nobody has touched for days, with work on them. */
const restingWorklogs = () =>
  world.jira.site.worklogs.all().filter(({ updatedOn }) => Date.parse(updatedOn) < Date.now() - hourMs);
const log = (issue: string, hours: number) =>
  jira('POST', `/issue/${issue}/worklog`, { timeSpentSeconds: hours * 3_600, started: '2025-01-20T09:00:00.000+0000' });

describe.each([
  ['Jira Cloud', {}],
  ['Jira Data Center', { ...dataCenter, JIRA_PAT: 'pat-of-the-benches' }],
])('a project of 450 issues on %s', (_, deployment) => {
  let connections: Connections;
  beforeAll(() => {
    const environment = { ...world.environment, STORE_FILE: ':memory:', ...deployment };
    connections = connect(readConfig(environment), () => new Date(Date.now() + ahead));
  });
  afterAll(() => connections.close());

  /** One run; how many requests to Jira it took. */
  async function run(trigger: Trigger = 'event'): Promise<number> {
    world.counts.jira.reset();
    const logger = pino({ level: 'silent' });
    const { opportunityId: id } = project;
    await reconcileOpportunity(connections.reconciler, { id, correlationId: 'test', trigger, logger });
    return world.counts.jira.http;
  }

  test('costs one event at most eight requests, and the hours stay exact (F-505)', async () => {
    const whole = await run();
    expect(whole).toBeGreaterThan(8);
    expect((await figures()).crmjira_total_hours).toBeCloseTo(loggedHours(), 2);
    const issue = world.jira.site.issues.where('project', project.projectId).at(-1)?.id ?? '';

    const changes: readonly (readonly [string, () => Promise<unknown>, most: number])[] = [
      ['work is logged', () => log(issue, 2), 8],
      ['nothing happens', async () => undefined, 8],
      [
        'an issue is created and worked on',
        async () => {
          const fields = { project: { id: project.projectId }, summary: 'New', issuetype: { name: 'Task' } };
          const created = await jira('POST', '/issue', { fields });
          await log(String(created['id']), 3);
        },
        8,
      ],
      [
        'a worklog of long ago is deleted',
        async () => {
          const [old] = restingWorklogs();
          await jira('DELETE', `/issue/${old?.issueId}/worklog/${old?.id}`);
        },
        8,
      ],
      // Nothing names an issue that is gone: it is missed, and everything is read.
      [
        'an issue of long ago is deleted',
        async () => {
          const [old] = restingWorklogs();
          await jira('DELETE', `/issue/${old?.issueId}?deleteSubtasks=true`);
        },
        30,
      ],
      ['work is logged again', () => log(issue, 1), 8],
    ];
    for (const [what, change, most] of changes) {
      await change();
      const requests = await run();
      const { crmjira_total_hours: hours } = await figures();
      expect({ what, hours }).toEqual({ what, hours: expect.closeTo(loggedHours(), 2) });
      expect({ what, requests, few: requests <= most }).toEqual({ what, requests, few: true });
    }
  });

  test('shows a rate that was set on a resting worklog after the next daily sync (F-509)', async () => {
    const [resting] = restingWorklogs();
    await run();
    const before = (await figures()).crmjira_spent_amount;
    world.jira.site.setProperty(`worklog/${resting?.id}`, 'crmjira.billing', { rate: 1_000, currency: 'CAD' });
    await run();
    expect((await figures()).crmjira_spent_amount).toBe(before);
    ahead += 24 * hourMs;
    await run('daily-sync');
    expect((await figures()).crmjira_spent_amount).toBeGreaterThan(before);
    world.jira.site.setProperty(`worklog/${resting?.id}`, 'crmjira.billing', { rate: 10, currency: 'CAD' });
  });
});
