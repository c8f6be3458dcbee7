import type { CapabilityName } from '@crmjira/domain';
import { remedyOf } from '@crmjira/domain';
import { jiraChecks } from '../../../plugins-proxy/src/cli/doctor/jira-checks';
import type { Session } from '../../../plugins-proxy/src/cli/session';
import { registerJiraWebhook } from '../../../plugins-proxy/src/operations/registration/register-jira-webhook';
import { type JiraStandIn, jiraStandIn } from '../jira-stand-in';
import { recordedServer } from '../recorded-server';

const connectionId = '5a8d2c1e-0000-4000-8000-000000000c01';
const first = { publicUrl: 'http://localhost:4030', organizationId: '5a8d2c1e-0000-4000-8000-00000000c0de' };
const second = { publicUrl: 'http://localhost:5030', organizationId: '5a8d2c1e-0000-4000-8000-00000000beef' };
const addressOf = ({ publicUrl }: typeof first) => `${publicUrl}/webhooks/jira/${connectionId}`;

describe.each([
  ['Cloud', 'cloud', {}],
  ['Data Center 10', 'dc', {}],
  ['Data Center 9', 'dc', { dataCenterVersion: '9.12.4' }],
] as const)('the webhook in Jira (%s)', (kind, deployment, options) => {
  let standIn: JiraStandIn;
  beforeEach(async () => {
    standIn = await jiraStandIn(deployment, false, options);
  });
  afterEach(() => standIn.close());

  const registered = () => standIn.jira.site.webhooks.all();
  const register = (
    environment: typeof first,
    secret = 'a-secret-of-the-tests',
    verification: 'signature' | 'url' | 'bearer' = 'signature',
    capabilities: ReadonlySet<CapabilityName> = new Set(['budget']),
  ) => registerJiraWebhook({ ...environment, site: standIn.site, connectionId, secret, verification, capabilities });

  test('is registered once, however often that is asked for, where this Jira has it (R-516, F-401)', async () => {
    expect([await register(first), await register(first)]).toEqual(['created', 'updated']);
    expect(registered()).toMatchObject([
      {
        name: `PowerPlatform_Integration ${first.organizationId} ${connectionId}`,
        url: addressOf(first),
        secret: kind === 'Data Center 9' ? null : 'a-secret-of-the-tests',
        excludeBody: false,
        enabled: true,
      },
    ]);
    // Cloud's own deletion only says that the project went to the bin.
    expect(registered()[0]?.events.includes('project_soft_deleted')).toBe(deployment === 'cloud');
    // The words of comments come only where the capability is on that shows them (R-1709).
    expect(registered()[0]?.events).not.toContain('comment_created');
    await register(first, 'a-secret-of-the-tests', 'signature', new Set(['budget', 'issues']));
    expect(registered()[0]?.events).toEqual(expect.arrayContaining(['comment_created', 'comment_updated']));
  });

  test('gets back what somebody changed by hand: its filter, its switch, its secret (F-401)', async () => {
    await register(first);
    const [webhook] = registered();
    if (webhook === undefined) throw new Error('nothing was registered');
    standIn.jira.site.webhooks.put({ ...webhook, enabled: false, excludeBody: true, secret: 'another-of-the-tests' });
    await register(first, 'the-next-of-the-tests');
    const secret = kind === 'Data Center 9' ? 'another-of-the-tests' : 'the-next-of-the-tests';
    expect(registered()).toMatchObject([{ enabled: true, excludeBody: false, secret }]);
  });

  test('has its secret in the address, or is made by hand for a token (R-502, R-516, R-518)', async () => {
    expect(await register(first, 'a-secret-of-the-tests', 'bearer')).toBe('by hand');
    expect(registered()).toEqual([]);
    expect(await register(first, 'first-&-of-the-tests', 'url')).toBe('created');
    expect(await register(first, 'second-of-the-tests', 'url')).toBe('updated');
    expect(registered()).toMatchObject([{ url: `${addressOf(first)}?secret=second-of-the-tests`, secret: null }]);
  });

  test('of one environment stays when another one registers on the same Jira (F-502)', async () => {
    expect([await register(first), await register(second), await register(first)]).toEqual([
      'created',
      'created',
      'updated',
    ]);
    expect(registered().map(({ url }) => url)).toEqual([addressOf(first), addressOf(second)]);
  });

  test('of an earlier version is adopted by its address, never by its name (F-502)', async () => {
    await register(first);
    const [webhook] = registered();
    if (webhook === undefined) throw new Error('nothing was registered');
    standIn.jira.site.webhooks.put({ ...webhook, name: 'PowerPlatform_Integration' });
    expect(await register(second)).toBe('created');
    expect(await register(first)).toBe('updated');
    expect(registered()).toMatchObject([
      { url: addressOf(first), name: expect.stringContaining(first.organizationId) },
      { url: addressOf(second), name: expect.stringContaining(second.organizationId) },
    ]);
  });

  test('follows this environment to another address (F-502)', async () => {
    await register(first);
    await register(second);
    expect(await register({ ...first, publicUrl: 'http://localhost:6030' })).toBe('updated');
    expect(registered().map(({ url }) => new URL(url).port)).toEqual(['6030', '5030']);
  });

  test('that is there and never heard of is no webhook that works: doctor says so, and leaves it alone (F-502)', async () => {
    await register(first);
    let webhooks: unknown = null;
    const service = await recordedServer(() => ({
      body: { store: { ok: true }, queue: null, connections: [{ id: connectionId, webhooks }] },
    }));
    try {
      const { hostname, port } = new URL(service.url);
      const config = {
        ...first,
        connectionId,
        host: hostname,
        port: Number(port),
        metricsTokens: [],
        jira: { webhookVerification: 'signature' },
      };
      // Only what this check looks at.
      const session = {
        config,
        connection: { id: connectionId, site: standIn.site, webhook: { secrets: () => [], verification: 'signature' } },
      } as unknown as Session;
      const look = jiraChecks(session).find(({ id }) => id === 'webhook')?.look;
      expect(await look?.()).toMatchObject({ status: 'ok' });
      const says = 'Webhooks do not arrive: CRM-1 changed in Jira, and no event told of it.';
      webhooks = { ok: false, says, remedy: remedyOf('webhooks-silent', undefined) };
      const before = registered();
      expect(await look?.()).toMatchObject({
        status: 'failed',
        says: `${says} (${addressOf(first)})`,
        remedy: expect.stringContaining('Check that Jira reaches PUBLIC_URL'),
      });
      expect(registered()).toEqual(before);
    } finally {
      await service.close();
    }
  });
});
