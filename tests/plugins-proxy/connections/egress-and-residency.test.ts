import { execFileSync } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_MIN_VERSION, type SecureVersion } from 'node:tls';
import { moneyFromDecimal } from '@crmjira/domain';
import { z } from 'zod';
import { connect } from '../../../plugins-proxy/src/capabilities/connect';
import { toSettings } from '../../../plugins-proxy/src/connections/environment/to-settings';
import { guardEgress } from '../../../plugins-proxy/src/connections/egress-guard';
import { regionOf } from '../../../plugins-proxy/src/platform/config/residency';
import { jiraName } from '../../../plugins-proxy/src/clients/jira/classify-jira-answer';
import { siteDispatcher } from '../../../plugins-proxy/src/platform/http-client/site-dispatcher';
import type { LowestTls } from '../../../plugins-proxy/src/platform/tls/tls-config';
import { crmjira } from '../cli-terminal';
import { environment, testConfig } from '../test-config';
import { startWorld, stopLater, stopWorlds } from '../world';

afterEach(stopWorlds);

test('R-1212 a whole project is worked on with connections to Dataverse and Jira only', async () => {
  const ports = new Set<number | undefined>();
  const listener = (message: unknown): void => {
    // Documented by Node, but untyped.
    const { socket } = message as { socket: Socket };
    socket.once('connect', () => ports.add(socket.remotePort));
  };
  subscribe('net.client.socket', listener);
  stopLater(async () => void unsubscribe('net.client.socket', listener));
  const world = await startWorld('2025-01-16T14:00:00Z');
  const mapping = await world.provision();
  await world.approve();
  await world.logHours(await world.newIssue(), 1_700);
  await world.settledAt(mapping, [212_500, 37_500, 85, 3]);
  const { dataverse, jira, publicUrl } = world.config;
  const known = [dataverse.url, jira.url, publicUrl].map((url) => Number(new URL(url).port));
  expect([...ports].filter((port) => !known.includes(port ?? 0))).toEqual([]);
  expect([...ports]).toEqual(expect.arrayContaining(known));
});

describe('crmjira_EgressAllowList', () => {
  const guard = (list: string | null, isDefault = false) => {
    const variables = new Map([['crmjira_EgressAllowList', { value: list, isDefault }]]);
    const lastSettings = () => toSettings(variables, 'c01', null);
    return guardEgress({ lastSettings, settings: async () => lastSettings() });
  };

  test.each([
    ['acme.atlassian.net', 'https://acme.atlassian.net', true],
    ['login.microsoftonline.com, *.Atlassian.net', 'https://acme.atlassian.net/wiki', true],
    ['*.atlassian.net', 'https://acme.atlassian.net.evil.example', false],
    ['*.atlassian.net', 'https://evilatlassian.net', false],
    ['jira.acme.ca', 'https://acme.atlassian.net', false],
    // What is sent to this machine goes nowhere.
    ['jira.acme.ca', 'http://localhost:8080', true],
    // Nobody has listed any: those of the configuration.
    ['', 'https://acme.atlassian.net', true],
    [null, 'https://acme.atlassian.net', true],
  ])('R-1212 "%s" lets %s be called: %s', (list, url, allowed) => {
    expect(guard(list).refusal(url, 'JIRA_URL') === null).toBe(allowed);
    // The solution's default names no real host.
    expect(guard(list, true).refusal(url, 'JIRA_URL')).toBeNull();
  });

  test('R-1212 a host that it does not name is a matter for the administrator, who is told which host and which setting', async () => {
    const refused = guard('jira.acme.ca').require('https://api.tempo.io/4', 'TEMPO_URL');
    await expect(refused).rejects.toMatchObject({
      errorClass: 'configuration',
      code: 'environment-variable',
      message:
        'The host "api.tempo.io" of TEMPO_URL is not called: the environment variable crmjira_EgressAllowList does not name it. Add it there, or correct TEMPO_URL.',
    });
  });

  test.each(['https://jira.acme.ca', 'jira acme', 'jira.acme.ca/rest', '*', 'jira.acme.ca;evil.example'])(
    'R-1212 "%s" is no list of hosts, and is refused in words',
    (list) => {
      expect(() => guard(list).refusal('https://jira.acme.ca', 'JIRA_URL')).toThrow(
        /crmjira_EgressAllowList must be names of hosts like jira\.example\.com/,
      );
    },
  );

  test('R-1212 holds the calls to Jira and Tempo back before a connection is made, and Dataverse never', async () => {
    const world = await startWorld('2025-01-16T14:00:00Z', {}, { crmjira_EgressAllowList: 'jira.acme.ca' });
    const reached: string[] = [];
    const listener = (message: unknown): void => {
      // Documented by undici, but untyped.
      const { connectParams } = message as { connectParams: { hostname: string } };
      reached.push(connectParams.hostname);
    };
    subscribe('undici:client:beforeConnect', listener);
    stopLater(async () => void unsubscribe('undici:client:beforeConnect', listener));
    const elsewhere = {
      ...world.config,
      jira: { ...world.config.jira, url: 'https://jira.evil.example' },
      tempo: { url: 'https://tempo.evil.example/4', token: 'tempo-token-of-the-tests' },
    };
    const { site, dataverse, reconciler, close } = connect(elsewhere, world.clock);
    stopLater(close);
    const call = site.http.call({ method: 'GET', path: '/rest/api/3/myself', schema: z.unknown() });
    await expect(call).rejects.toThrow('The host "jira.evil.example" of JIRA_URL is not called');
    const read = reconciler.source('tempo4').read({
      projectId: '10150',
      projectKey: 'CRMWYVLZZJ',
      currency: 'CAD',
      issues: [],
      fresh: true,
      hourlyRate: moneyFromDecimal(150, 'CAD'),
      convert: (money) => money,
    });
    await expect(read).rejects.toThrow('The host "tempo.evil.example" of TEMPO_URL is not called');
    expect(reached.filter((host) => host.endsWith('.example'))).toEqual([]);
    expect(await dataverse.whoAmI()).toHaveProperty('organizationId');
  });
});

const database = 'postgres://u:hunter2hunter2';
const tenant = {
  DATAVERSE_URL: 'https://acme.crm3.dynamics.com',
  JIRA_URL: 'https://acme.atlassian.net',
  PUBLIC_URL: 'https://crm-jira.acme.ca',
};

test.each([
  [{}, null],
  [{ APPROVED_HOSTS: 'acme.atlassian.net' }, null],
  [{ APPROVED_HOSTS: '*.atlassian.net' }, null],
  [{ APPROVED_HOSTS: 'jira.acme.ca' }, 'JIRA_URL: expected a host that APPROVED_HOSTS names, got "acme.atlassian.net"'],
  [
    { APPROVED_HOSTS: '*.atlassian.net', JIRA_URL: 'https://acme.atlassian.net.evil.example' },
    'JIRA_URL: expected a host that APPROVED_HOSTS names, got "acme.atlassian.net.evil.example"',
  ],
  [
    { APPROVED_HOSTS: '*.atlassian.net', TOKEN_URL: 'https://login.evil.example/token' },
    'TOKEN_URL: expected a host that APPROVED_HOSTS names, got "login.evil.example"',
  ],
  [
    { APPROVED_HOSTS: '*.atlassian.net', OTEL_EXPORTER_OTLP_ENDPOINT: 'https://otlp.evil.example' },
    'OTEL_EXPORTER_OTLP_ENDPOINT: expected a host that APPROVED_HOSTS names, got "otlp.evil.example"',
  ],
  [
    { APPROVED_HOSTS: '*.atlassian.net', DATABASE_URL: `${database}@db.evil.example/crm?sslmode=verify-full` },
    'DATABASE_URL: expected a host that APPROVED_HOSTS names, got "db.evil.example"',
  ],
  [
    {
      APPROVED_HOSTS: '*.atlassian.net',
      DATABASE_URL: `${database}@localhost/crm?sslmode=verify-full&host=db.evil.example`,
    },
    'DATABASE_URL: expected a host that APPROVED_HOSTS names, got "db.evil.example"',
  ],
  [
    { APPROVED_HOSTS: '*.atlassian.net', JIRA_GATEWAY_URL: 'https://gateway.evil.example' },
    'JIRA_GATEWAY_URL: expected a host that APPROVED_HOSTS names, got "gateway.evil.example"',
  ],
  [{ JIRA_GATEWAY_URL: 'http://gateway.acme.ca:3128' }, null],
  [{ DATABASE_URL: `${database}@db.acme.ca/crm?sslmode=verify-full` }, null],
  [{ DATABASE_URL: `${database}@127.0.0.1/crm` }, null],
  [{ DATABASE_URL: `${database}@localhost/crm?host=/var/run/postgresql` }, null],
  [{ DATABASE_URL: `${database}@%2Fvar%2Frun%2Fpostgresql/crm` }, null],
  [
    { DATABASE_URL: `${database}@db.acme.ca/crm` },
    'DATABASE_URL: expected sslmode=verify-full in it, as it is not on this machine, got nothing of the kind',
  ],
  [
    { DATABASE_URL: `${database}@localhost/crm?host=db.acme.ca` },
    'DATABASE_URL: expected sslmode=verify-full in it, as it is not on this machine, got nothing of the kind',
  ],
  // The client would not look who answers.
  [
    { DATABASE_URL: `${database}@db.acme.ca/crm?sslmode=no-verify` },
    'DATABASE_URL: expected sslmode=verify-full in it, as it is not on this machine, got "no-verify"',
  ],
  [
    { PUBLIC_URL: 'http://crm-jira.acme.ca' },
    'PUBLIC_URL: expected an https address, as it is not on this machine, got "http://crm-jira.acme.ca"',
  ],
  [{ PUBLIC_URL: 'http://localhost:4030' }, null],
  [
    { RECORD_URL: 'http://acme.crm3.dynamics.com/main.aspx?id=' },
    'RECORD_URL: expected an https address, as it is not on this machine, got "http://acme.crm3.dynamics.com/main.aspx?id="',
  ],
  [
    { RECORD_URL: 'https://user:hunter2hunter2@acme.crm3.dynamics.com/main.aspx?id=' },
    'RECORD_URL: expected an address without a password, got "https://…@acme.crm3.dynamics.com/main.aspx?id="',
  ],
  [
    { DATAVERSE_URL: 'https://acme.crm.dynamics.com' },
    'DATAVERSE_URL: expected a Dataverse address in Canada (*.crm3.dynamics.com), got "acme.crm.dynamics.com"',
  ],
  [
    { DATAVERSE_URL: 'https://acme.crm4.dynamics.com', APPROVED_HOSTS: 'acme.crm4.dynamics.com,acme.atlassian.net' },
    null,
  ],
  [
    { JIRA_URL: 'http://jira.acme.ca' },
    'JIRA_URL: expected an https address, as it is not on this machine, got "http://jira.acme.ca"',
  ],
] as const)('R-1212 R-1214 R-1221 addresses %j: %s', (over, problem) => {
  const read = () => testConfig({ ...tenant, ...over });
  if (problem === null) expect(read).not.toThrow();
  else expect(read).toThrow(new Error(problem));
});

test.each([
  [{ CONTAINER_APP_ENV_DNS_SUFFIX: 'happytree-1a2b3c4d.canadacentral.azurecontainerapps.io' }, 'canadacentral', true],
  [{ REGION_NAME: 'Canada East' }, 'canadaeast', true],
  [{ CONTAINER_APP_ENV_DNS_SUFFIX: 'happytree-1a2b3c4d.eastus.azurecontainerapps.io' }, 'eastus', false],
  [{ REGION_NAME: 'West Europe' }, 'westeurope', false],
  [{ REGION_NAME: 'West Europe', ALLOWED_REGIONS: 'westeurope' }, 'westeurope', true],
  [{}, null, true],
])('R-1221 where Azure says %j the region is %s; may start: %s', async (over, region, allowed) => {
  expect(regionOf(over)).toBe(region);
  const read = () => testConfig(over);
  if (allowed) return expect(read().residency.region).toBe(region);
  expect(read).toThrow(`ALLOWED_REGIONS: expected to run in canadacentral or canadaeast, got "${region}"`);
  // The check before a deployment says the same, with an exit code of its own.
  const run = await crmjira({ ...environment, ...over }, ['doctor']);
  expect(run).toMatchObject({ code: 2 });
  expect(run.out).toContain(`got "${region}"`);
});

describe('TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-tls-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  beforeAll(() => {
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert, '-subj', '/CN=localhost'], {
      stdio: 'pipe',
    });
  });

  /** How far a call gets with a server that speaks up to `offered`: its certificate is nobody's, so that none gets further. */
  async function reach(offered: SecureVersion, lowest?: LowestTls): Promise<unknown> {
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert), maxVersion: offered });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // listen() on a TCP port always gives an AddressInfo.
    const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
    const dispatcher = siteDispatcher({
      origin,
      provider: jiraName,
      transport: () => (lowest === undefined ? {} : { tls: { ca: null, client: null, lowest } }),
      connections: 1,
      timeoutMs: 5_000,
    });
    stopLater(async () => {
      await dispatcher.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    return dispatcher.request({ origin, path: '/', method: 'GET' }).then(
      () => 'answered',
      // undici and Node put a code on what they reject with.
      (error: { code?: string }) => error.code,
    );
  }

  test('R-1214 Jira is spoken to in TLS 1.3, in 1.2 only where that is configured, and below 1.2 nothing is', async () => {
    expect(await reach('TLSv1.3')).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(await reach('TLSv1.2')).toMatch(/ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION|EPROTO/);
    expect(await reach('TLSv1.2', 'TLSv1.2')).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(testConfig().jira.tls.lowest).toBe('TLSv1.3');
    expect(testConfig({ JIRA_TLS_MIN_VERSION: '1.2' }).jira.tls.lowest).toBe('TLSv1.2');
    expect(() => testConfig({ JIRA_TLS_MIN_VERSION: '1.1' })).toThrow(
      'JIRA_TLS_MIN_VERSION: expected 1.3, or 1.2 where the other side offers no more, got "1.1"',
    );
    // What talks to Microsoft leaves the lowest version to Node.
    expect(DEFAULT_MIN_VERSION).toBe('TLSv1.2');
  });
});
