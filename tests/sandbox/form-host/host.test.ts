import type { FastifyInstance } from 'fastify';
import { createFormHost } from '../../../sandbox/src/form-host/index';
import { type SeenRequest, startFakeDataverse } from './fake-dataverse';

const own = { host: 'localhost:4000' };
let dataverse: FastifyInstance;
let seen: SeenRequest[];
let host: FastifyInstance;

beforeAll(async () => {
  const fake = await startFakeDataverse();
  dataverse = fake.app;
  seen = fake.seen;
  host = createFormHost({
    port: 4000,
    organizationId: '5a8d2c1e-0000-4000-8000-00000000c0de',
    endpoints: {
      dataverse: {
        url: fake.url,
        api: '/api/data/v9.2/',
        tokenUrl: `${fake.url}/token`,
        tenantId: 't',
        clientId: 'c',
        clientSecret: 'tools-secret',
        scope: `${fake.url}/.default`,
      },
      jira: { url: fake.url, email: 'a@company.com', apiToken: 'jira-secret', pat: 'p', webhookSecret: 'w' },
      sites: [
        {
          name: 'Jira',
          deployment: 'cloud',
          url: 'http://127.0.0.1:1',
          email: 'e',
          apiToken: 't',
          pat: 'p',
          webhookSecret: 's',
        },
      ],
      sentry: { url: 'http://127.0.0.1:1', organization: 'o', token: 't', clientSecret: 's' },
      inventory: { url: 'http://127.0.0.1:1/inventory', token: 't' },
      workOrders: { url: 'http://127.0.0.1:1/work-orders', wsdl: 'w', user: 'u', password: 'p' },
      proxy: { url: 'http://localhost:4030' },
    },
  });
});
beforeEach(() => seen.splice(0));
afterAll(async () => {
  await host.close();
  await dataverse.close();
});

test('another host name is refused: DNS rebinding', async () => {
  const answer = await host.inject({ url: '/endpoints.json', headers: { host: 'evil.example:4000' } });
  expect(answer.statusCode).toBe(421);
  expect(answer.body).not.toContain('secret');
});

test('a call that another site started is refused', async () => {
  const headers = { ...own, origin: 'http://evil.example', 'content-type': 'application/json' };
  const answer = await host.inject({ method: 'POST', url: '/api/data/v9.2/opportunities', headers, payload: '{}' });
  expect(answer.statusCode).toBe(403);
  expect(seen).toEqual([]);
});

test('the page loads from its own origin only', async () => {
  const page = await host.inject({ url: '/main.aspx?pagetype=entityrecord', headers: own });
  const policy = String(page.headers['content-security-policy']);
  expect(policy).toMatch(/default-src 'none'; script-src 'self'; style-src 'self' 'nonce-/);
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(page.body).not.toMatch(/https?:\/\//);
});

test('the page never carries a secret', async () => {
  const [page, definition] = await Promise.all([
    host.inject({ url: '/', headers: own }),
    host.inject({ url: '/host/definition.json', headers: own }),
  ]);
  expect(definition.statusCode).toBe(200);
  expect(page.body + definition.body).not.toMatch(/tools-secret|jira-secret|token-of/);
});

test('endpoints.json keeps the contract of ADR-24', async () => {
  const { personas, ...contract } = (await host.inject({ url: '/endpoints.json', headers: own })).json();
  expect(Object.keys(contract)).toEqual(['dataverse', 'jira', 'sites', 'sentry', 'inventory', 'workOrders', 'proxy']);
  expect(Object.keys(contract.dataverse)).toEqual([
    'url',
    'api',
    'tokenUrl',
    'tenantId',
    'clientId',
    'clientSecret',
    'scope',
  ]);
  expect(Object.keys(contract.jira)).toEqual(['url', 'email', 'apiToken', 'pat', 'webhookSecret']);
  expect(Object.keys(contract.proxy)).toEqual(['url']);
  expect(personas).toHaveLength(4);
});

test('a Web API call goes on with the token of the persona that the cookie names', async () => {
  const headers = { ...own, cookie: 'crmjira-persona=project-manager', prefer: 'odata.maxpagesize=2' };
  const answer = await host.inject({ url: '/api/data/v9.2/opportunities?$top=1', headers });
  expect(answer.json()).toEqual({ value: [{ name: 'Acme' }] });
  const asked = seen.find((one) => one.url.startsWith('/api/data'));
  expect(asked).toMatchObject({
    url: '/api/data/v9.2/opportunities?$top=1',
    headers: { authorization: 'Bearer token-of-project.manager@company.com', prefer: 'odata.maxpagesize=2' },
  });
  expect(asked?.headers).not.toHaveProperty('cookie');
  expect(answer.headers).not.toHaveProperty('set-cookie');
});

test('an unknown persona is the sales rep', async () => {
  await host.inject({ url: '/api/data/v9.2/opportunities', headers: { ...own, cookie: 'crmjira-persona=root' } });
  expect(seen.at(-1)?.headers['authorization']).toBe('Bearer token-of-opportunity.owner@company.com');
});

test('a write goes on byte for byte and comes back with an address on this origin', async () => {
  const answer = await host.inject({
    method: 'POST',
    url: '/api/data/v9.2/opportunities',
    headers: { ...own, 'content-type': 'application/json' },
    payload: '{"name":"Zoë"}',
  });
  expect(answer.statusCode).toBe(204);
  expect(answer.headers['odata-entityid']).toBe('/api/data/v9.2/opportunities(1)');
  expect(seen.at(-1)?.body).toEqual({ name: 'Zoë' });
});

test('one signs in as a person that exists, by a cookie that scripts cannot read', async () => {
  const post = (id: string) => host.inject({ method: 'POST', url: '/host/persona', headers: own, payload: { id } });
  const known = await post('admin');
  expect([known.statusCode, known.headers['set-cookie']]).toEqual([
    204,
    'crmjira-persona=admin; Path=/; HttpOnly; SameSite=Strict',
  ]);
  expect((await post('root')).statusCode).toBe(400);
});

test('files outside the built folders are not served', async () => {
  for (const url of ['/host/..%2f..%2fpackage.json', '/platform/package.json', '/controls/x/bundle.js'])
    expect((await host.inject({ url, headers: own })).statusCode).toBeGreaterThanOrEqual(400);
});

test('work that cannot be is not sent to Jira', async () => {
  const answer = await host.inject({
    method: 'POST',
    url: '/host/jira/worklogs',
    headers: own,
    payload: { person: '', issueKey: 'X-1', hours: -4, comment: '', rate: 125, currency: 'CAD' },
  });
  expect(answer.statusCode).toBe(400);
});
