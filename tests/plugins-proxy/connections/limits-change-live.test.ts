import { createServer, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { money } from '../../../domain/src/money/money';
import { createDataverseClient } from '../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { budgetPath } from '../../../plugins-proxy/src/capabilities/budget/source/budget-module/budget-path';
import { createBudgetModuleSource } from '../../../plugins-proxy/src/capabilities/budget/source/budget-module/budget-module-source';
import { createJiraHttp, type JiraHttpOptions } from '../../../plugins-proxy/src/clients/jira/jira-http';
import { judgeDeployment } from '../../../plugins-proxy/src/clients/jira/judge-deployment';
import { createMetadataCache } from '../../../plugins-proxy/src/clients/jira/metadata-cache';
import { cloudProfile } from '../../../plugins-proxy/src/clients/jira/profile';
import { askSite, requireDeployment } from '../../../plugins-proxy/src/clients/jira/require-deployment';
import { freePort } from '../../free-port';
import { recordedServer } from '../recorded-server';
import { basic } from '../relay-world';
import { startWorld, stopWorlds } from '../world';

const credentials = { kind: 'bearer', pat: 'pat-of-the-tests' } as const;
const clock = { sleep: async () => undefined, random: () => 0 };
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A server that answers when the test says so. */
async function holding() {
  const held: ServerResponse[] = [];
  const watchers: (() => void)[] = [];
  const server = createServer((_request, response) => {
    held.push(response);
    watchers.splice(0).forEach((watch) => watch());
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  stops.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    held,
    until: async (count: number): Promise<void> => {
      while (held.length < count) await new Promise<void>((resolve) => watchers.push(resolve));
    },
    answer: (): void =>
      held.splice(0).forEach((one) => one.writeHead(200, { 'content-type': 'application/json' }).end('{}')),
  };
}

function jira(url: string, over: Partial<JiraHttpOptions>) {
  const http = createJiraHttp({ url, credentials, timeoutMs: 60_000, clock, ...over });
  stops.unshift(() => http.close());
  return () => http.call({ method: 'GET', path: '/x', schema: z.unknown() });
}

test('R-909 crmjira_MaxConnections that is raised holds from the next call on; what waits on the old ones is still answered', async () => {
  const server = await holding();
  let connections = 1;
  const call = jira(server.url, { connections: () => connections });
  const first = [call(), call()];
  await server.until(1);
  connections = 3;
  const more = [call(), call(), call()];
  await server.until(4);
  // One of the two before, and all three of after.
  expect(server.held).toHaveLength(4);
  server.answer();
  await Promise.all(more);
  await server.until(1);
  server.answer();
  expect(await Promise.all(first)).toHaveLength(2);
});

test('R-909 crmjira_ConnectionTimeoutSeconds that is lowered ends a call to Jira or Dataverse that nobody answers', async () => {
  const server = await holding();
  let timeoutMs = 600_000;
  const call = jira(server.url, { timeoutMs: () => timeoutMs });
  const dataverse = createDataverseClient({
    url: server.url,
    tokens: { token: async () => 'token-of-the-tests', drop: () => undefined },
    timeoutMs: () => timeoutMs,
    clock,
  });
  timeoutMs = 100;
  await expect(call()).rejects.toMatchObject({ errorClass: 'transient' });
  await expect(dataverse.whoAmI()).rejects.toMatchObject({ errorClass: 'transient' });
});

test('R-909 crmjira_ConnectionTimeoutSeconds holds for the relay of the service as well', async () => {
  stops.push(stopWorlds);
  const silent = '/rest/api/3/issue/SILENT-1';
  const over = {
    RELAY_ENABLED: 'true',
    RELAY_BASIC_USER: 'jira-gateway',
    RELAY_BASIC_PASSWORD: 'gateway-password-of-the-tests',
  };
  const seconds = { crmjira_ConnectionTimeoutSeconds: '2' };
  const world = await startWorld('2025-01-16T14:00:00Z', over, seconds, ({ jira: standIn }) => {
    standIn.app.addHook('onRequest', (request, _reply, done) => {
      if (request.url !== silent) done();
    });
  });
  const began = Date.now();
  const response = await fetch(`${world.proxyUrl}/relay/jira${silent}`, { headers: { authorization: basic } });
  expect([response.status, await response.json()]).toMatchObject([504, { code: 'jira-timeout' }]);
  // By the service's own default it would be 30.
  expect(Date.now() - began).toBeLessThan(25_000);
});

test('R-604 crmjira_GatewayRequestsPerMinute that is set spreads the calls from then on, and no more once it is taken back', async () => {
  const server = await recordedServer(() => ({ body: {} }));
  stops.push(() => server.close());
  const slept: number[] = [];
  let perMinute: number | null = null;
  const call = jira(server.url, {
    callsPerMinute: () => perMinute,
    clock: { ...clock, sleep: async (ms) => void slept.push(ms) },
    now: () => 0,
  });
  for (let n = 0; n < 5; n += 1) await call();
  expect(slept).toEqual([]);
  perMinute = 10;
  for (let n = 0; n < 3; n += 1) await call();
  expect(slept).toHaveLength(2);
  expect(slept[0]).toBeGreaterThan(1_000);
  perMinute = null;
  await call();
  expect(slept).toHaveLength(2);
});

describe('crmjira_JiraDeployment (R-906)', () => {
  test.each([
    ['cloud', 'cloud', 'fits'],
    ['cloud', 'dc', 'refused'],
    ['cloud', 'server', 'refused'],
    ['cloud', null, 'fits'],
  ] as const)('R-906 on a site that is %s, "%s" is %s', (type, said, verdict) => {
    expect(judgeDeployment({ type, version: '1001.0.0' }, 'basic', said).verdict).toBe(verdict);
  });

  test.each([
    ['dc', 'fits'],
    ['server', 'fits'],
    ['cloud', 'refused'],
  ] as const)('R-906 on a Data Center, "%s" is %s', (said, verdict) => {
    expect(judgeDeployment({ type: 'server', version: '10.3.24' }, 'bearer', said).verdict).toBe(verdict);
  });

  test('R-906 stops all work with a site that is another than said, until it is corrected, without asking the site again', async () => {
    const server = await recordedServer(() => ({ body: { version: '10.3.24', deploymentType: 'Server' } }));
    stops.push(() => server.close());
    const http = createJiraHttp({ url: server.url, credentials, timeoutMs: 5_000 });
    stops.unshift(() => http.close());
    let said: 'cloud' | 'dc' | null = null;
    const cache = createMetadataCache(() => 0);
    const check = requireDeployment(
      () => askSite(http),
      'bearer',
      cache,
      () => said,
    );
    await check();
    said = 'cloud';
    await expect(check()).rejects.toMatchObject({
      code: 'jira-deployment',
      message: expect.stringContaining('crmjira_JiraDeployment is "cloud", but Jira says that it is Server'),
    });
    said = 'dc';
    await check();
    expect(server.seen).toHaveLength(1);
  });
});

describe('crmjira_BudgetApiBaseUrl (R-513)', () => {
  test.each([
    ['https://jira.company.com', null, '/rest/tempo-budgets/1'],
    ['https://jira.company.com', 'https://jira.company.com/rest/tempo-budgets/1/', '/rest/tempo-budgets/1'],
    ['https://jira.company.com', 'https://jira.company.com/rest/budgets/2', '/rest/budgets/2'],
    ['https://company.com/jira', 'https://company.com/jira/rest/budgets/2/', '/rest/budgets/2'],
  ])('R-513 at %s, %s leads to %s', (site, address, path) => {
    expect(budgetPath(site, address)).toBe(path);
  });

  test.each([
    ['https://jira.company.com', 'https://elsewhere.example/rest/tempo-budgets/1/'],
    ['https://jira.company.com', 'http://jira.company.com/rest/tempo-budgets/1/'],
    ['https://jira.company.com', 'https://me@jira.company.com/rest/tempo-budgets/1/'],
    ['https://company.com/jira', 'https://company.com/rest/budgets/2/'],
  ])('R-1212 with Jira at %s, %s is refused: its credentials would go there', (site, address) => {
    expect(() => budgetPath(site, address)).toThrow(/crmjira_BudgetApiBaseUrl is at .* does not belong to JIRA_URL/);
  });

  test('R-513 the budget is read and written there, as soon as it is set', async () => {
    const server = await recordedServer(() => ({ body: { id: '7', projectKey: 'CRMABCDEFG', amount: 1 } }));
    stops.push(() => server.close());
    const http = createJiraHttp({ url: server.url, credentials, timeoutMs: 5_000 });
    stops.unshift(() => http.close());
    let address: string | null = null;
    const source = createBudgetModuleSource({ http, profile: cloudProfile, url: server.url }, () => address);
    const action = {
      kind: 'budget.set-amount',
      budgetId: '7',
      projectId: '10150',
      amount: money(30_000_000, 'CAD'),
    } as const;
    await source.setAmount(action);
    address = `${server.url}/rest/budgets/2/`;
    await source.setAmount(action);
    expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PUT /rest/tempo-budgets/1/budget/7',
      'PUT /rest/budgets/2/budget/7',
    ]);
  });
});
