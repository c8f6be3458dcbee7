import { type Answer, type RecordedServer, recordedServer, type Seen } from '../../plugins-proxy/recorded-server';
import { freePort } from '../../free-port';
import { ConnectionRefused, createGateway, type Gateway, gatewayLimits } from '../../../sandbox/src/gateway';

let target: RecordedServer;
let answer: (seen: Seen) => Answer | undefined;
let gateway: Gateway;
let url: string;
let now: number;

async function start(limits: Parameters<typeof createGateway>[0] = {}): Promise<void> {
  gateway = createGateway({ clock: () => new Date(now), ...limits });
  const address = await gateway.app.listen({ port: 0, host: '127.0.0.1' });
  url = `${address}/apim/crmjira`;
  gateway.connect('flows', {
    target: target.url,
    authentication: { kind: 'basic', user: 'crm-jira-gateway', password: 'kept in the connection' },
  });
}
beforeEach(async () => {
  now = Date.parse('2025-01-20T17:30:00Z');
  answer = () => ({ body: { ok: true } });
  target = await recordedServer((seen) => answer(seen));
});
afterEach(async () => {
  await gateway.close();
  await target.close();
});

const megabytes = 1024 * 1024;
const post = (body: string): Promise<Response> =>
  fetch(`${url}/flows/rest/api/2/issue`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

test('the limits are the documented ones (R-903)', async () => {
  await start();
  expect(gatewayLimits).toEqual({
    requestBytes: 2 * megabytes,
    answerBytes: 2 * megabytes,
    synchronousMs: 120_000,
    perMinute: 500,
  });
});

describe('credentials belong to the connection (R-903)', () => {
  test('Basic is added, path and query pass as they are, nothing of the caller’s own but what an action may set', async () => {
    await start();
    const response = await fetch(`${url}/flows/rest/api/2/issue/A%2D1?x=%2F&y=1`, {
      headers: { 'x-correlation-id': 'run-1', cookie: 'a=b', 'x-forwarded-for': '10.0.0.1' },
    });
    expect([response.status, await response.json()]).toEqual([200, { ok: true }]);
    const [seen] = target.seen;
    expect(seen?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('crm-jira-gateway:kept in the connection').toString('base64')}`,
      'x-correlation-id': 'run-1',
      'x-ms-client-request-id': expect.any(String),
    });
    expect(seen?.headers).not.toHaveProperty('cookie');
    expect(seen?.headers).not.toHaveProperty('x-forwarded-for');
    expect([...(seen?.query ?? [])]).toEqual([
      ['x', '/'],
      ['y', '1'],
    ]);
  });

  test('a connection without credentials adds none', async () => {
    await start();
    gateway.connect('open', { target: target.url, authentication: { kind: 'none' } });
    expect((await fetch(`${url}/open/rest/api/2/myself`)).status).toBe(200);
    expect(target.seen[0]?.headers.authorization).toBeUndefined();
  });

  test.each(['bearer', 'apiKey', 'oauth2'])('a connection by %s cannot be made', async (kind) => {
    await start();
    // What a definition with another security scheme would ask for.
    const asked = { target: target.url, authentication: { kind, token: 't' } } as never;
    expect(() => gateway.connect('other', asked)).toThrow(ConnectionRefused);
    expect(() => gateway.connect('other', asked)).toThrow(/authentication.*none or basic/);
  });

  test('a bearer token of an action is refused and reaches nobody', async () => {
    await start();
    const response = await fetch(`${url}/flows/rest/api/2/myself`, { headers: { authorization: 'Bearer abc' } });
    expect([response.status, await response.text()]).toEqual([401, expect.stringContaining('none or Basic')]);
    expect(target.seen).toHaveLength(0);
  });

  test('an unknown connection, and one that leads off this machine', async () => {
    await start();
    expect((await fetch(`${url}/nobody/rest`)).status).toBe(404);
    expect(() =>
      gateway.connect('far', { target: 'https://jira.company.com', authentication: { kind: 'none' } }),
    ).toThrow(/target: expected an address of this machine/);
  });
});

describe('what does not fit (R-903)', () => {
  test('a request of 2 MB passes, one byte more does not', async () => {
    await start();
    expect((await post('x'.repeat(2 * megabytes))).status).toBe(200);
    const refused = await post('x'.repeat(2 * megabytes + 1));
    expect([refused.status, await refused.json()]).toMatchObject([413, { error: { code: 413 } }]);
    expect(target.seen.map(({ body }) => body.length)).toEqual([2 * megabytes]);
  });

  test('an answer of 2 MB comes back, one byte more does not', async () => {
    await start();
    answer = () => ({ body: 'x'.repeat(2 * megabytes) });
    expect((await (await post('{}')).text()).length).toBe(2 * megabytes);
    answer = () => ({ body: 'x'.repeat(2 * megabytes + 1) });
    const refused = await post('{}');
    expect([refused.status, await refused.json()]).toMatchObject([502, { error: { message: 'BadGateway' } }]);
  });

  test('a target that does not answer in time is given up', async () => {
    await start({ limits: { synchronousMs: 50 } });
    const { createServer } = await import('node:http');
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    // listen() on a TCP port always gives an AddressInfo.
    const { port } = silent.address() as { port: number };
    gateway.connect('silent', { target: `http://127.0.0.1:${port}`, authentication: { kind: 'none' } });
    const response = await fetch(`${url}/silent/rest`);
    expect([response.status, await response.json()]).toMatchObject([504, { error: { message: 'GatewayTimeout' } }]);
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });

  test('a target that is gone is told as such, however long that takes to find out', async () => {
    await start();
    gateway.connect('gone', { target: `http://127.0.0.1:${await freePort()}`, authentication: { kind: 'none' } });
    const gone = await fetch(`${url}/gone/rest`);
    expect([gone.status, await gone.json()]).toMatchObject([502, { error: { message: 'BadGateway' } }]);
  });

  test('the 501st request within a minute waits as told; every connection has its own minute', async () => {
    await start();
    gateway.connect('other', { target: target.url, authentication: { kind: 'none' } });
    const statuses = async (count: number, connection = 'flows'): Promise<Record<number, number>> => {
      const found: Record<number, number> = {};
      for (let n = 0; n < count; n += 1) {
        const { status } = await fetch(`${url}/${connection}/rest`);
        found[status] = (found[status] ?? 0) + 1;
      }
      return found;
    };
    expect(await statuses(400)).toEqual({ 200: 400 });
    now += 20_000;
    expect(await statuses(101)).toEqual({ 200: 100, 429: 1 });
    const refused = await fetch(`${url}/flows/rest`);
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
      429,
      '40',
      { statusCode: 429, message: 'Rate limit is exceeded. Try again in 40 seconds.' },
    ]);
    expect(await statuses(1, 'other')).toEqual({ 200: 1 });
    now += 40_000;
    expect(await statuses(401)).toEqual({ 200: 400, 429: 1 });
  });
});

test('redirects, statuses and headers of the target come back as they are', async () => {
  await start();
  answer = () => ({ status: 202, headers: { location: '/rest/connector/operations/1', 'retry-after': '3' }, body: {} });
  const response = await fetch(`${url}/flows/rest/connector/operations`, { method: 'POST' });
  expect([response.status, response.headers.get('location'), response.headers.get('retry-after')]).toEqual([
    202,
    '/rest/connector/operations/1',
    '3',
  ]);
  answer = () => ({ status: 302, headers: { location: 'http://127.0.0.1:1/' } });
  expect((await fetch(`${url}/flows/rest`, { redirect: 'manual' })).status).toBe(302);
});
