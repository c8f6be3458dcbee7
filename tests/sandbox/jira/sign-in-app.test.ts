import { CLOUD_ID, createJira, type Jira } from '../../../sandbox/src/jira';

const app = {
  clientId: 'app',
  clientSecret: 'secret-of-the-tests',
  name: 'CRM-JIRA',
  callbackUrls: ['http://localhost:4030/oauth/atlassian/callback'],
  scopes: ['read:jira-work', 'write:jira-work', 'read:jira-user'],
};
const publicUrl = 'http://localhost:4020';
let now = new Date('2025-01-20T14:00:00Z');
let jira: Jira;
beforeEach(async () => {
  now = new Date('2025-01-20T14:00:00Z');
  jira = await createJira({ stateFile: ':memory:', publicUrl, credentials: [], oauthApps: [app], clock: () => now });
  jira.site.addUser({ email: 'olivia@company.com', displayName: 'Olivia', accountId: 'olivia' });
});
afterEach(() => jira.close());

const asked = (over: Record<string, string> = {}) => ({
  audience: 'api.atlassian.com',
  client_id: app.clientId,
  scope: 'read:jira-work read:jira-user offline_access',
  redirect_uri: app.callbackUrls[0] ?? '',
  state: 'the state',
  response_type: 'code',
  prompt: 'consent',
  ...over,
});
const open = (over: Record<string, string> = {}) =>
  jira.app.inject({ url: `/authorize?${new URLSearchParams(asked(over)).toString()}` });
async function allow(over: Record<string, string> = {}): Promise<URL> {
  const answer = await jira.app.inject({
    method: 'POST',
    url: '/authorize',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      ...asked(),
      person: 'olivia',
      answer: 'accept',
      site: publicUrl,
      ...over,
    }).toString(),
  });
  return new URL(String(answer.headers.location));
}
const ask = async (form: Record<string, string>) => {
  const payload = { client_id: app.clientId, client_secret: app.clientSecret, ...form };
  const answer = await jira.app.inject({ method: 'POST', url: '/oauth/token', payload });
  return { status: answer.statusCode, body: answer.json<Record<string, string>>() };
};
const redeem = (url: URL, over: Record<string, string> = {}) =>
  ask({
    grant_type: 'authorization_code',
    code: url.searchParams.get('code') ?? '',
    redirect_uri: app.callbackUrls[0] ?? '',
    ...over,
  });
const refresh = (token = '') => ask({ grant_type: 'refresh_token', refresh_token: token });
const call = async (token = '', path = '/rest/api/3/myself', method: 'GET' | 'POST' = 'GET', id = CLOUD_ID) =>
  (await jira.app.inject({ method, url: `/ex/jira/${id}${path}`, headers: { authorization: `Bearer ${token}` } }))
    .statusCode;

test('R-1822 a code gives tokens once, to its app and address', async () => {
  expect((await open()).body).toContain('is requesting access to your Atlassian account');
  const url = await allow();
  expect(url.searchParams.get('state')).toBe('the state');
  expect((await ask({ grant_type: 'refresh_token', refresh_token: 'x', client_secret: 'wrong' })).status).toBe(401);
  const { status, body } = await redeem(url);
  expect([status, body]).toEqual([200, expect.objectContaining({ expires_in: 3600, token_type: 'Bearer' })]);
  expect(await redeem(url)).toMatchObject({ status: 403, body: { error: 'invalid_grant' } });
  expect((await redeem(await allow(), { redirect_uri: 'http://localhost:4030/other' })).status).toBe(403);
  const sites = await jira.app.inject({
    url: '/oauth/token/accessible-resources',
    headers: { authorization: `Bearer ${body['access_token']}` },
  });
  expect(sites.json()).toMatchObject([{ id: CLOUD_ID, url: publicUrl, scopes: ['read:jira-work', 'read:jira-user'] }]);
});

test('R-1822 what the app may not have, or was not given, is refused', async () => {
  expect((await open({ redirect_uri: 'https://evil.example.com/' })).statusCode).toBe(400);
  const wide = await open({ scope: 'manage:jira-configuration' });
  expect(String(wide.headers.location)).toContain('error=invalid_scope');
  expect((await allow({ answer: 'cancel' })).searchParams.get('error')).toBe('access_denied');
  const { body } = await redeem(await allow());
  expect(await call(body['access_token'])).toBe(200);
  expect(await call(body['access_token'], '/rest/api/3/issue', 'POST')).toBe(401);
  expect(await call(body['access_token'], '/rest/api/3/myself', 'GET', 'another-site')).toBe(401);
  expect(await call('no-token')).toBe(401);
  const { body: elsewhere } = await redeem(await allow({ site: 'https://another-company.atlassian.net' }));
  expect(await call(elsewhere['access_token'])).toBe(401);
});

test('R-1822 refresh tokens rotate: the former is taken for ten minutes more, and access ends after an hour', async () => {
  const { body: first } = await redeem(await allow());
  const { body: second } = await refresh(first['refresh_token']);
  expect(second['refresh_token']).not.toBe(first['refresh_token']);
  now = new Date('2025-01-20T14:09:59Z');
  expect((await refresh(first['refresh_token'])).status).toBe(200);
  now = new Date('2025-01-20T14:10:00Z');
  expect(await refresh(first['refresh_token'])).toMatchObject({
    status: 403,
    body: { error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' },
  });
  now = new Date('2025-01-20T15:00:00Z');
  expect(await call(first['access_token'])).toBe(401);
});

test('R-1822 whoever removes the access of the app ends its tokens', async () => {
  const { body } = await redeem(await allow());
  expect((await jira.app.inject({ url: '/people' })).body).toContain('Connected app');
  const [grant] = jira.site.grants.all();
  await jira.app.inject({
    method: 'POST',
    url: '/grants/revoke',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: `grant=${grant?.id}`,
  });
  expect(await call(body['access_token'])).toBe(401);
  expect((await refresh(body['refresh_token'])).status).toBe(403);
});
