import { join } from 'node:path';
import autocannon from 'autocannon';
import { signBody } from '../../plugins-proxy/src/inbound/webhooks/verify-signature';
import { postgresMissing, startPostgres } from '../plugins-proxy/temporary-postgres';
import { environment } from '../plugins-proxy/test-config';
import { type BenchRow, median, milliseconds, percentile, rounded } from './bench-row';
import { bundle, startBundled, SUBJECT_CORE } from './bundled-process';
import { openLoop } from './open-loop';

const ROUNDS = 3;
const SECONDS = 4;
const CONNECTIONS = 32;
/** Body size that Jira's issue events have in the recordings. */
const BODY_BYTES = 8 * 1024;
/** Deliveries a second, for how long, and what their p99 may be, in milliseconds. */
const RATES = [
  { perSecond: 50, seconds: 10, p99: 25 },
  { perSecond: 500, seconds: 6, p99: 50 },
];

function body(delivery: number): Buffer {
  const event = {
    timestamp: 1737394200000 + delivery,
    webhookEvent: 'worklog_created',
    worklog: { id: '12345', issueId: '10001', comment: '' },
  };
  event.worklog.comment = 'x'.repeat(BODY_BYTES - JSON.stringify(event).length);
  return Buffer.from(JSON.stringify(event));
}

let deliveries = 0;
/** Every delivery is a new one: a known body would be cheaper. */
function delivery(): { readonly method: 'POST'; readonly headers: Record<string, string>; readonly body: Buffer } {
  const payload = body(deliveries++);
  const signature = signBody(payload, environment.JIRA_WEBHOOK_SECRET ?? '');
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature': signature },
    body: payload,
  };
}
const urlOf = (address: string): string => `${address}/webhooks/jira/${environment.CONNECTION_ID}`;

/** As many deliveries as 32 connections can send. */
export async function atFullLoad(address: string): Promise<{ readonly requests: number; readonly perSecond: number }> {
  const result = await autocannon({
    url: urlOf(address),
    connections: CONNECTIONS,
    duration: SECONDS,
    requests: [{ method: 'POST', setupRequest: (request) => ({ ...request, ...delivery() }) }],
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`intake: ${result.non2xx} refused, ${result.errors} failed of ${result.requests.total}`);
  return { requests: result.requests.total, perSecond: result.requests.total / result.duration };
}

async function atRates(name: string, address: string): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const { perSecond, seconds, p99 } of RATES) {
    const { times, failed } = await openLoop({
      url: urlOf(address),
      perSecond,
      seconds,
      request: delivery,
    });
    if (failed > 0) throw new Error(`intake (${name}): ${failed} failed of ${times.length}`);
    const measured = percentile(times, 0.99);
    rows.push({
      what: `webhook intake at ${perSecond}/s, p99 (${name})`,
      measured: `${milliseconds(measured)}, p50 ${milliseconds(percentile(times, 0.5))}`,
      reference: 'the aim',
      referenceMeasured: milliseconds(p99),
      ratio: rounded(measured / p99),
      aim: '< 1',
    });
  }
  return rows;
}

/** Verified, deduplicated and durable before the 2xx, beside the same route with a store that keeps nothing; in turn, medians. */
export async function measureIntake(): Promise<BenchRow[]> {
  if (postgresMissing !== null) throw new Error(`intake: ${postgresMissing}`);
  const postgres = await startPostgres();
  const file = await bundle(join(__dirname, 'intake-server.ts'));
  const start = (store: string) => startBundled<{ readonly address: string }>(SUBJECT_CORE, file, [store]);
  const stores = [
    { name: 'SQLite', aim: '≥ 0.45', server: await start('sqlite') },
    { name: 'PostgreSQL', aim: '≥ 0.5', server: await start(postgres.url) },
  ];
  const none = await start('none');
  try {
    const reference: number[] = [];
    const measured = new Map<string, number[]>(stores.map(({ name }) => [name, []]));
    for (let round = 0; round < ROUNDS; round += 1) {
      reference.push((await atFullLoad(none.address)).perSecond);
      for (const { name, server } of stores) measured.get(name)?.push((await atFullLoad(server.address)).perSecond);
    }
    const rows: BenchRow[] = [];
    for (const { name, aim, server } of stores) {
      const [durable, bare] = [median(measured.get(name) ?? []), median(reference)];
      rows.push({
        what: `webhook intake, durable before 2xx, 8 KB (${name})`,
        measured: `${Math.round(durable)}/s`,
        reference: 'the same route without the store',
        referenceMeasured: `${Math.round(bare)}/s`,
        ratio: rounded(durable / bare),
        aim,
      });
      rows.push(...(await atRates(name, server.address)));
    }
    return rows;
  } finally {
    for (const { child } of [none, ...stores.map(({ server }) => server)]) child.kill();
    await postgres.stop();
  }
}
