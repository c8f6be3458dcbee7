import { z } from 'zod';
import { secretsOf } from '../../../../plugins-proxy/src/platform/config/secrets-of';
import { readConfig } from '../../../../plugins-proxy/src/platform/config/read-config';
import { createProxy } from '../../../../plugins-proxy/src/create-proxy';
import { createLogger } from '../../../../plugins-proxy/src/platform/log/create-logger';
import { keepLines } from '../../log-lines';
import { dataCenter, startStandIns } from '../../stand-ins';

const seconds = 60_000;
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function relayInSandbox(over: Record<string, string> = {}) {
  const standIns = await startStandIns(() => new Date());
  stops.push(() => standIns.close());
  const { DATAVERSE_URL: dataverse = '', DATAVERSE_TENANT_ID: tenant = '' } = standIns.environment;
  const config = readConfig({
    ...standIns.environment,
    RELAY_ENABLED: 'true',
    RELAY_AUDIENCE: dataverse,
    RELAY_ISSUER: `${dataverse}/${tenant}/`,
    RELAY_KEYS_URL: `${dataverse}/${tenant}/discovery/v2.0/keys`,
    ...over,
  });
  const { stream, lines } = keepLines();
  const proxy = await createProxy(config, createLogger('info', secretsOf(config), stream));
  stops.push(() => proxy.stop());
  const url = await proxy.start();
  const response = await fetch(config.dataverse.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: standIns.environment['REGISTRATION_CLIENT_ID'] ?? '',
      client_secret: standIns.environment['REGISTRATION_CLIENT_SECRET'] ?? '',
      username: 'opportunity.owner@company.com',
      password: 'sandbox',
      scope: `${dataverse}/.default`,
    }),
  });
  const { access_token: token } = z.object({ access_token: z.string() }).parse(await response.json());
  const call = async (method: string, path: string, body?: unknown): Promise<[number, unknown]> => {
    const answer = await fetch(`${url}/relay/jira${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return [answer.status, text === '' ? null : JSON.parse(text)];
  };
  return { call, lines };
}

describe('the relay between the Entra and the Jira stand-in (R-902)', () => {
  test(
    'a person’s token does what the connector does: project, issue, worklog, search, budget',
    async () => {
      const { call, lines } = await relayInSandbox();
      expect(await call('GET', '/rest/api/3/myself')).toMatchObject([
        200,
        { displayName: 'Power Platform Integration' },
      ]);
      const account = z
        .tuple([z.number(), z.object({ accountId: z.string() })])
        .parse(await call('GET', '/rest/api/3/myself'))[1];
      const project = {
        key: 'RELAY',
        name: 'Relay',
        projectTypeKey: 'software',
        projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic',
        leadAccountId: account.accountId,
      };
      expect(await call('POST', '/rest/api/3/project', project)).toMatchObject([201, { key: 'RELAY' }]);
      expect(await call('GET', '/rest/api/3/project/search?query=Relay')).toMatchObject([200, { total: 1 }]);
      expect(await call('GET', '/rest/api/3/project/RELAY')).toMatchObject([200, { name: 'Relay' }]);
      expect(await call('GET', '/rest/api/3/projectvalidate/key?key=RELAY')).toMatchObject([200, { errors: {} }]);
      const fields = { project: { key: 'RELAY' }, issuetype: { name: 'Story' }, summary: 'Through the relay' };
      expect(await call('POST', '/rest/api/3/issue', { fields })).toMatchObject([201, { key: 'RELAY-1' }]);
      expect(await call('PUT', '/rest/api/3/issue/RELAY-1', { fields: { summary: 'Changed' } })).toEqual([204, null]);
      expect(await call('GET', '/rest/api/3/issue/RELAY-1?fields=summary')).toMatchObject([
        200,
        { fields: { summary: 'Changed' } },
      ]);
      const worklog = { timeSpentSeconds: 3_600, started: '2025-01-17T09:00:00.000+0000' };
      expect(await call('POST', '/rest/api/3/issue/RELAY-1/worklog', worklog)).toMatchObject([201, {}]);
      expect(await call('GET', '/rest/api/3/issue/RELAY-1/worklog?maxResults=5')).toMatchObject([200, { total: 1 }]);
      expect(await call('GET', '/rest/api/3/search/jql?jql=project%20%3D%20RELAY&fields=key')).toMatchObject([
        200,
        { issues: [{ key: 'RELAY-1' }] },
      ]);
      const budget = {
        name: 'Budget for Relay',
        projectKey: 'RELAY',
        amount: 98_765.43,
        currency: 'CAD',
        budgetType: 'TOTAL_BUDGET',
        period: { from: '2025-01-01', to: '2025-12-31' },
      };
      const [status, created] = await call('POST', '/rest/tempo-budgets/1/budget', budget);
      expect([status, created]).toMatchObject([201, { amount: 98_765.43 }]);
      const { id } = z.object({ id: z.coerce.string() }).parse(created);
      expect((await call('GET', `/rest/tempo-budgets/1/budget/${id}`))[0]).toBe(200);
      expect((await call('GET', `/rest/tempo-budgets/1/budget/${id}/spending`))[0]).toBe(200);
      expect((await call('GET', '/rest/tempo-budgets/1/budget?projectKey=RELAY'))[0]).toBe(200);

      expect(await call('POST', '/rest/api/3/issue', { fields: { project: { key: 'RELAY' } } })).toMatchObject([
        400,
        { code: 'jira-refused', fields: { summary: expect.any(String) } },
      ]);
      expect(await call('GET', '/rest/api/3/issue/RELAY-99')).toMatchObject([404, { code: 'jira-not-found' }]);
      expect(await call('GET', '/rest/webhooks/1.0/webhook')).toMatchObject([404, { code: 'not-allowed' }]);
      const written = lines.join('');
      expect(written).toContain('"operation":"GetBudgetSpending"');
      expect(written).not.toContain('98765.43');
    },
    seconds,
  );

  test(
    'the same path serves Data Center',
    async () => {
      const { call } = await relayInSandbox(dataCenter);
      expect(await call('GET', '/rest/api/2/myself')).toMatchObject([200, { name: expect.any(String) }]);
      expect(await call('GET', '/rest/api/2/project')).toMatchObject([200, []]);
      expect(await call('GET', '/rest/api/2/search?jql=ORDER%20BY%20created&maxResults=1')).toMatchObject([
        200,
        { total: 0 },
      ]);
    },
    seconds,
  );

  test(
    'a token for another role, as configured, is turned away',
    async () => {
      const { call } = await relayInSandbox({ RELAY_ROLES: 'Relay.Read' });
      expect(await call('GET', '/rest/api/3/myself')).toMatchObject([403, { code: 'role-missing' }]);
    },
    seconds,
  );
});
