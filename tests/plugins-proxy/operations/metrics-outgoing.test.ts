import { execFileSync } from 'node:child_process';
import { channel } from 'node:diagnostics_channel';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request as nodeRequest } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { createDataverseClient } from '../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { certificateDaysLeft, daysUntilEndOf } from '../../../plugins-proxy/src/operations/metrics/days-left';
import { createFigures } from '../../../plugins-proxy/src/operations/metrics/figures-line';
import { type OutgoingCall, watchOutgoing } from '../../../plugins-proxy/src/operations/metrics/watch-outgoing';
import { z } from 'zod';
import type { HealthReport } from '../../../plugins-proxy/src/operations/health/health-report';
import { createJiraHttp } from '../../../plugins-proxy/src/clients/jira/jira-http';
import { createMetrics } from '../../../plugins-proxy/src/operations/metrics/create-metrics';
import { freePort } from '../../free-port';

/** What `/metrics` looks at, when nothing is wrong. */
const quietReport = {
  store: { ok: true },
  dataverse: { ok: true },
  jira: { ok: true },
  connections: [],
  queue: null,
  recentFailures: 0,
  thresholds: {},
  alerts: [],
  lastSyncOn: null,
} as unknown as HealthReport;

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // listen() on a TCP port always gives an AddressInfo.
  return (server.address() as AddressInfo).port;
}

const viaNode = (url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    nodeRequest(url, (response) => response.resume().once('end', resolve))
      .once('error', reject)
      .end();
  });

test('R-1102 calls to Jira are told by connection, and the series of one that is gone go with it', async () => {
  const metrics = createMetrics();
  const answer = createServer((_, response) => response.writeHead(200).end('x'));
  const url = `http://127.0.0.1:${await listen(answer)}`;
  const stop = watchOutgoing(
    new Map([[url, 'dataverse']]),
    ({ side, status, connection = 'none', seconds }) =>
      metrics.outgoingSeconds.observe({ side, status, connection }, seconds),
    (origin, path) => (origin === url && path.startsWith('/jira/') ? 'eu' : null),
  );
  await (await request(`${url}/jira/rest/api/2/myself`)).body.dump();
  await (await request(`${url}/api/data`)).body.dump();
  stop();
  const ofEu = { id: 'eu', jira: { ok: true } } as HealthReport['connections'][number];
  metrics.show({ ...quietReport, connections: [ofEu] });
  const shown = await metrics.registry.metrics();
  expect(shown).toContain('crmjira_outgoing_seconds_count{side="jira",status="2xx",connection="eu"} 1');
  expect(shown).toContain('crmjira_outgoing_seconds_count{side="dataverse",status="2xx",connection="none"} 1');
  expect(shown).toContain('crmjira_connection_up{side="jira",connection="eu"} 1');
  metrics.show(quietReport);
  expect(await metrics.registry.metrics()).not.toContain('connection="eu"');
});

test('calls of both clients are told with side, status class and seconds; others are nobody’s business', async () => {
  const answer = (status: number) => createServer((_, response) => response.writeHead(status).end('x'));
  const [jira, dataverse, other] = [await listen(answer(429)), await listen(answer(200)), await listen(answer(200))];
  const told: OutgoingCall[] = [];
  const sides = new Map([
    [`http://127.0.0.1:${jira}`, 'jira'],
    [`http://127.0.0.1:${dataverse}`, 'dataverse'],
  ]);
  const stop = watchOutgoing(sides, (call) => told.push(call));
  await (await request(`http://127.0.0.1:${jira}/rest/api/3/myself`)).body.dump();
  await viaNode(`http://127.0.0.1:${dataverse}/api/data/v9.2/WhoAmI`);
  await (await request(`http://127.0.0.1:${dataverse}/t/oauth2/v2.0/token`)).body.dump();
  await viaNode(`http://127.0.0.1:${other}/`);
  stop();
  await viaNode(`http://127.0.0.1:${dataverse}/`);
  expect(told.map(({ side, status }) => `${side} ${status}`)).toEqual(['jira 4xx', 'dataverse 2xx', 'token 2xx']);
  for (const { seconds } of told) expect(seconds).toBeGreaterThan(0);
});

describe('R-1102 Dataverse behind a proxy of the environment', () => {
  test('a call that the library sends by the proxy is measured as one of Dataverse', async () => {
    const port = await listen(createServer((_, response) => response.end('{}')));
    const told: OutgoingCall[] = [];
    const url = 'http://dataverse.invalid';
    const stop = watchOutgoing(new Map([[url, 'dataverse']]), (call) => told.push(call));
    process.env['http_proxy'] = `http://127.0.0.1:${port}`;
    try {
      const tokens = { token: async () => 'token', drop: () => undefined };
      await expect(createDataverseClient({ url, tokens, timeoutMs: 1_000 }).whoAmI()).rejects.toThrow();
    } finally {
      delete process.env['http_proxy'];
      stop();
    }
    expect(told.map((call) => `${call.side} ${call.status}`)).toEqual(['dataverse 2xx']);
  });

  test('in a tunnel too, where the header names the proxy and the path tells nothing', () => {
    const told: OutgoingCall[] = [];
    const stop = watchOutgoing(new Map([['https://dataverse.invalid', 'dataverse']]), (call) => told.push(call));
    const getHeader = (): string => 'proxy.company.com:3128';
    const request = { protocol: 'https:', host: 'dataverse.invalid', path: '/api/data/v9.2/WhoAmI()', getHeader };
    channel('http.client.request.created').publish({ request });
    channel('http.client.response.finish').publish({ request, response: { statusCode: 200 } });
    stop();
    expect(told.map((call) => `${call.side} ${call.status}`)).toEqual(['dataverse 2xx']);
  });
});

/** A forward proxy that opens no tunnel. */
async function refusingTunnels(status: number): Promise<string> {
  const server = createServer();
  server.on('connect', (_request, socket) => socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`));
  return `http://127.0.0.1:${await listen(server)}`;
}

describe('R-1102 R-1407 a tunnel that is refused', () => {
  test.each([
    [407, '4xx', 'configuration', /^The gateway before Jira asks who is calling \(407\).*JIRA_GATEWAY_CERTIFICATE/],
    [403, '4xx', 'configuration', /^The gateway before Jira does not let this service through .*\(403\)/],
    [502, '5xx', 'transient', /^The gateway before Jira refused the tunnel \(502\); it is tried again\./],
  ])('with %i before Jira counts for the gateway, whose words name nothing else', async (status, told, kind, says) => {
    const url = await refusingTunnels(status);
    const calls: OutgoingCall[] = [];
    const stop = watchOutgoing(new Map([['https://jira.invalid', 'jira']]), (call) => calls.push(call));
    const gateway = { url, ca: null, client: null };
    const credentials = { kind: 'bearer', pat: 'pat-behind-the-gateway-of-the-tests' } as const;
    const http = createJiraHttp({ url: 'https://jira.invalid', credentials, timeoutMs: 2_000, gateway });
    try {
      const call = http.call({ method: 'GET', path: '/rest/api/3/myself', schema: z.unknown() });
      await expect(call).rejects.toMatchObject({ code: 'gateway-unavailable', errorClass: kind, status: undefined });
      await expect(call).rejects.toThrow(says);
      await expect(call).rejects.not.toThrow(/pat-behind|127\.0\.0\.1/);
    } finally {
      stop();
      await http.close();
    }
    expect(new Set(calls.map((call) => `${call.side} ${call.status}`))).toEqual(new Set([`gateway ${told}`]));
  });

  test.each([
    [407, '4xx', /^The proxy before Dataverse asks who is calling \(407\)/],
    [403, '4xx', /^Something before Dataverse refused the call \(403\)/],
    [502, '5xx', /^Dataverse is not available just now \(502\)/],
  ])('with %i before Dataverse counts for the proxy of the environment', async (status, told, says) => {
    const address = new URL(await refusingTunnels(status));
    address.username = 'service';
    address.password = 'proxy-secret-of-the-tests';
    const calls: OutgoingCall[] = [];
    const url = 'https://dataverse.invalid';
    const stop = watchOutgoing(new Map([[url, 'dataverse']]), (call) => calls.push(call));
    process.env['https_proxy'] = address.href;
    try {
      const tokens = { token: async () => 'token', drop: () => undefined };
      const failed = createDataverseClient({ url, tokens, timeoutMs: 1_000 }).whoAmI();
      await expect(failed).rejects.toThrow(says);
      await expect(failed).rejects.not.toThrow(/proxy-secret/);
    } finally {
      delete process.env['https_proxy'];
      stop();
    }
    expect(new Set(calls.map((call) => `${call.side} ${call.status}`))).toEqual(new Set([`proxy ${told}`]));
  });

  test('shows in connection_up as long as it is known', async () => {
    const metrics = createMetrics();
    const up = async (gateway: HealthReport['gateway']): Promise<string> => {
      metrics.show({ ...quietReport, gateway });
      return metrics.registry.getSingleMetricAsString('crmjira_connection_up');
    };
    expect(await up({ ok: false, code: 'gateway-unavailable' })).toContain('crmjira_connection_up{side="gateway"} 0');
    expect(await up({ ok: true })).toContain('crmjira_connection_up{side="gateway"} 1');
    expect(await up('unknown')).not.toContain('gateway');
  });
});

test('a call without an answer is told as one', async () => {
  const port = await freePort();
  const told: OutgoingCall[] = [];
  const stop = watchOutgoing(new Map([[`http://127.0.0.1:${port}`, 'jira']]), (call) => told.push(call));
  await expect(viaNode(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  await expect(request(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  stop();
  expect(told.map(({ side, status }) => `${side} ${status}`)).toEqual(['jira none', 'jira none']);
});

test('figures add up between two lines and start anew', () => {
  const figures = createFigures();
  figures.add({ side: 'jira', status: '2xx', seconds: 1 });
  figures.add({ side: 'jira', status: '5xx', seconds: 2 });
  figures.add({ side: 'jira', status: 'none', seconds: 3 });
  expect(figures.take()).toEqual({ jira: { calls: 3, errors: 2, seconds: 6 } });
  expect(figures.take()).toEqual({});
});

describe('days left (R-1106)', () => {
  test('a day that was named ends with it', () => {
    expect(daysUntilEndOf('2025-01-21', new Date('2025-01-15T00:00:00Z'))).toBe(7);
    expect(daysUntilEndOf('2025-01-14', new Date('2025-01-15T12:00:00Z'))).toBe(-0.5);
  });

  test('a certificate is read from the server that shows it, also an expired one; http has none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crmjira-certificate-'));
    try {
      const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
      const subject = ['-subj', '/CN=localhost', '-days', '30', '-keyout', keyFile, '-out', certFile];
      const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
      execFileSync('openssl', ['req', '-x509', ...curve, ...subject], { stdio: 'ignore' });
      const tls = { key: readFileSync(keyFile), cert: readFileSync(certFile) };
      const port = await listen(createTlsServer(tls));
      const now = new Date();
      const left = await certificateDaysLeft(`https://localhost:${port}`, now);
      expect(left).toBeGreaterThan(29.9);
      expect(left).toBeLessThanOrEqual(30);
      const later = new Date(now.getTime() + 40 * 86_400_000);
      expect(await certificateDaysLeft(`https://localhost:${port}`, later)).toBeLessThan(-9);
      expect(await certificateDaysLeft(`http://localhost:${port}`, now)).toBeNull();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
