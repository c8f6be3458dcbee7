import { Pool } from 'undici';
import { signBody } from '../../plugins-proxy/src/inbound/webhooks/verify-signature';
import { inParallel } from '../../plugins-proxy/src/platform/http-client/in-parallel';
import { type BenchRow, rounded } from './bench-row';
import { startMeasuredProxy } from './start-proxy';
import { startSeededWorld } from './seeded-world';

/** Posts deliveries that name one project each, in turn, and counts the runs that they lead to. */
export async function measureCoalescing(size = { deliveries: 10_000, projects: 100 }): Promise<BenchRow[]> {
  const world = await startSeededWorld({ projects: size.projects });
  const proxy = await startMeasuredProxy(world.environment);
  const pool = new Pool(new URL(proxy.url).origin, { connections: 32 });
  try {
    await proxy.quiet(size.projects);
    const before = proxy.count('reconciled');
    const lookUpsBefore = proxy.count('resolved');
    const { CONNECTION_ID, JIRA_WEBHOOK_SECRET = '' } = world.environment;
    const began = performance.now();
    const numbers = Array.from({ length: size.deliveries }, (_, n) => n);
    const statuses = await inParallel(numbers, 32, async (n) => {
      const id = world.projects[n % size.projects]?.projectId ?? '';
      const issue = { id: String(1_000_000 + n), fields: { project: { id } } };
      const body = JSON.stringify({ timestamp: 1_737_394_200_000 + n, webhookEvent: 'jira:issue_updated', issue });
      const answer = await pool.request({
        method: 'POST',
        path: `/webhooks/jira/${CONNECTION_ID}`,
        body,
        headers: {
          'content-type': 'application/json',
          'x-hub-signature': signBody(Buffer.from(body), JIRA_WEBHOOK_SECRET),
          'x-atlassian-webhook-identifier': `coalesce-${n}`,
        },
      });
      await answer.body.dump();
      return answer.statusCode;
    });
    const accepted = statuses.filter((status) => status === 202).length;
    if (accepted !== size.deliveries) throw new Error(`${accepted} of ${size.deliveries} deliveries accepted`);
    const takenIn = performance.now() - began;
    await proxy.quiet(0);
    const count = proxy.count('reconciled') - before;
    const lookUps = proxy.count('resolved') - lookUpsBefore;
    return [
      {
        what: `${size.deliveries} deliveries over ${size.projects} projects`,
        measured: `${count} runs, ${lookUps} look-ups whose a delivery is; taken in within ${(takenIn / 1_000).toFixed(1)} s`,
        reference: 'one run a delivery',
        referenceMeasured: `${size.deliveries} runs`,
        ratio: rounded(count / size.deliveries),
        aim: '≤ 0.15',
      },
    ];
  } finally {
    await pool.close();
    await proxy.stop();
    await world.close();
  }
}
