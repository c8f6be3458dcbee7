import { copyFileSync } from 'node:fs';
import { createServer, type Server, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { z } from 'zod';
import { createJiraHttp } from '../../../plugins-proxy/src/clients/jira/jira-http';
import type { HttpClient } from '../../../plugins-proxy/src/platform/http-client/http-client';
import { openConfig } from '../../../plugins-proxy/src/platform/secrets/live-config';
import { certificateFolder } from '../certificates';
import { basic, keyServer, openRelay } from '../relay-world';
import { environment, testConfig } from '../test-config';

const { at, pem, authority, certificate, remove } = certificateFolder();
const stops: (() => Promise<unknown>)[] = [];
/** Common names of those whose requests arrived. */
let seen: string[];

beforeAll(() => {
  authority('internal-ca');
  authority('stranger-ca');
  certificate('jira', 'internal-ca');
  certificate('other-host', 'internal-ca', { names: 'DNS:other.company.com' });
  certificate('crmjira-proxy', 'internal-ca', { usage: 'clientAuth' });
  certificate('intruder', 'stranger-ca', { usage: 'clientAuth' });
  certificate('server-only', 'internal-ca', { usage: 'serverAuth' });
});
afterAll(remove);
beforeEach(() => (seen = []));
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A Jira behind TLS that takes only callers with a certificate of the internal authority (R-1215). */
async function startJira(over: ServerOptions = {}): Promise<string> {
  const options: ServerOptions = {
    key: pem('jira.key'),
    cert: pem('jira.pem'),
    ca: pem('internal-ca.pem'),
    requestCert: true,
    rejectUnauthorized: true,
    ...over,
  };
  const server: Server = createServer(options, (request, response) => {
    // An https server's sockets are TLS sockets.
    seen.push(String((request.socket as TLSSocket).getPeerCertificate().subject?.CN ?? 'nobody'));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"displayName":"Service"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  // listen() on a TCP port always gives an AddressInfo.
  return `https://localhost:${(server.address() as AddressInfo).port}`;
}

const mutual = {
  JIRA_CA_FILE: at('internal-ca.pem'),
  JIRA_CERTIFICATE_FILE: at('crmjira-proxy.pem'),
  JIRA_KEY_FILE: at('crmjira-proxy.key'),
};

function client(url: string, variables: Record<string, string>): HttpClient {
  const config = testConfig({ ...variables, JIRA_URL: url }).jira;
  const clock = { sleep: async () => undefined, random: () => 0 };
  const http = createJiraHttp({ ...config, timeoutMs: 2_000, clock });
  stops.push(() => http.close());
  return http;
}
const ask = (http: HttpClient) =>
  http.call({ method: 'GET', path: '/rest/api/3/myself', schema: z.object({ displayName: z.string() }) });

describe('mutual TLS to Jira, directly (R-1215)', () => {
  test('a certificate of the internal authority is accepted, by the client and by the relay alike', async () => {
    const url = await startJira();
    expect(await ask(client(url, mutual))).toEqual({ displayName: 'Service' });
    const keys = await keyServer();
    const relay = await openRelay(url, keys.url, mutual);
    stops.push(keys.close, relay.close);
    const response = await fetch(`${relay.url}/relay/jira/rest/api/3/myself`, { headers: { authorization: basic } });
    expect([response.status, await response.json()]).toEqual([200, { displayName: 'Service' }]);
    expect(seen).toEqual(['crmjira-proxy', 'crmjira-proxy']);
    expect(relay.lines.join('')).not.toContain('PRIVATE KEY');
  });

  test.each([
    ['without a certificate', { JIRA_CERTIFICATE_FILE: '', JIRA_KEY_FILE: '' }],
    [
      'with a certificate of another authority',
      { JIRA_CERTIFICATE_FILE: at('intruder.pem'), JIRA_KEY_FILE: at('intruder.key') },
    ],
    [
      'with a certificate that is not for clients',
      { JIRA_CERTIFICATE_FILE: at('server-only.pem'), JIRA_KEY_FILE: at('server-only.key') },
    ],
    ['when Jira is signed by another authority', { JIRA_CA_FILE: at('stranger-ca.pem') }],
    ['when Jira is signed by nobody we know', { JIRA_CA_FILE: '' }],
  ])('refused %s; nothing arrives, and it ends', async (_what, over) => {
    const url = await startJira();
    await expect(ask(client(url, { ...mutual, ...over }))).rejects.toThrow();
    expect(seen).toEqual([]);
  });

  test('a renewed certificate of the same authority needs no change: the authority is pinned, not the certificate (R-905)', async () => {
    certificate('renewed', 'internal-ca');
    const url = await startJira({ key: pem('renewed.key'), cert: pem('renewed.pem') });
    expect(await ask(client(url, mutual))).toEqual({ displayName: 'Service' });
  });

  test('R-1215 R-1218 a client certificate that was renewed in its file is shown on the next connection', async () => {
    const url = await startJira();
    for (const kind of ['pem', 'key']) copyFileSync(at(`intruder.${kind}`), at(`live.${kind}`));
    const files = { JIRA_CERTIFICATE_FILE: at('live.pem'), JIRA_KEY_FILE: at('live.key') };
    const live = await openConfig({ ...environment, ...mutual, ...files, JIRA_URL: url });
    const http = createJiraHttp({
      ...live.current().jira,
      transport: () => live.current().jira,
      timeoutMs: 2_000,
      clock: { sleep: async () => undefined, random: () => 0 },
    });
    stops.push(() => http.close());
    await expect(ask(http)).rejects.toThrow();
    for (const kind of ['pem', 'key']) copyFileSync(at(`crmjira-proxy.${kind}`), at(`live.${kind}`));
    expect(await live.reload()).toBe(true);
    expect(await ask(http)).toEqual({ displayName: 'Service' });
    expect(await live.reload()).toBe(false);
    expect(seen).toEqual(['crmjira-proxy']);
  });

  test('the certificate must name the host that is called', async () => {
    const url = await startJira({ key: pem('other-host.key'), cert: pem('other-host.pem') });
    await expect(ask(client(url, mutual))).rejects.toThrow();
    expect(seen).toEqual([]);
  });

  test('TLS 1.2 is spoken only where somebody has set it (R-1214)', async () => {
    const url = await startJira({ maxVersion: 'TLSv1.2' });
    await expect(ask(client(url, mutual))).rejects.toThrow();
    expect(seen).toEqual([]);
    expect(await ask(client(url, { ...mutual, JIRA_TLS_MIN_VERSION: '1.2' }))).toEqual({ displayName: 'Service' });
  });
});
