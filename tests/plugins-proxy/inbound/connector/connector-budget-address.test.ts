import Fastify, { type FastifyInstance } from 'fastify';
import { connectorApi } from '../../../../plugins-proxy/src/inbound/connector/connector-api';
import { createJiraHttp } from '../../../../plugins-proxy/src/clients/jira/jira-http';
import { cloudProfile } from '../../../../plugins-proxy/src/clients/jira/profile';
import { type RecordedServer, recordedServer } from '../../recorded-server';

const key = 'connector-api-key-of-the-tests';
const headers = { authorization: `Bearer ${key}` };
const budget = {
  id: 'BUD-1',
  name: 'Budget',
  projectKey: 'INFRA',
  amount: 1,
  currency: 'CAD',
  status: 'Draft',
  period: { from: '2025-01-01', to: '2025-12-31' },
};
let answer: Parameters<typeof recordedServer>[0];
let server: RecordedServer;
let app: FastifyInstance;
const refuse = (): Promise<never> => Promise.reject(new Error('not asked here'));

beforeEach(async () => {
  server = await recordedServer((request) => answer(request));
  const http = createJiraHttp({
    url: server.url,
    credentials: { kind: 'bearer', pat: 'pat-of-the-tests' },
    timeoutMs: 5_000,
  });
  app = Fastify();
  app.addHook('onClose', () => http.close());
  await app.register(connectorApi, {
    access: () => ({ basic: null, apiKeys: [key] }),
    accepts: () => true,
    count: async () => undefined,
    context: {
      site: { http, profile: cloudProfile, url: server.url },
      fields: refuse,
      at: () => Promise.reject(new Error('only one connection here')),
      budgetModule: async () => '/rest/budgets/2',
      mappedBudgets: { ofProject: refuse, ofId: refuse },
      longRunning: { start: refuse, read: refuse, hasQueued: refuse },
    },
  });
});
afterEach(async () => {
  await app.close();
  await server.close();
});

test('R-902, R-513 every budget operation goes to the address that crmjira_BudgetApiBaseUrl names', async () => {
  answer = ({ path }) => ({
    body: path.endsWith('/spending')
      ? { budgetId: 'BUD-1', projectKey: 'INFRA', totalSpent: 0, currency: 'CAD' }
      : budget,
  });
  const url = '/rest/tempo-budgets/1/budget';
  const { name, projectKey, amount, currency, period } = budget;
  const calls = [
    ['GET', `${url}?projectKey=INFRA`],
    ['POST', url, { name, projectKey, amount, currency, period }],
    ['GET', `${url}/BUD-1`],
    ['PUT', `${url}/BUD-1`, { amount: 2 }],
    ['GET', `${url}/BUD-1/spending`],
  ] as const;
  for (const [method, at, payload] of calls) {
    const { statusCode } = await app.inject({ method, url: at, headers, ...(payload && { payload }) });
    expect([at, Math.floor(statusCode / 100)]).toEqual([at, 2]);
  }
  expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /rest/budgets/2/budget',
    'POST /rest/budgets/2/budget',
    'GET /rest/budgets/2/budget/BUD-1',
    'PUT /rest/budgets/2/budget/BUD-1',
    'GET /rest/budgets/2/budget/BUD-1/spending',
  ]);
});

test.each([
  ['the module that knows no such project', 'No project could be found with key INFRA.', 200, { budgets: [] }],
  [
    'a site without the module',
    'HTTP 404 Not Found: null for uri: https://jira/rest/budgets/2/budget',
    502,
    expect.objectContaining({ code: 'budget-source-not-available' }),
  ],
])('R-907, R-513 a 404 of %s is told as what it is', async (_, words, status, body) => {
  answer = () => ({ status: 404, body: { errorMessages: [words] } });
  const said = await app.inject({ method: 'GET', url: '/rest/tempo-budgets/1/budget?projectKey=INFRA', headers });
  expect([said.statusCode, said.json()]).toEqual([status, body]);
});
