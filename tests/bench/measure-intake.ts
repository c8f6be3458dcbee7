import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { signBody } from '../../plugins-proxy/src/intake/verify-signature';
import { environment } from '../plugins-proxy/test-config';
import { type BenchRow, milliseconds, rounded } from './bench-row';

const SECONDS = 6;
/** Body size that Jira's issue events have in the recordings. */
const BODY_BYTES = 8 * 1024;

async function startServer(store: 'sqlite' | 'none'): Promise<{ address: string; child: ChildProcess }> {
  const child = fork(join(__dirname, 'intake-server.ts'), [store], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [address] = (await once(child, 'message')) as [string];
  return { address, child };
}

function body(): Buffer {
  const event = {
    timestamp: 1737394200000,
    webhookEvent: 'worklog_created',
    worklog: { id: '12345', issueId: '10001', comment: '' },
  };
  event.worklog.comment = 'x'.repeat(BODY_BYTES - JSON.stringify(event).length);
  return Buffer.from(JSON.stringify(event));
}

async function load(store: 'sqlite' | 'none'): Promise<{ perSecond: number; p99: number }> {
  const { address, child } = await startServer(store);
  const payload = body();
  const signature = signBody(payload, environment.JIRA_WEBHOOK_SECRET!);
  let count = 0;
  try {
    const result = await autocannon({
      url: `${address}/webhooks/jira/${environment.CONNECTION_ID}`,
      connections: 32,
      duration: SECONDS,
      requests: [
        {
          method: 'POST',
          body: payload,
          setupRequest: (request) => ({
            ...request,
            headers: {
              'content-type': 'application/json',
              'x-hub-signature': signature,
              // Every delivery is a new one: a known identifier would be cheaper.
              'x-atlassian-webhook-identifier': `bench-${store}-${count++}`,
            },
          }),
        },
      ],
    });
    if (result.non2xx > 0 || result.errors > 0) {
      throw new Error(
        `intake (${store}): ${result.non2xx} refused, ${result.errors} failed of ${result.requests.total}`,
      );
    }
    return { perSecond: result.requests.total / SECONDS, p99: result.latency.p99 };
  } finally {
    child.kill();
  }
}

/** Verified, deduplicated and durable before the 2xx, beside the same route with a store that keeps nothing. */
export async function measureIntake(): Promise<BenchRow[]> {
  const reference = await load('none');
  const measured = await load('sqlite');
  return [
    {
      what: 'webhook intake, durable before 2xx, 8 KB (SQLite)',
      measured: `${Math.round(measured.perSecond)}/s, p99 ${milliseconds(measured.p99)}`,
      reference: 'the same route without the store',
      referenceMeasured: `${Math.round(reference.perSecond)}/s, p99 ${milliseconds(reference.p99)}`,
      ratio: rounded(measured.perSecond / reference.perSecond),
      aim: '≥ 0.45',
    },
  ];
}
