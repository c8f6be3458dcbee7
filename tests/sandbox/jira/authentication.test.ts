import type { Jira } from '../../../sandbox/src/jira';
import { call, makeIssue, makeProject } from './call-jira';
import { EMAIL, PAT, buildJira, cloud, dataCenter } from './start-jira';

let jira: Jira;
beforeAll(async () => {
  jira = await buildJira();
  await makeProject(jira);
});
afterAll(() => jira.close());

const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

test('Basic with address and token is Cloud, a personal access token is Data Center 10', async () => {
  const atCloud = await call(jira, 'GET', '/rest/api/2/serverInfo', undefined, cloud);
  expect(atCloud.body).toMatchObject({ deploymentType: 'Cloud', version: '1001.0.0-SNAPSHOT' });
  const atDc = await call(jira, 'GET', '/rest/api/2/serverInfo', undefined, dataCenter);
  expect(atDc.body).toMatchObject({ deploymentType: 'Server', versionNumbers: [10, 3, 24] });
  expect((await call(jira, 'GET', '/rest/api/3/myself', undefined, dataCenter)).status).toBe(404);
  expect((await call(jira, 'GET', '/rest/api/latest/myself', undefined, dataCenter)).body).toMatchObject({
    name: 'powerplatform-integration',
  });
});

test.each([
  ['a wrong token', basic(`${EMAIL}:wrong`)],
  ['an address nobody has', basic('nobody@company.com:token-for-tests')],
  ['nothing', {}],
])('on Cloud %s looks anonymous: empty lists and 404, but 401 for who I am', async (_name, headers) => {
  const myself = await call(jira, 'GET', '/rest/api/3/myself', undefined, headers);
  expect(myself.status).toBe(401);
  expect(myself.body).toEqual({ message: 'Client must be authenticated to access this resource.', 'status-code': 401 });
  expect(
    (await call(jira, 'GET', '/rest/api/3/search/jql?jql=project%20is%20not%20empty', undefined, headers)).body,
  ).toEqual({ issues: [], isLast: true });
  expect((await call(jira, 'GET', '/rest/api/3/project/search', undefined, headers)).body.total).toBe(0);
  expect((await call(jira, 'GET', '/rest/api/3/project/CRMWYVLZZJ', undefined, headers)).status).toBe(404);
  expect((await call(jira, 'POST', '/rest/api/3/project', {}, headers)).status).toBe(401);
});

test('scoped tokens go through the gateway, which names the site by its cloud id', async () => {
  const { cloudId } = (await call(jira, 'GET', '/_edge/tenant_info', undefined, {})).body;
  expect((await call(jira, 'GET', `/ex/jira/${cloudId}/rest/api/3/myself`)).body.emailAddress).toBe(EMAIL);
});

test('bad credentials are marked as such in a header', async () => {
  const answer = await call(jira, 'GET', '/rest/api/3/project/search', undefined, basic(`${EMAIL}:wrong`));
  expect(answer.headers['x-seraph-loginreason']).toBe('AUTHENTICATED_FAILED');
});

test('Data Center refuses a wrong token everywhere', async () => {
  expect((await call(jira, 'GET', '/rest/api/2/project', undefined, { authorization: `Bearer ${PAT}x` })).status).toBe(
    401,
  );
});

test('R-1801 R-1823 a person signs in with tokens of their own until they are revoked, or a CAPTCHA stands before it', async () => {
  const john = jira.site.users.all().find(({ email }) => email === 'john.developer@company.com')!;
  const url = `/people/${encodeURIComponent(john.id)}`;
  const form = (path: string, fields: Record<string, string>, origin = 'http://localhost') =>
    jira.app.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin, host: 'localhost' },
      payload: new URLSearchParams(fields).toString(),
    });
  const make = async (edition: string): Promise<string> =>
    /<code>([^<]+)/.exec((await form(`${url}/tokens`, { name: 'Dynamics 365', edition })).body)![1]!;
  const [token, personal] = [await make('cloud'), await make('dc')];
  const asCloud = basic(`john.developer@company.com:${token}`);
  const asDc = { authorization: `Bearer ${personal}` };
  const who = async (headers: Record<string, string>) =>
    (await call(jira, 'GET', '/rest/api/2/myself', undefined, headers)).status;
  expect([await who(asCloud), await who(asDc)]).toEqual([200, 200]);
  // A token of Cloud goes with its owner's address, and with nothing else.
  for (const wrong of [basic(`${EMAIL}:${token}`), { authorization: `Bearer ${token}` }])
    expect(await who(wrong)).toBe(401);

  const mine = async (headers: Record<string, string>, project: string) => {
    const path = `/rest/api/2/mypermissions?permissions=WORK_ON_ISSUES&projectKey=${project}`;
    return (await call(jira, 'GET', path, undefined, headers)).body.permissions.WORK_ON_ISSUES
      .havePermission as boolean;
  };
  const { key } = jira.site.projects.all()[0]!;
  const issue = (await makeIssue(jira, {})).key;
  const log = (headers: Record<string, string>) =>
    call(jira, 'POST', `/rest/api/2/issue/${issue}/worklog`, { timeSpentSeconds: 60 }, headers);
  const permitted = async () =>
    (await call(jira, 'POST', '/rest/api/3/permissions/project', { permissions: ['WORK_ON_ISSUES'] }, asCloud)).body;
  expect(await mine(asCloud, key)).toBe(true);
  expect(await permitted()).toEqual({ projects: [{ id: 10150, key }] });
  await form(`/projects/${key}/permissions`, { person: john.id, denies: 'work' });
  expect([await mine(asCloud, key), await mine(asDc, key)]).toEqual([false, false]);
  expect(await permitted()).toEqual({ projects: [] });
  expect([(await log(asCloud)).status, (await log(asDc)).status]).toEqual([400, 403]);
  await form(`/projects/${key}/permissions`, { person: john.id, denies: 'browse' });
  expect((await log(asCloud)).status).toBe(404);
  expect((await call(jira, 'GET', '/rest/api/3/project/search', undefined, asCloud)).body.total).toBe(0);
  await form(`/projects/${key}/permissions`, { person: john.id, denies: '' });
  expect((await log(asCloud)).status).toBe(201);

  await form(`${url}/captcha`, {});
  const denied = await call(jira, 'GET', '/rest/api/3/myself', undefined, asCloud);
  expect([denied.status, denied.headers['x-seraph-loginreason']]).toEqual([403, 'AUTHENTICATION_DENIED']);
  await form(`${url}/captcha`, {});
  expect(await who(asCloud)).toBe(200);
  expect(
    (await form('/tokens/revoke', { token: `${john.id}/cloud/Dynamics 365` }, 'http://evil.example')).statusCode,
  ).toBe(403);
  await form('/tokens/revoke', { token: `${john.id}/cloud/Dynamics 365` });
  expect([await who(asCloud), await who(asDc)]).toEqual([401, 200]);
  expect((await jira.app.inject({ url: '/people' })).body).not.toContain(personal);
});

test('people without the administrators group make issues but no projects', async () => {
  const john = basic('john.developer@company.com:john-token');
  expect((await call(jira, 'POST', '/rest/api/3/project', {}, john)).status).toBe(403);
  await makeIssue(jira, {});
  const mine = (
    await call(jira, 'GET', '/rest/api/3/mypermissions?permissions=ADMINISTER,CREATE_ISSUES', undefined, john)
  ).body.permissions;
  expect([mine.ADMINISTER.havePermission, mine.CREATE_ISSUES.havePermission]).toEqual([false, true]);
  expect((await call(jira, 'GET', '/rest/api/3/mypermissions', undefined, john)).status).toBe(400);
});

test('broken JSON, a strange content type and an unknown address get their own answers', async () => {
  const send = (payload: string, type: string) =>
    jira.app.inject({ method: 'POST', url: '/rest/api/3/issue', headers: { ...cloud, 'content-type': type }, payload });
  const broken = await send('{"fields":', 'application/json');
  expect(broken.statusCode).toBe(400);
  expect(broken.json().errorMessages[0]).toContain('parsing JSON');
  expect((await send('<issue/>', 'application/xml')).statusCode).toBe(415);
  const unknown = await call(jira, 'GET', '/rest/api/3/nothing');
  expect(unknown).toMatchObject({ status: 404, body: { 'status-code': 404 } });
});

test('Cloud counts by method and endpoint, Data Center by account; both say when to come back', async () => {
  // Buckets fill in real time: a slow machine would fill them between two calls.
  jest.spyOn(Date, 'now').mockReturnValue(Date.now());
  const tight = await buildJira({
    rateLimits: { cloud: { capacity: 2, perSecond: 0.5 }, dc: { capacity: 2, perSecond: 0.5 } },
  });
  const get = (url: string, headers = cloud) => call(tight, 'GET', url, undefined, headers);
  await get('/rest/api/3/myself');
  await get('/rest/api/3/myself');
  const limited = await get('/rest/api/3/myself');
  expect(limited.status).toBe(429);
  expect(limited.headers).toMatchObject({
    'retry-after': '2',
    'x-ratelimit-remaining': '0',
    'ratelimit-reason': 'jira-burst-based',
  });
  expect(limited.headers['x-ratelimit-reset']).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/);
  expect((await get('/rest/api/3/serverInfo')).status).toBe(200);
  const first = await get('/rest/api/2/myself', dataCenter);
  expect(first.headers).toMatchObject({
    'x-ratelimit-limit': '2',
    'x-ratelimit-interval-seconds': '1',
    'retry-after': '0',
  });
  await get('/rest/api/2/myself', dataCenter);
  expect((await get('/rest/api/2/serverInfo', dataCenter)).status).toBe(429);
  await tight.close();
});

test('faults answer as told, so many times, as JSON or as a page', async () => {
  const rules = [
    { path: '/myself$', status: 429, retryAfter: 3, times: 1 },
    { path: '/project', status: 502, html: true },
  ];
  expect((await call(jira, 'PUT', '/sandbox/faults', { rules })).status).toBe(200);
  const limited = await call(jira, 'GET', '/rest/api/3/myself');
  expect([limited.status, limited.headers['retry-after']]).toEqual([429, '3']);
  expect((await call(jira, 'GET', '/rest/api/3/myself')).status).toBe(200);
  const page = await call(jira, 'GET', '/rest/api/3/project/CRMWYVLZZJ');
  expect([page.status, page.headers['content-type']]).toEqual([502, 'text/html; charset=utf-8']);
  expect((await call(jira, 'PUT', '/sandbox/faults', { rules: [{ status: 200 }] })).status).toBe(400);
  expect((await call(jira, 'DELETE', '/sandbox/faults')).status).toBe(204);
  expect((await call(jira, 'GET', '/rest/api/3/project/CRMWYVLZZJ')).status).toBe(200);
});
