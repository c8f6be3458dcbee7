import { guidOf } from '../../../../sandbox/src/dataverse/guid';
import type { JWTPayload } from 'jose';
import { frozen, openRelay, sendRaw, signingKey } from '../../relay-world';
import { fakeDataverse } from '../../fake-dataverse';
import { people } from '../../stand-ins';
import { startWorld, stopLater, stopWorlds } from '../../world';
import { type ApiWorld, audience, manager, owner, start, startApiWorld } from './api-world';

let world: ApiWorld;
beforeAll(async () => {
  world = await startApiWorld({ API_PER_MINUTE: '30' });
}, 120_000);
afterAll(stopWorlds, 60_000);

const seconds = Math.floor(frozen.getTime() / 1000);
const list = '/api/jira/connections';
const bearer = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } });
const turnedAway = (status: number, code: string) => ({ status, body: { code, message: expect.any(String) } });

test.each<[string, JWTPayload, number, string]>([
  ['of another tenant', { tid: '72f988bf-0000-4000-8000-000000000002' }, 401, 'not-authenticated'],
  ['of another issuer', { iss: 'https://sts.windows.net/another/' }, 401, 'not-authenticated'],
  ['for another audience', { aud: 'api://another' }, 401, 'not-authenticated'],
  ['that has expired', { exp: seconds - 120 }, 401, 'not-authenticated'],
  ['that is not valid yet', { nbf: seconds + 7_200, exp: seconds + 9_000 }, 401, 'not-authenticated'],
  ['of nobody', { oid: undefined }, 401, 'not-authenticated'],
  ['without the scope', { scp: 'openid profile' }, 403, 'scope-missing'],
  ['with a scope that only begins like it', { scp: 'access_as_user.all xaccess_as_user' }, 403, 'scope-missing'],
  ['of an application alone', { scp: undefined, idtyp: 'app', roles: ['access_as_user'] }, 403, 'scope-missing'],
  ['of an application with a scope', { idtyp: 'app' }, 403, 'scope-missing'],
  ['of an account that is no user here', { oid: guidOf('nobody') }, 403, 'no-user'],
  ['of an account whose id is no id', { oid: "' or true" }, 403, 'no-user'],
  ['of a user without a role of ours', { oid: guidOf(`object:${people.finance}`) }, 403, 'role-missing'],
])('R-1834 a token %s opens nothing', async (_what, claims, status, code) => {
  const answer = await world.send('GET', list, bearer(await world.tokenOf(owner, claims)));
  expect(answer).toMatchObject(turnedAway(status, code));
  expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null);
});

test('R-1834 no token, one that nobody has signed, and one that somebody else has signed open nothing', async () => {
  const token = await world.tokenOf(owner);
  const [head = '', claims = '', signature = ''] = token.split('.');
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
  const symmetric = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT', kid: 'key-1' })).toString('base64url');
  const oid = guidOf(`object:${people.owner}`);
  const forged = await (await signingKey('key-1')).sign({ aud: audience, oid, scp: 'access_as_user' });
  for (const wrong of [
    ...['', 'x', `${none}.${claims}.`, `${none}.${claims}.${signature}`, `${symmetric}.${claims}.${signature}`],
    ...[`${head}.${claims}.`, `${token}x`, forged],
  ])
    expect([wrong, await world.send('GET', list, bearer(wrong))]).toMatchObject([wrong, { status: 401 }]);
  expect(await world.send('GET', list)).toMatchObject(turnedAway(401, 'not-authenticated'));
  expect(await world.send('GET', list, bearer(token))).toMatchObject({ status: 200 });
}, 60_000);

test('R-1834 whoever is disabled in Dynamics 365, or loses the role, is out at once', async () => {
  const as = async () => world.send('GET', list, bearer(await world.tokenOf(manager)));
  expect(await as()).toMatchObject({ status: 200 });
  await world.write('systemusers', people.manager, { isdisabled: true });
  expect(await as()).toMatchObject(turnedAway(403, 'no-user'));
  await world.write('systemusers', people.manager, { isdisabled: false });
  expect(await as()).toMatchObject({ status: 200 });
}, 60_000);

test('R-1834 who calls is looked at before a byte of the body, and a body is bounded, JSON and without tricks', async () => {
  const send = async (payload: string, more: Record<string, string> = {}, token?: string) =>
    (
      await world.send('POST', '/api/jira/sync/bulk', {
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token ?? ''}`, ...more },
        body: payload,
      })
    ).body;
  const token = await world.tokenOf(owner);
  const large = JSON.stringify({ record_ids: ['x'.repeat(3_000_000)] });
  const tooLarge = await send(large, {}, token).catch((error: unknown) => ({ code: 'too-large', cause: error }));
  expect(tooLarge).toMatchObject({ code: 'too-large' });
  expect(await send('{', {}, token)).toMatchObject({ code: 'malformed-json' });
  expect(await send('', {}, token)).toMatchObject({ code: 'malformed-json' });
  expect(await send('{"__proto__":{"record_ids":[]}}', {}, token)).toMatchObject({ code: 'malformed-json' });
  expect(await send('record_ids=x', { 'content-type': 'application/x-www-form-urlencoded' }, token)).toMatchObject({
    code: 'wrong-content-type',
  });
  // A body that never comes: who is nobody is answered without it.
  const slow = await sendRaw(
    world.proxyUrl,
    'POST /api/jira/sync/bulk HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n{',
  );
  expect(slow).toMatch(/^HTTP\/1\.1 401 /);
  expect(await world.send('GET', list, bearer(token))).toMatchObject({ status: 200 });
}, 60_000);

test('R-1834 pages of other origins are told nothing, whatever they ask', async () => {
  const origin = { origin: 'https://evil.example', 'access-control-request-method': 'GET' };
  const asked = await fetch(`${world.proxyUrl}${list}`, { method: 'OPTIONS', headers: origin });
  const read = await fetch(`${world.proxyUrl}${list}`, {
    headers: { ...origin, authorization: `Bearer ${await world.tokenOf(owner)}` },
  });
  expect([asked.status, read.status]).toEqual([404, 200]);
  for (const { headers } of [asked, read])
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test('R-1813 more requests of a person than the limit wait, those of another person do not', async () => {
  const ask = async (by: string) => world.send('GET', list, bearer(await world.tokenOf(by)));
  const answers = [];
  for (let n = 0; n < 40; n += 1) answers.push(await ask(owner));
  const last = answers.at(-1)!;
  expect(last).toMatchObject(turnedAway(429, 'rate-limited'));
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await ask(manager)).toMatchObject({ status: 200 });
}, 60_000);

test('R-1834 a body that comes slowly holds nothing longer than any request may take', async () => {
  const dataverse = fakeDataverse();
  dataverse.rows.set(guidOf('caller'), { columns: { systemuserid: people.owner }, version: 1 });
  const quick = { requestTimeout: 300, headersTimeout: 150, connectionsCheckingInterval: 20, connections: 10 };
  const environmentSettings = { languageOf: async () => 1033 };
  const access = { ...world.config.api!, perMinute: 100 };
  const relay = await openRelay(
    world.standIns.jiraUrl,
    world.keys.url,
    {},
    {
      requestLimits: quick,
      api: {
        // No operation is reached.
        parts: { dataverse, environmentSettings, now: () => frozen } as never,
        ...{ access, enqueue: async () => undefined, pause: async () => undefined },
        ...{ accepts: () => true, count: async () => undefined },
      },
    },
  );
  stopLater(relay.close);
  const token = await world.tokenOf(owner, { oid: guidOf('caller') });
  const answer = await sendRaw(
    relay.url,
    `POST /api/jira/sync/bulk HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
}, 60_000);

test('R-1801 is off unless it is switched on, and not without an audience', async () => {
  const off = await startWorld(start, {}, { crmjira_Capabilities: 'time' });
  for (const path of [list, '/openapi/jira.json'])
    expect((await fetch(off.proxyUrl + path, bearer(await world.tokenOf(owner)))).status).toBe(404);
  await expect(startWorld(start, { API_ENABLED: 'true' })).rejects.toThrow(/API_AUDIENCE/);
  expect(await world.send('GET', '/openapi/jira.json')).toMatchObject({
    status: 200,
    body: { openapi: '3.1.0', servers: [{ url: `${world.config.publicUrl}/api/jira` }] },
  });
}, 120_000);
