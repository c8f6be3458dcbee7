import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { signBody } from '../../../plugins-proxy/src/inbound/webhooks/verify-signature';
import { createOpportunity } from '../create-opportunity';
import { eventually } from '../eventually';
import { type ProxyChild, startProxyChild } from '../proxy-child';
import { postToJira } from '../post-to-jira';
import { type StandIns, startStandIns } from '../stand-ins';

const row = z.record(z.string(), z.unknown());

let standIns: StandIns;
let folder: string;
let child: ProxyChild | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crmjira-kill-'));
});
afterEach(async () => {
  child?.kill();
  await child?.gone();
  child = null;
  await standIns.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = async (): Promise<ProxyChild> => {
  child = await startProxyChild({
    ...standIns.environment,
    STORE_FILE: join(folder, 'proxy.sqlite'),
    POLL_INTERVAL_MS: '300',
  });
  return child;
};
const all = (collection: string) => standIns.admin.many(collection, { select: [] }, row);
async function mustBeLinked(count: number): Promise<void> {
  const linked = (await all('crmjira_budget_mappings')).filter((one) => one['crmjira_provisioning_state'] === 4);
  if (linked.length !== count) throw new Error(`${linked.length} of ${count} linked\n${child?.lines().slice(-2_000)}`);
}
const untilLinked = (count: number): Promise<void> => eventually(() => mustBeLinked(count));

test('killed after any write of the provisioning, it ends with one project, mapping, root issue and log (E1.10)', async () => {
  let left = Infinity;
  const cut: string[] = [];
  standIns = await startStandIns(
    () => new Date(),
    (what) => {
      // Each start shows its health first: killed there, a run would never come to its work.
      if (
        [...what.matchAll(/^(?:POST|PATCH|PUT|DELETE) (\S+)/gm)].every(([, url]) =>
          /\/crmjira_integration(s|_healths)\(/.test(url ?? ''),
        )
      )
        return;
      left -= 1;
      if (left !== 0) return;
      cut.push(what);
      child?.kill();
    },
  );
  await createOpportunity(standIns, 1);
  // One crash after each write: a run that is let go further each time, until one is never killed.
  let crashes = 0;
  for (; crashes < 25; crashes += 1) {
    left = 1;
    const current = await start();
    let isGone = false;
    void current.gone().then(() => (isGone = true));
    const killed = await eventually(async () => {
      if (isGone) return true;
      await mustBeLinked(1);
      return false;
    });
    if (!killed) break;
  }
  left = Infinity;
  expect(crashes).toBeLessThan(25);
  for (const written of [
    'crmjira_budget_mappings(',
    'POST /rest/api/3/project',
    'POST /rest/api/3/issue',
    'crmjira_integration_logs(',
  ])
    expect(cut).toContainEqual(expect.stringContaining(written));
  const { site } = standIns.jira;
  expect(site.projects.all()).toHaveLength(1);
  expect(site.issues.all()).toHaveLength(1);
  expect(await all('crmjira_budget_mappings')).toHaveLength(1);
  const successes = (await all('crmjira_integration_logs')).filter((log) => log['crmjira_integration_status'] === 2);
  expect(successes).toHaveLength(1);
}, 300_000);

test('killed in a burst, every acknowledged delivery has its effect, once', async () => {
  const count = 8;
  standIns = await startStandIns(() => new Date());
  for (let n = 1; n <= count; n += 1) await createOpportunity(standIns, n);
  await start();
  await untilLinked(count);

  // Hours that nobody has told the proxy of: no webhook is registered in this test.
  const jira = postToJira(standIns);
  const deliveries: { projectId: string; issueId: string }[] = [];
  for (const { id: projectId } of standIns.jira.site.projects.all()) {
    const fields = { project: { id: projectId }, issuetype: { name: 'Story' }, summary: 'Work' };
    const issueId = await jira('/issue', { fields });
    const worklog = { timeSpentSeconds: 28_800, started: '2025-01-20T09:00:00.000+0000', comment: '' };
    await jira(`/issue/${issueId}/worklog`, worklog);
    deliveries.push({ projectId, issueId });
  }

  const send = async (issueId: string): Promise<boolean> => {
    const body = JSON.stringify({ webhookEvent: 'worklog_created', worklog: { issueId } });
    try {
      const response = await fetch(`${child?.url}/webhooks/jira/5a8d2c1e-0000-4000-8000-000000000c01`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'x-hub-signature': signBody(Buffer.from(body), 'webhook-secret-of-the-tests'),
        },
      });
      return response.status === 202;
    } catch {
      // killed before it could answer: not acknowledged
      return false;
    }
  };
  let acknowledged = 0;
  const answers = deliveries.map(async ({ projectId, issueId }) => {
    const answered = await send(issueId);
    if (answered && (acknowledged += 1) === count / 2) child?.kill();
    return { projectId, answered };
  });
  const results = await Promise.all(answers);
  await child?.gone();
  expect(acknowledged).toBeGreaterThanOrEqual(count / 2);

  await start();
  const wanted = new Set(results.filter((result) => result.answered).map((result) => result.projectId));
  await eventually(async () => {
    const mappings = await all('crmjira_budget_mappings');
    const done = mappings.filter((mapping) => mapping['crmjira_spent_amount'] === 1_000);
    const missing = [...wanted].filter((id) => !done.some((mapping) => mapping['crmjira_jira_project_id'] === id));
    if (missing.length > 0) throw new Error(`no effect on ${missing.join()}\n${child?.lines().slice(-2_000)}`);
  });
  const updates = (await all('crmjira_integration_logs')).filter((log) => log['crmjira_operation_type'] === 2);
  const targets = updates.map((log) => log['crmjira_target_record_id']);
  expect(new Set(targets).size).toBe(targets.length);
}, 300_000);
