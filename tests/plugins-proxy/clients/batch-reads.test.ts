import { z } from 'zod';
import { batchReads } from '../../../plugins-proxy/src/clients/dataverse/batch-reads';
import {
  createDataverseClient,
  type DataverseClient,
} from '../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import type { ReadRequest } from '../../../plugins-proxy/src/clients/dataverse/reader';
import { type Answer, recordedServer, type RecordedServer, type Seen } from '../recorded-server';

const read = (collection: string): ReadRequest => ({ collection, query: { select: [] } });
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe('reads that are asked for together (R-1307)', () => {
  test('leave at once, and those that come meanwhile with the next batch, at most 50 each', async () => {
    const batches: { size: number; end: () => void }[] = [];
    const ask = batchReads(
      (reads, settle) =>
        new Promise((resolve) => {
          const end = (): void => {
            reads.forEach((one, index) => settle(index, { ok: true, answer: 'collection' in one && one.collection }));
            resolve();
          };
          batches.push({ size: reads.length, end });
        }),
    );
    const sizes = (): number[] => batches.map(({ size }) => size);
    const first = [ask(read('a')), ask(read('b'))];
    await turn();
    expect(sizes()).toEqual([2]);
    // Seven lanes more, then everything waits for one of them to be free.
    for (let lane = 2; lane <= 8; lane += 1) {
      void ask(read('c'));
      await turn();
    }
    const many = Array.from({ length: 60 }, (_, n) => ask(read(`m${n}`)));
    await turn();
    expect(sizes()).toEqual([2, 1, 1, 1, 1, 1, 1, 1]);
    batches[0]?.end();
    expect(await Promise.all(first)).toEqual(['a', 'b']);
    await turn();
    expect(sizes()).toEqual([2, 1, 1, 1, 1, 1, 1, 1, 50]);
    batches[8]?.end();
    await turn();
    expect(sizes().slice(-2)).toEqual([50, 10]);
    batches[9]?.end();
    expect(await Promise.all(many)).toEqual(Array.from({ length: 60 }, (_, n) => `m${n}`));
  });
});

test('R-1307 at most as many reads as the settings say leave in one batch', async () => {
  const sizes: number[] = [];
  let most = 20;
  const ask = batchReads(
    async (reads, settle) => {
      sizes.push(reads.length);
      reads.forEach((_, index) => settle(index, { ok: true, answer: null }));
    },
    () => most,
  );
  const some = (): Promise<unknown> => Promise.all(Array.from({ length: 45 }, (_, n) => ask(read(`m${n}`))));
  await some();
  expect(sizes.splice(0)).toEqual([20, 20, 5]);
  most = 40;
  await some();
  expect(sizes).toEqual([40, 5]);
});

let server: RecordedServer;
let client: DataverseClient;
let pauses: number[];

async function setUp(answer: (request: Seen) => Answer | undefined): Promise<void> {
  pauses = [];
  server = await recordedServer(answer);
  client = createDataverseClient({
    url: server.url,
    timeoutMs: 5_000,
    tokens: { token: async () => 'token', drop: () => undefined },
    clock: { sleep: async (ms) => void pauses.push(ms), random: () => 0 },
  });
}
afterEach(() => server?.close());

const part = (status: string, body: unknown, headers = ''): string =>
  `Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 ${status}\r\n${headers}Content-Type: application/json; odata.metadata=minimal\r\nOData-Version: 4.0\r\n\r\n${JSON.stringify(body)}\r\n`;
const batch = (...parts: string[]): Answer => ({
  headers: { 'content-type': 'multipart/mixed; boundary=batchresponse_1' },
  body: `${parts.map((one) => `--batchresponse_1\r\n${one}`).join('')}--batchresponse_1--\r\n`,
});
const error = (message: string) => ({ error: { code: '0x80060888', message } });
const id = '6d81597f-0f9f-e711-8122-000d3aa2331c';
const named = z.object({ name: z.string() });
const readAll = () =>
  Promise.allSettled([
    client.batched.one('accounts', id, ['name'], named),
    client.batched.one('tasks', id, ['name'], named),
    client.batched.many('queues', { select: ['name'], top: 1 }, named),
    client.batched.one('opportunities', id, ['name'], named),
  ]);
const account = part('200 OK', { name: 'Acme' });
const gone = part('404 Not Found', error('Does Not Exist'));
const queues = part('200 OK', { value: [{ name: 'CRM-JIRA' }] });

describe('a batch of reads on the wire (R-1308)', () => {
  test('is one request; each answer is judged by itself', async () => {
    await setUp(() => batch(account, gone, queues, part('403 Forbidden', error('missing prvReadOpportunity'))));
    expect(await readAll()).toMatchObject([
      { value: { name: 'Acme' } },
      { value: null },
      { value: [{ name: 'CRM-JIRA' }] },
      { reason: { code: 'dataverse-forbidden', errorClass: 'configuration' } },
    ]);
    expect(server.seen.map(({ path }) => path)).toEqual(['/api/data/v9.2/$batch']);
    expect(server.seen[0]?.headers.prefer).toContain('odata.continue-on-error');
    expect(server.seen[0]?.body).not.toContain('changeset');
  });

  test('repeats only what the service protection refused inside it, when it says', async () => {
    const limited = part('429 Too Many Requests', error('limit'), 'Retry-After: 2\r\n');
    await setUp(() =>
      server.seen.length === 1
        ? batch(account, limited, queues, limited)
        : batch(part('200 OK', { name: 'Task' }), part('200 OK', { name: 'Project' })),
    );
    expect(await readAll()).toMatchObject([
      { value: { name: 'Acme' } },
      { value: { name: 'Task' } },
      { value: [{ name: 'CRM-JIRA' }] },
      { value: { name: 'Project' } },
    ]);
    expect(server.seen.map(({ body }) => (body.match(/^GET /gm) ?? []).length)).toEqual([4, 2]);
    expect(pauses).toEqual([2_000]);
  });

  test.each([
    ['refused as a whole', { status: 429, headers: { 'retry-after': '1' }, body: error('limit') }, 'dataverse-limit'],
    [
      'an HTML page',
      { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>' },
      'dataverse-unavailable',
    ],
    ['cut short', batch(account), 'dataverse-batch-cut'],
  ])('%s fails every read with its error after the tries of the retry table', async (_, answer, code) => {
    await setUp(() => answer);
    const outcomes = await readAll();
    expect(outcomes.map((one) => one.status === 'rejected' && (one.reason as { code?: string }).code)).toEqual(
      Array<string>(4).fill(code),
    );
  });

  test('an answer of another shape is an error of the one who asked, and of nobody else', async () => {
    await setUp(() => batch(part('200 OK', { name: 5 }), gone, queues, account));
    const outcomes = await readAll();
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  });

  test('a single read is a plain GET', async () => {
    await setUp(() => ({ body: { name: 'Acme' } }));
    expect(await client.batched.one('accounts', id, ['name'], named)).toEqual({ name: 'Acme' });
    expect(server.seen.map(({ path }) => path)).toEqual([`/api/data/v9.2/accounts(${id})`]);
  });
});
