import type { ConnectorApiOptions } from '../../../plugins-proxy/src/inbound/connector/connector-api';
import { IntegrationError } from '../../../plugins-proxy/src/platform/errors/integration-error';
import type { HttpClient } from '../../../plugins-proxy/src/platform/http-client/http-client';
import { cloudProfile } from '../../../plugins-proxy/src/clients/jira/profile';
import { intakeApp } from '../intake-app';

const apiToken = 'api-token-of-the-tests';
const connectorKey = 'connector-api-key-of-the-tests';
/** What another system answers that repeats what it was sent, in two forms. */
const basic = Buffer.from(apiToken).toString('base64');
const sentence = `Jira refused the request: not allowed with ${apiToken} (${basic}).`;
const refused = new IntegrationError(sentence, { code: 'jira-forbidden', errorClass: 'configuration', status: 403 });
const refuse = (): Promise<never> => Promise.reject(refused);

const http: HttpClient = { call: refuse, find: refuse, close: async () => undefined };
const connector: ConnectorApiOptions = {
  access: () => ({ basic: null, entra: null, apiKeys: [connectorKey] }),
  accepts: () => true,
  count: async () => undefined,
  context: {
    site: { http, profile: cloudProfile, url: 'http://localhost' },
    fields: refuse,
    at: () => Promise.reject(new Error('only one connection here')),
    budgetModule: refuse,
    mappedBudgets: { ofProject: refuse, ofId: refuse },
    longRunning: { start: refuse, read: refuse, hasQueued: refuse },
  },
};

const cleaned = 'Jira refused the request: not allowed with [redacted] ([redacted]).';
const step = {
  BusinessUnitId: 'e2b9dd85-e89e-e711-8122-000d3aa2331c',
  Depth: 1,
  InitiatingUserId: '75c2dd85-e89e-e711-8122-000d3aa2331c',
  UserId: '75c2dd85-e89e-e711-8122-000d3aa2331c',
  OperationCreatedOn: '/Date(1506409448000-0700)/',
  OperationId: '4af10637-4ea2-e711-8122-000d3aa2331c',
  CorrelationId: 'b374239d-4233-41a9-8b17-a86cb4f737b5',
  InputParameters: [],
  MessageName: 'Update',
  Mode: 0,
  PrimaryEntityId: '6d81597f-0f9f-e711-8122-000d3aa2331c',
  PrimaryEntityName: 'crmjira_opportunitytojiraproject',
  Stage: 20,
};

describe('R-1407 R-1225 what another system repeats of our secrets is cut out of every answer', () => {
  let parts: ReturnType<typeof intakeApp>;
  beforeEach(() => {
    parts = intakeApp({ JIRA_API_TOKEN: apiToken }, { connector, health: { ready: () => true, report: refuse } });
    parts.setDecision({ allowed: false, reasons: [`The move could not be checked. ${sentence}`] });
  });
  afterEach(async () => {
    await parts.app.close();
    await parts.store.close();
  });

  test.each([
    [
      'the connector',
      {
        method: 'GET' as const,
        url: '/rest/api/2/issue/CRMWYVLZZJ-1',
        headers: { authorization: `Bearer ${connectorKey}` },
      },
      502,
    ],
    [
      'the synchronous step, whose words a person reads on the form',
      {
        method: 'POST' as const,
        url: '/webhooks/dataverse/sync',
        payload: JSON.stringify(step),
        headers: { 'content-type': 'application/json', 'x-crmjira-key': 'step-key-of-the-tests-0001' },
      },
      400,
    ],
    ['health, when it cannot be told', { method: 'GET' as const, url: '/health' }, 403],
  ])('of %s', async (_what, request, status) => {
    const answer = await parts.app.inject(request);
    expect(answer.statusCode).toBe(status);
    expect(answer.json().message).toContain(cleaned);
    expect(answer.body).not.toContain(apiToken);
    expect(answer.body).not.toContain(basic);
    expect(answer.body).not.toMatch(/\n? +at /);
    expect(Number(answer.headers['content-length'])).toBe(Buffer.byteLength(answer.body));
  });
});
