import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { atlassianServer } from '../../../plugins-proxy/src/connections/personal/oauth/atlassian-server';
import { longestAnswer } from '../../../plugins-proxy/src/platform/http-client/answer-too-long';

let answer: RequestListener = () => undefined;
const bodies: string[] = [];
const standIn = createServer((request, response) => {
  let body = '';
  request.on('data', (piece) => (body += String(piece)));
  request.on('end', () => {
    bodies.push(body);
    answer(request, response);
  });
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => standIn.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(standIn.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => standIn.close(resolve)));
beforeEach(() => (bodies.length = 0));

const open = () =>
  atlassianServer({
    app: () => ({ clientId: 'app', clientSecret: 'app-secret-of-the-tests', authUrl: url, apiUrl: url }),
    redirectUri: 'https://crm-jira.example.ca/oauth/atlassian/callback',
    egress: { of: () => ({ require: async () => undefined, refusalOf: () => null }) },
    timeoutMs: 5_000,
    gateway: () => null,
    clock: { sleep: async () => undefined, random: () => 0 },
    redact: (text) => text,
    now: () => new Date('2025-01-20T14:00:00Z'),
  });

const says =
  (status: number, body: string, type = 'application/json'): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': type }).end(body);
const good = { access_token: 'a', refresh_token: 'r', expires_in: 3600, scope: 'read:jira-work' };

test('R-1822 tokens are asked for by the app, and their end is told', async () => {
  answer = says(200, JSON.stringify(good));
  const server = open();
  expect(await server.refresh('former')).toEqual({
    accessToken: 'a',
    refreshToken: 'r',
    expiresAt: '2025-01-20T15:00:00.000Z',
  });
  expect(JSON.parse(bodies[0] ?? '')).toEqual({
    grant_type: 'refresh_token',
    refresh_token: 'former',
    client_id: 'app',
    client_secret: 'app-secret-of-the-tests',
  });
  await server.close();
});

const page = '<html><body>Sign in: refresh-token-of-the-tests</body></html>';
test.each<readonly [string, string, string, RequestListener]>([
  ['a refresh token that has ended', 'jira-credentials', 'configuration', says(403, '{"error":"invalid_grant"}')],
  ['the same as it is said too', 'jira-credentials', 'configuration', says(403, '{"error":"unauthorized_client"}')],
  ['an app that is unknown', 'jira-refused', 'configuration', says(401, '{"error":"access_denied"}')],
  ['a server that is down', 'jira-unavailable', 'transient', says(503, '{"error":"invalid_grant"}')],
  ['too many calls', 'jira-rate-limit', 'transient', says(429, '{"error":"invalid_grant"}')],
  ['a page in place of data', 'jira-page', 'configuration', says(200, page, 'text/html')],
  ['a page with a refusal', 'jira-forbidden', 'configuration', says(403, page, 'text/html')],
  [
    'an answer without a refresh token',
    'unexpected-answer',
    'configuration',
    says(200, '{"access_token":"a","expires_in":60}'),
  ],
  [
    'a lifetime that is none',
    'unexpected-answer',
    'configuration',
    says(200, JSON.stringify({ ...good, expires_in: -1 })),
  ],
  [
    'tokens that are too long',
    'unexpected-answer',
    'configuration',
    says(200, JSON.stringify({ ...good, access_token: 'x'.repeat(20_001) })),
  ],
  ['what is not JSON', 'unexpected-answer', 'transient', says(200, '{"access_token":"refresh-token-of-the-tests')],
  ['more than anybody reads', 'unexpected-answer', 'configuration', says(200, `"${'x'.repeat(longestAnswer)}"`)],
])('R-1822 the token endpoint gives %s: %s, and no word of it is told', async (_what, code, errorClass, given) => {
  answer = given;
  const server = open();
  const error = await server.refresh('refresh-token-of-the-tests').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code, errorClass });
  expect(String(error)).not.toMatch(/of-the-tests|<html/);
  await server.close();
});

test('R-1822 a code is exchanged once: an answer that was lost is not asked for again', async () => {
  answer = (request) => void request.socket.destroy();
  const server = open();
  await expect(server.redeem('code')).rejects.toMatchObject({ errorClass: 'transient' });
  expect(bodies).toHaveLength(1);
  await server.close();
});

test('R-1822 the sites that a token reaches are read with it alone', async () => {
  let shown = '';
  answer = (request, response) => {
    shown = String(request.headers.authorization);
    says(
      200,
      JSON.stringify([
        { id: '0a0a0a0a-0000-4000-8000-000000000003', url: 'https://company.atlassian.net', scopes: [] },
      ]),
    )(request, response);
  };
  const server = open();
  expect(await server.sites('access')).toEqual([
    { cloudId: '0a0a0a0a-0000-4000-8000-000000000003', url: 'https://company.atlassian.net' },
  ]);
  expect(shown).toBe('Bearer access');
  await server.close();
});
