import { execFileSync } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import dns from 'node:dns';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { type AddressInfo, isIP, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_MIN_VERSION, type SecureVersion } from 'node:tls';
import { moneyFromDecimal } from '@crmjira/domain';
import { z } from 'zod';
import { connect } from '../../../plugins-proxy/src/capabilities/connect';
import { toSettings } from '../../../plugins-proxy/src/connections/environment/to-settings';
import { createDataverseClient } from '../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { createTokenSource } from '../../../plugins-proxy/src/clients/dataverse/token-source';
import { createJiraHttp } from '../../../plugins-proxy/src/clients/jira/jira-http';
import { placeOf } from '../../../plugins-proxy/src/platform/config/host-list';
import type { Resolve } from '../../../plugins-proxy/src/platform/http-client/site-guard';
import { guardEgress } from '../../../plugins-proxy/src/connections/egress-guard';
import { regionOf } from '../../../plugins-proxy/src/platform/config/residency';
import { jiraName } from '../../../plugins-proxy/src/clients/jira/classify-jira-answer';
import { siteDispatcher } from '../../../plugins-proxy/src/platform/http-client/site-dispatcher';
import type { RetryClock } from '../../../plugins-proxy/src/platform/http-client/with-retries';
import { connectVault } from '../../../plugins-proxy/src/platform/secrets/key-vault';
import type { LowestTls } from '../../../plugins-proxy/src/platform/tls/tls-config';
import { type Answer, recordedServer } from '../recorded-server';
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
    return guardEgress(
      { lastSettings, settings: async () => lastSettings() },
      {
        configured: ['http://localhost:8080', 'https://jira.acme.ca:8443'].map((url) => placeOf(new URL(url))),
        privateHosts: [],
      },
    );
  };

  test.each([
    ['acme.atlassian.net', 'https://acme.atlassian.net', true],
    ['login.microsoftonline.com, *.Atlassian.net', 'https://acme.atlassian.net/wiki', true],
    ['*.atlassian.net', 'https://acme.atlassian.net.evil.example', false],
    ['*.atlassian.net', 'https://evilatlassian.net', false],
    ['jira.acme.ca', 'https://acme.atlassian.net', false],
    // What is sent to this machine goes nowhere; other ports of it may be anything.
    ['jira.acme.ca', 'http://localhost:8080', true],
    ['jira.acme.ca', 'http://localhost:8081', false],
    // Ports: 443, those that are listed, and those of the configuration.
    ['jira.acme.ca', 'https://jira.acme.ca:9443', false],
    ['jira.acme.ca', 'https://jira.acme.ca:8443', true],
    ['jira.acme.ca:9443', 'https://jira.acme.ca:9443', true],
    ['jira.acme.ca:9443', 'https://jira.acme.ca', false],
    ['*.acme.ca:9443', 'https://jira.acme.ca:9443', true],
    // One host, however it is written.
    ['jira.acme.ca', 'https://JIRA.Acme.ca.', true],
    ['xn--bcher-kva.example', 'https://Bücher.example', true],
    ['jira.acme.ca', 'https://jira.acme.ca%2eevil.example', false],
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
    const { jira, dataverse, reconciler, close } = connect(elsewhere, world.clock);
    const { site } = jira.first;
    stopLater(close);
    const call = site.http.call({ method: 'GET', path: '/rest/api/3/myself', schema: z.unknown() });
    await expect(call).rejects.toThrow('The host "jira.evil.example" of JIRA_URL is not called');
    const read = reconciler.source('tempo-cloud', jira.first).read({
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

describe('addresses of private networks', () => {
  const url = 'https://soap.acme.local:8443/service';
  const guard = (privateHosts: readonly string[] = [], resolve?: Resolve) => {
    const lastSettings = () => null;
    const configured = ['https://jira.acme.ca', 'http://10.1.2.3:8080'].map((one) => placeOf(new URL(one)));
    const settings = async () => toSettings(new Map(), 'c01', null);
    return guardEgress({ lastSettings, settings }, { configured, privateHosts }, resolve);
  };

  test.each([
    'http://127.0.0.1',
    'http://2130706433',
    'http://0177.0.0.1',
    'http://0x7f.1',
    'http://127.1',
    'http://0.0.0.0',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:7f00:1]',
    'http://[64:ff9b::127.0.0.1]',
    'http://[2002:7f00:1::]',
    'http://[::127.0.0.1]',
    'http://169.254.169.254/metadata/instance',
    'http://[::ffff:169.254.169.254]',
    'http://[64:ff9b::169.254.169.254]',
    'http://[fd00:ec2::254]',
    'http://[fe80::1]',
    'http://100.100.100.200',
    'http://168.63.129.16',
    'http://10.0.0.5',
    'http://172.16.0.1',
    'http://192.168.1.1',
    'http://100.64.0.1',
    'http://[fc00::1]',
    'http://224.0.0.1',
    'http://255.255.255.255',
    // Confirmed with another port.
    'http://10.1.2.3:8081',
    'https://user:pass@jira.acme.ca',
    'https://token@jira.acme.ca',
  ])('R-1212 R-1225 %s is not called', async (address) => {
    expect(guard().refusal(address, 'SOAP_URL')).toMatchObject({
      code: 'address-refused',
      errorClass: 'configuration',
      message: expect.stringMatching(/SOAP_URL.* is not called: .*(ALLOWED_PRIVATE_HOSTS|a user or a password)/),
    });
    await expect(guard().require(address, 'SOAP_URL')).rejects.toMatchObject({ code: 'address-refused' });
  });

  test.each(['http://10.1.2.3:8080', 'https://8.8.8.8', 'https://[2606:4700::1111]', 'https://172.32.0.1'])(
    'R-1212 %s is called',
    (address) => {
      expect(guard().refusal(address, 'SOAP_URL')).toBeNull();
    },
  );

  test.each([
    [[], ['10.0.0.5'], false],
    [[], ['8.8.8.8'], true],
    [[], ['8.8.8.8', '127.0.0.1'], false],
    [[], ['169.254.169.254'], false],
    [[], ['::1'], false],
    [[], ['::ffff:127.0.0.1'], false],
    [[], ['fe80::1%eth0'], false],
    [['soap.acme.local:8443'], ['10.0.0.5'], true],
    [['soap.acme.local:8443'], ['127.0.0.1'], true],
    [['*.acme.local:8443'], ['10.0.0.5'], true],
    [['SOAP.acme.local.:8443'], ['10.0.0.5'], true],
    [['10.0.0.5:8443'], ['10.0.0.5'], true],
    // Another port, and 443.
    [['soap.acme.local:9443'], ['10.0.0.5'], false],
    [['soap.acme.local'], ['10.0.0.5'], false],
    // A name that was confirmed does not lead to the keys of the machine; only the address itself does.
    [['soap.acme.local:8443'], ['169.254.169.254'], false],
    [['soap.acme.local:8443'], ['::ffff:169.254.169.254'], false],
    [['169.254.169.254:8443'], ['169.254.169.254'], true],
  ])('R-1212 with ALLOWED_PRIVATE_HOSTS %j a name at %j: %s', (hosts, addresses, allowed) => {
    const refused = guard(hosts).of(url, 'SOAP_URL').refusalOf(addresses);
    expect(refused === null).toBe(allowed);
    if (refused !== null) expect(refused.message).toMatch(/^"soap\.acme\.local:8443" of SOAP_URL is not called: /);
  });

  test('R-1212 the refusal names the host, the setting and what to do', () => {
    expect(guard().of(url, 'SOAP_URL').refusalOf(['10.0.0.5'])?.message).toBe(
      '"soap.acme.local:8443" of SOAP_URL is not called: 10.0.0.5 is an address of a private network. Correct SOAP_URL, or add "soap.acme.local:8443" to ALLOWED_PRIVATE_HOSTS of the service if that is meant.',
    );
    expect(testConfig({ ALLOWED_PRIVATE_HOSTS: 'soap.acme.local:8443' }).residency.privateHosts).toEqual([
      'soap.acme.local:8443',
    ]);
  });

  /** A client of a name that a name server of the test resolves, and the server on this machine that it may end at. */
  async function client(answers: readonly string[][], isAllowed: boolean, answer: () => Answer = () => ({ body: {} })) {
    const server = await recordedServer(answer);
    stopLater(server.close);
    const { port } = new URL(server.url);
    let asked = 0;
    const resolve: Resolve = (_host, _options, callback) => {
      const found = answers[Math.min(asked, answers.length - 1)] ?? [];
      asked += 1;
      callback(
        null,
        found.map((address) => ({ address, family: isIP(address) })),
      );
    };
    const site = `http://rebind.example:${port}`;
    const { of } = guard(isAllowed ? [`rebind.example:${port}`] : [], resolve);
    const http = createJiraHttp({
      url: site,
      credentials: { kind: 'bearer', pat: 'pat-of-the-tests' },
      timeoutMs: 5_000,
      connections: 1,
      guard: of(site, 'JIRA_URL'),
    });
    stopLater(() => http.close());
    return { server, asked: () => asked, call: () => http.call({ method: 'GET', path: '/', schema: z.unknown() }) };
  }

  test('R-1212 a connection goes to the address that was checked, which is asked for once', async () => {
    let headers: Record<string, string> = {};
    const { server, asked, call } = await client([['127.0.0.1'], ['169.254.169.254']], true, () => ({
      body: {},
      headers,
    }));
    await call();
    headers = { connection: 'close' };
    await call();
    // Kept alive: no second look.
    expect([asked(), server.seen.length]).toEqual([1, 2]);
    // The next connection's look finds another address, and that one is refused.
    await expect(call()).rejects.toMatchObject({ code: 'address-refused', message: /169\.254\.169\.254/ });
    expect([asked(), server.seen.length]).toEqual([2, 2]);
  });

  test('R-1212 nothing reaches a name that turns out to be this machine', async () => {
    const { server, call } = await client([['127.0.0.1'], ['::1']], false);
    await expect(call()).rejects.toMatchObject({ code: 'address-refused' });
    await expect(call()).rejects.toMatchObject({ code: 'address-refused' });
    expect(server.seen).toEqual([]);
  });

  test('R-1401 a name that cannot be resolved fails the call, and not the service', async () => {
    // The look-up of the machine itself: Node tells no list of addresses then, not an empty one.
    const site = 'http://no-such-host.invalid';
    const http = createJiraHttp({
      url: site,
      credentials: { kind: 'bearer', pat: 'pat-of-the-tests' },
      timeoutMs: 5_000,
      connections: 1,
      guard: guard().of(site, 'JIRA_URL'),
    });
    stopLater(() => http.close());
    await expect(http.call({ method: 'GET', path: '/', schema: z.unknown() })).rejects.toMatchObject({
      code: 'jira-unavailable',
      errorClass: 'transient',
      cause: { code: 'ENOTFOUND' },
    });
  });

  /** Names lead to these addresses, for whoever looks them up; the server on this machine is among them. */
  async function namesLeadTo(addresses: readonly string[]) {
    const server = await recordedServer(() => ({ body: {} }));
    stopLater(server.close);
    const spy = jest.spyOn(dns, 'lookup').mockImplementation(((
      _host: string,
      _options: unknown,
      callback: (error: null, found: { address: string; family: number }[]) => void,
    ) =>
      setImmediate(() =>
        callback(
          null,
          addresses.map((address) => ({ address, family: isIP(address) })),
        ),
      )) as never);
    stopLater(async () => void spy.mockRestore());
    return { server, port: new URL(server.url).port };
  }
  const once: RetryClock = { sleep: () => Promise.reject(new Error('not to be tried again')), random: () => 0 };
  const tokens = { token: async () => 'token-of-the-tests', drop: () => undefined };
  const callers: [string, (port: string) => Promise<unknown>][] = [
    [
      'DATAVERSE_URL',
      (port) =>
        createDataverseClient({ url: `http://dv.example:${port}`, tokens, timeoutMs: 5_000, clock: once }).whoAmI(),
    ],
    [
      'TOKEN_URL',
      (port) => {
        const tokenUrl = `http://login.example:${port}/token`;
        return createTokenSource({ ...testConfig().dataverse, tokenUrl }, 5_000, Date.now, undefined, once).token();
      },
    ],
    [
      'the reference to a secret',
      () => connectVault().read({ vault: 'https://kv-of-tests.vault.azure.net', name: 'a', version: undefined }),
    ],
  ];

  test.each(callers)(
    'R-1212 R-1225 no name of %s leads to the keys of the machine, whatever lists say',
    async (setting, call) => {
      const { server, port } = await namesLeadTo(['127.0.0.1', '169.254.169.254']);
      const error: unknown = await call(port).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'address-refused', errorClass: 'configuration' });
      expect(String(error)).toMatch(
        new RegExp(
          `of ${setting} is not called: 169\\.254\\.169\\.254 .* Correct ${setting}, or have the name lead to another`,
        ),
      );
      expect(server.seen).toEqual([]);
    },
  );

  test('R-1212 an address that a variable names may be a private one', async () => {
    const { server, port } = await namesLeadTo(['127.0.0.1']);
    for (const [setting, call] of callers.slice(0, 2))
      expect([setting, await call(port).catch(() => 'an answer of another kind')]).toEqual([
        setting,
        expect.anything(),
      ]);
    expect(server.seen).toHaveLength(2);
  });

  test('R-1212 a redirect is not followed, wherever it leads', async () => {
    const inside = await recordedServer(() => ({ body: {} }));
    stopLater(inside.close);
    const { server, call } = await client([['127.0.0.1']], true, () => ({
      status: 302,
      headers: { location: `${inside.url}/latest/meta-data` },
    }));
    await expect(call()).rejects.toMatchObject({ code: 'jira-page' });
    expect([server.seen.length, inside.seen.length]).toEqual([1, 0]);
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
