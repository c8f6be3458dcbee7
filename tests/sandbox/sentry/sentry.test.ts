import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALL_SCOPES, createSentry, seedSentry, type Sentry } from '../../../sandbox/src/sentry';

const token = 'sentry-token-of-the-tests';
const secret = 'sentry-client-secret-of-the-tests';
const now = new Date('2025-05-16T17:00:00Z');
const android = '4510000000000011';

interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}
let received: Received[] = [];
let listener: Server;
let sentry: Sentry;
let folder: string;

const open = (stateFile = ':memory:', clock = () => now, rateLimits = { requests: 1_000, windowSeconds: 1 }) => {
  const address = listener.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return createSentry({
    stateFile,
    publicUrl: 'http://localhost:4060',
    organization: 'rideau-logic',
    tokens: [
      { token, scopes: ALL_SCOPES },
      { token: 'reads-only', scopes: ['project:read', 'event:read'] },
    ],
    webhook: { url: `http://127.0.0.1:${port}/hook`, secret },
    rateLimits,
    clock,
  });
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crmjira-sentry-'));
  listener = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(pieces).toString('utf8') });
      response.end();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  received = [];
  sentry = open();
  seedSentry(sentry.site, now);
});
afterEach(() => sentry.close());
afterAll(() => {
  listener.close();
  rmSync(folder, { recursive: true });
});

const call = async (url: string, options: { method?: 'GET' | 'PUT' | 'POST'; body?: object; as?: string } = {}) => {
  const { method = 'GET', body, as = token } = options;
  const answer = await sentry.app.inject({
    method,
    url,
    headers: as === '' ? {} : { authorization: `Bearer ${as}` },
    ...(body === undefined ? {} : { payload: body }),
  });
  const json = (): unknown => JSON.parse(answer.payload);
  return { status: answer.statusCode, headers: answer.headers, json };
};
const organization = '/api/0/organizations/rideau-logic';
const first = async (query = ''): Promise<Record<string, unknown>> =>
  ((await call(`${organization}/issues/?${query}`)).json() as Record<string, unknown>[])[0]!;

test('R-1711 lists go by the cursors of the Link header, which always names the page before and the next', async () => {
  const ids = new Set<string>();
  let url = `${organization}/issues/?query=&limit=10`;
  let pages = 0;
  for (;;) {
    const page = await call(url);
    pages += 1;
    for (const { id } of page.json() as { id: string }[]) ids.add(id);
    const link = String(page.headers['link']);
    expect(link).toMatch(/rel="previous"; results="(true|false)"; cursor="0:\d+:1"/);
    const [, address, results] = /, <([^>]+)>; rel="next"; results="(true|false)"/.exec(link) ?? [];
    if (results === 'false') break;
    url = address!.replace('http://localhost:4060', '');
  }
  expect([pages, ids.size]).toEqual([3, sentry.site.issues().length]);
  expect(ids.size).toBeGreaterThan(24);
});

test('R-1711 an issue says what it is, counts as text, and counts events by day up to today', async () => {
  const issue = await first(`query=SocketTimeoutException&groupStatsPeriod=14d&project=${android}`);
  expect(issue).toMatchObject({ level: 'error', status: 'unresolved', project: { slug: 'dockflow-android' } });
  expect(Number(issue['count'])).toBe(61);
  const days = (issue['stats'] as Record<string, [number, number][]>)['14d']!;
  expect(days.map(([, count]) => count)).toEqual([0, 1, 2, 1, 2, 3, 4, 6, 8, 9, 7, 8, 10, 0]);
  expect(days.at(-1)![0] * 1_000).toBe(Date.parse('2025-05-16'));
  const details = (await call(`${organization}/issues/${String(issue['id'])}/`)).json() as Record<string, unknown>;
  expect((details['stats'] as Record<string, unknown[]>)['30d']).toHaveLength(30);
});

test('R-1711 whoever shows no token, a wrong one or one without the right is refused as Sentry does', async () => {
  const { id } = (await first()) as { id: string };
  const answers = [
    await call(`${organization}/projects/`, { as: '' }),
    await call(`${organization}/projects/`, { as: 'wrong' }),
    await call('/api/0/organizations/other/projects/'),
    await call(`${organization}/issues/${id}/`, { method: 'PUT', body: { status: 'resolved' }, as: 'reads-only' }),
    await call(`${organization}/issues/?query=bogus:1`),
    await call(`${organization}/issues/${id}/`, { method: 'PUT', body: { status: 'gone' } }),
  ];
  expect(answers.map(({ status, json }) => [status, json()])).toEqual([
    [401, { detail: 'Authentication credentials were not provided.' }],
    [401, { detail: 'Invalid token' }],
    [404, { detail: 'The requested resource does not exist' }],
    [403, { detail: 'You do not have permission to perform this action.' }],
    [400, { detail: expect.stringMatching(/^Error parsing search query/) }],
    [400, { status: ['Invalid status value.'] }],
  ]);
});

test('R-1711 a change of status and a regression are told by a signed webhook, an event of an open issue by none', async () => {
  const { id } = (await first()) as { id: string };
  await call(`${organization}/issues/${id}/`, { method: 'PUT', body: { status: 'resolved' } });
  await sentry.deliveriesSettled();
  for (const act of ['again', 'again', 'archive'])
    expect((await call(`/sandbox/issues/${id}/${act}`, { method: 'POST' })).status).toBe(303);
  await sentry.deliveriesSettled();
  const told = received
    .map(({ headers, body }) => {
      expect(headers['sentry-hook-signature']).toBe(createHmac('sha256', secret).update(body).digest('hex'));
      expect(headers).toMatchObject({
        'sentry-hook-resource': 'issue',
        'sentry-hook-timestamp': expect.stringMatching(/^\d{10}$/),
      });
      const { action, actor, data } = JSON.parse(body) as {
        action: string;
        actor: { type: string };
        data: { issue: { id: string; status: string; substatus: string | null } };
      };
      expect(data.issue.id).toBe(id);
      return [action, actor.type, data.issue.status, data.issue.substatus];
    })
    .sort();
  expect(told).toEqual([
    ['archived', 'user', 'ignored', 'archived_until_escalating'],
    ['resolved', 'application', 'resolved', null],
    ['unresolved', 'application', 'unresolved', 'regressed'],
  ]);
});

test('R-1711 misbehaves when told to, says what is left of its limit, and keeps what it holds', async () => {
  await call('/sandbox/faults', { method: 'PUT', body: { rules: [{ path: '/projects/', status: 503, times: 1 }] } });
  expect((await call(`${organization}/projects/`)).status).toBe(503);
  expect((await call(`${organization}/projects/`)).status).toBe(200);

  const file = join(folder, 'sentry.json');
  const limited = open(file, () => now, { requests: 1, windowSeconds: 60 });
  seedSentry(limited.site, now);
  const ask = () =>
    limited.app.inject({ url: `${organization}/projects/`, headers: { authorization: `Bearer ${token}` } });
  expect((await ask()).headers).toMatchObject({ 'x-sentry-rate-limit-remaining': '0' });
  const refused = await ask();
  expect(refused.statusCode).toBe(429);
  expect(Number(refused.headers['x-sentry-rate-limit-reset'])).toBeGreaterThan(now.getTime() / 1_000);
  const id = limited.site.occurFirst(android, { title: 'New', culprit: 'main', level: 'fatal' });
  await limited.close();
  const again = open(file);
  expect(again.site.issue(id)).toMatchObject({ title: 'New', substatus: 'new' });
  await again.close();
});
