import { connectionFaultWords, Deployment, sayFault } from '@crmjira/domain';
import { z } from 'zod';
import { testIntegration } from '../../../../plugins-proxy/src/capabilities/integrations/test-integration';
import type {
  IntegrationProvider,
  TestReport,
} from '../../../../plugins-proxy/src/connections/providers/integration-provider';
import { integrationProviders } from '../../../../plugins-proxy/src/connections/providers/integration-providers';
import { IntegrationError } from '../../../../plugins-proxy/src/platform/errors/integration-error';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const secret = 'a-secret-of-the-conformance-tests';
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ message: secret }));
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const egress = { of: () => ({ require: async () => undefined, refusalOf: () => null }) };
const providers = integrationProviders({ egress });

/** Settings and secrets that are complete, by provider. */
const complete: Readonly<Record<string, () => { readonly settings: object; readonly secrets: object }>> = {
  jira: () => ({ settings: { url, deployment: Deployment.JiraDataCenter }, secrets: { token: secret } }),
  ad: () => ({
    settings: {
      host: '127.0.0.1',
      port: Number(new URL(url).port),
      protection: 'ldaps',
      baseDn: 'dc=company,dc=com',
      userSearch: 'dc=company,dc=com',
      groupSearch: 'dc=company,dc=com',
    },
    secrets: { bindDn: `cn=${secret}`, password: secret },
  }),
  rest: () => ({ settings: { url, signIn: 'bearer' }, secrets: { token: secret } }),
  soap: () => ({
    settings: { url, signIn: 'basic', envelope: '<a/>' },
    secrets: { username: 'somebody', password: secret },
  }),
  notification: () => ({ settings: { adapter: 'slack', url }, secrets: { address: `${url}/${secret}` } }),
};

/** What stands in a form before anything is entered. */
const empty: Readonly<Record<string, () => object>> = {
  jira: () => ({}),
  ad: () => ({ ...complete['ad']!().settings, host: '' }),
  rest: () => ({ url: '' }),
  soap: () => ({ url: '' }),
  notification: () => ({ url: '' }),
};
/** Questions of SOAP are posted, as is the message by which a target of notifications is tested. */
const posts: readonly string[] = ['soap', 'notification'];

const property = z.object({ writeOnly: z.boolean().optional() });
/** Properties that a schema names, and the one that it has for all others. */
function propertiesOf(schema: z.ZodType): readonly z.output<typeof property>[] {
  const { properties = {}, additionalProperties } = z
    .object({
      properties: z.record(z.string(), property).optional(),
      additionalProperties: property.or(z.literal(false)).optional(),
    })
    .parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  return [...Object.values(properties), ...(additionalProperties ? [additionalProperties] : [])];
}

describe.each(providers.map((provider) => [provider.code, provider] as const))('%s', (code, provider) => {
  test('R-1601, R-1620: its schema marks what is secret, and no setting is', () => {
    expect(propertiesOf(provider.settings).filter(({ writeOnly }) => writeOnly === true)).toEqual([]);
    const secrets = propertiesOf(provider.secrets);
    expect(secrets.length).toBeGreaterThan(0);
    expect(secrets.filter(({ writeOnly }) => writeOnly !== true)).toEqual([]);
  });

  test('R-1609, R-1618: a test only reads, tells of its fault in words, and nothing secret stands in its report', async () => {
    const { settings, secrets } = complete[code]!();
    asked.length = 0;
    const answer = await testIntegration(
      provider,
      { id: 'x', settings: provider.settings.parse(settings), secrets: provider.secrets.parse(secrets) },
      1033,
    );
    expect(answer.ok).toBe(false);
    expect(Object.keys(connectionFaultWords)).toContain(answer.fault?.name);
    expect(answer.says).not.toBe('');
    expect(JSON.stringify(answer)).not.toContain(secret);
    expect(asked.filter((one) => !one.startsWith(posts.includes(code) ? 'POST ' : 'GET '))).toEqual([]);
  });

  test('R-1609: what an administrator has begun to enter is tested as far as it goes', async () => {
    const draft = provider.settings.safeParse(empty[code]!());
    expect(draft.success).toBe(true);
    const answer = await testIntegration(
      provider,
      { id: 'x', settings: draft.data, secrets: provider.secrets.parse({}) },
      3084,
    );
    expect(answer).toMatchObject({ ok: false });
    expect(Object.keys(connectionFaultWords)).toContain(answer.fault?.name);
  });
});

const never: IntegrationProvider = {
  code: 'rest',
  supportsWebhooks: false,
  settings: z.object({}),
  secrets: z.object({}),
  columns: () => ({}),
  open: async () => ({ test: () => new Promise<TestReport>(() => undefined), close: async () => void (closed += 1) }),
};
let closed = 0;

test('R-1609: a test that does not end is over after its limit, and what it has opened is closed', async () => {
  const answer = await testIntegration(never, { id: 'x', settings: {}, secrets: {} }, 1033, 10);
  expect(answer).toMatchObject({ ok: false, fault: { name: 'no-answer' }, says: 'No answer within 30 seconds.' });
  expect(closed).toBe(1);
});

test('R-1609, R-1618: what cannot even be opened is a fault too', async () => {
  const broken = {
    ...never,
    open: () => Promise.reject(new IntegrationError('no', { code: 'secret-unreadable', errorClass: 'configuration' })),
  };
  const answer = await testIntegration(broken, { id: 'x', settings: {}, secrets: {} }, 1033);
  expect(answer).toMatchObject({ ok: false, ...sayFault({ name: 'secret-unreadable', args: {} }, 1033) });
});
