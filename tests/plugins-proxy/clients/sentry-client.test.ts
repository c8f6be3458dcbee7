import { createSentryHttp } from '../../../plugins-proxy/src/clients/sentry/sentry-http';
import { nextCursor } from '../../../plugins-proxy/src/clients/sentry/next-cursor';
import { createSentryOrganization } from '../../../plugins-proxy/src/clients/sentry/sentry-organization';
import { createSentryProvider } from '../../../plugins-proxy/src/connections/providers/sentry-provider';
import { ALL_SCOPES, createSentry, seedSentry, type Sentry } from '../../../sandbox/src/sentry';
import { freePort } from '../../free-port';

const token = 'sentry-token-of-the-tests';
const now = new Date('2025-05-16T17:00:00Z');
const android = '4510000000000011';
const since = new Date('2025-04-16T00:00:00Z');

let sentry: Sentry;
let url: string;
const pauses: number[] = [];

beforeAll(async () => {
  url = `http://127.0.0.1:${await freePort()}`;
  sentry = createSentry({
    stateFile: ':memory:',
    publicUrl: url,
    organization: 'rideau-logic',
    tokens: [{ token, scopes: ALL_SCOPES }],
    webhook: null,
    rateLimits: { requests: 10_000, windowSeconds: 1 },
    clock: () => now,
  });
  seedSentry(sentry.site, now);
  await sentry.app.listen({ port: Number(new URL(url).port), host: '127.0.0.1' });
});
afterAll(() => sentry.close());
afterEach(() => pauses.splice(0));

function client(pat = token, guardWrite?: () => Promise<void>) {
  const http = createSentryHttp({
    url,
    credentials: { kind: 'bearer', pat },
    timeoutMs: 5_000,
    clock: { sleep: async (ms) => pauses.push(ms), random: () => 0 },
    ...(guardWrite === undefined ? {} : { guardWrite }),
  });
  return createSentryOrganization(http, 'rideau-logic');
}
const withFaults = async (rules: readonly object[], work: () => Promise<void>): Promise<void> => {
  const set = (method: string, body?: object) =>
    fetch(`${url}/sandbox/faults`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  await set('PUT', { rules });
  await work().finally(() => set('DELETE'));
};

test('R-1711 reads the errors of a project page by page, newest first, and no more than it is told to', async () => {
  const organization = client();
  const all = await organization.issues(android, since, 1_000);
  expect(all.map(({ id }) => id).sort()).toEqual(
    sentry.site
      .issues()
      .filter(({ projectId }) => projectId === android)
      .map(({ id }) => id)
      .sort(),
  );
  expect(all.map(({ lastSeen }) => lastSeen)).toEqual(
    all
      .map(({ lastSeen }) => lastSeen)
      .sort()
      .reverse(),
  );
  expect(all[0]).toMatchObject({ level: 'fatal', count: 12, stats: { '14d': expect.any(Array) } });
  expect(await organization.issues(android, since, 3)).toHaveLength(3);
  expect(await organization.issues(android, new Date('2025-05-15T00:00:00Z'), 1_000)).toHaveLength(3);
});

test('R-1711 the next page is the one that Sentry says has something, whatever else its header holds', () => {
  const link = (results: string) =>
    `<https://x/?cursor=0:0:1>; rel="previous"; results="true"; cursor="0:0:1", <https://x/?query=a,b&cursor=0:100:0>; rel="next"; results="${results}"; cursor="0:100:0"`;
  expect(
    [
      link('true'),
      link('false'),
      undefined,
      'nonsense',
      ['<https://x/?&cursor=1:2:0>; rel="next"; results="true"'],
    ].map(nextCursor),
  ).toEqual(['0:100:0', null, null, null, '1:2:0']);
});

test('R-1711 an error by its id has a month of days; one that is gone is none; it is resolved behind the guard of writes', async () => {
  const organization = client();
  const [{ id } = { id: '' }] = await organization.issues(android, since, 1);
  expect((await organization.issue(id))?.stats?.['30d']).toHaveLength(30);
  expect(await organization.issue('1')).toBeNull();
  const moved = client(token, async () => {
    throw new Error('the environment was copied');
  });
  await expect(moved.resolve(id)).rejects.toThrow('the environment was copied');
  await organization.resolve(id);
  await organization.resolve(id);
  expect(sentry.site.issue(id)).toMatchObject({ status: 'resolved' });
});

test('R-1711 a test of the connection says what it found, or what is wrong', async () => {
  const test = (pat?: string) => createSentryProvider(client(pat)).test();
  expect(await test()).toEqual({
    ok: true,
    found: { organization: { slug: 'rideau-logic', name: 'Rideau Logic' }, projects: 2 },
  });
  expect(await test('wrong')).toMatchObject({ ok: false, problem: 'refused', error: { code: 'sentry-credentials' } });
  const problem = async (rule: object): Promise<unknown> => {
    let found: unknown;
    await withFaults([rule], async () => {
      const { ok, ...rest } = await test();
      found = ok ? null : 'problem' in rest && rest.problem;
    });
    return found;
  };
  expect(await problem({ status: 503 })).toBe('unreachable');
  expect(await problem({ status: 404 })).toBe('not-found');
  expect(await problem({ status: 403, path: '/projects/' })).toBe('refused');
  expect(await problem({ status: 429, retryAfter: 600 })).toBe('rate-limited');
  expect(await problem({ status: 502, html: true })).toBe('unreachable');
});

test('R-1711 a limit is waited for as long as Sentry says', async () => {
  await withFaults([{ status: 429, retryAfter: 2, times: 1 }], async () => {
    expect(await client().projects()).toHaveLength(2);
  });
  expect(Math.max(...pauses)).toBeGreaterThan(500);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(3_000);
});
