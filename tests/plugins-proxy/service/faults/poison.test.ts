import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crmjira } from '../../cli-terminal';
import { eventually } from '../../eventually';
import { postToJira } from '../../post-to-jira';
import { type ProxyChild, startProxyChild } from '../../proxy-child';
import { createOpportunity } from '../../create-opportunity';
import { startStandIns } from '../../stand-ins';
import { signBody } from '../../../../plugins-proxy/src/inbound/webhooks/verify-signature';
import { z } from 'zod';
import { tellsOfItself, troubleOf } from './trouble';

const row = z.record(z.string(), z.unknown());

test('R-1406 a delivery that poisons its job holds up no other, stands among the dead letters and is run again on request', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-poison-'));
  const standIns = await startStandIns(() => new Date());
  const environment = { ...standIns.environment, STORE_FILE: join(folder, 'proxy.sqlite'), POLL_INTERVAL_MS: '300' };
  let child: ProxyChild | null = null;
  try {
    child = await startProxyChild(environment);
    const { url } = child;
    for (let n = 1; n <= 3; n += 1) await createOpportunity(standIns, n);
    const spent = async (): Promise<Record<string, unknown>> =>
      Object.fromEntries(
        (await standIns.admin.many('crmjira_budget_mappings', { select: [] }, row)).map((one) => [
          one['crmjira_jira_project_id'],
          one['crmjira_spent_amount'],
        ]),
      );
    await eventually(async () => {
      expect(Object.keys(await spent()).sort()).toEqual(['10150', '10151', '10152']);
      expect((await tellsOfItself(url)).queue?.pending).toBe(0);
    });

    // What Jira answers about one project is refused by it in a way that trying again does not change.
    const post = postToJira(standIns);
    const issues = [];
    for (const id of ['10150', '10151', '10152']) {
      const issue = await post('/issue', {
        fields: { project: { id }, issuetype: { name: 'Story' }, summary: 'Work' },
      });
      await post(`/issue/${issue}/worklog`, { timeSpentSeconds: 28_800, started: '2025-01-20T09:00:00.000+0000' });
      issues.push(issue);
    }
    const trouble = troubleOf({ standIns });
    await trouble.jira({ path: '/project/10151', status: 400 });
    for (const [n, id] of ['10151', '10150', '10152', '10151'].entries()) {
      const issue = { id: issues[Number(id) - 10_150], fields: { project: { id } } };
      const body = JSON.stringify({ webhookEvent: 'jira:issue_updated', timestamp: n, issue });
      const answer = await fetch(`${url}/webhooks/jira/${standIns.config.connectionId}`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'x-hub-signature': signBody(Buffer.from(body), standIns.config.jira.webhookSecrets[0]),
        },
      });
      expect(answer.status).toBe(202);
    }
    await eventually(async () => {
      const told = await tellsOfItself(url);
      expect(told).toMatchObject({
        status: 'degraded',
        queue: { pending: 0, dead: 1 },
        healthStatus: 200,
        readyStatus: 200,
      });
      expect(await spent()).toMatchObject({ 10150: 1_000, 10152: 1_000 });
    });
    expect((await spent())['10151']).toBe(0);

    // The embedded store has one owner: the command runs while the service is stopped.
    child.end();
    await child.gone();
    await trouble.over();
    const run = (...args: string[]) => crmjira(environment, ['dead-letters', ...args], () => new Date());
    expect((await run('list')).out).toContain(`opportunity:`);
    expect(await run('retry', '--all')).toMatchObject({ code: 0, err: '' });
    child = await startProxyChild(environment);
    await eventually(async () => {
      expect(await spent()).toEqual({ 10150: 1_000, 10151: 1_000, 10152: 1_000 });
      expect(await tellsOfItself(url)).toMatchObject({ status: 'ok', queue: { pending: 0, dead: 0 } });
    });
  } finally {
    child?.kill();
    await child?.gone();
    await standIns.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
