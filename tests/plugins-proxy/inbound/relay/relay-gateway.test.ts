import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { createJiraHttp } from '../../../../plugins-proxy/src/clients/jira/jira-http';
import { z } from 'zod';
import { readConfig } from '../../../../plugins-proxy/src/platform/config/read-config';
import { InvalidConfiguration } from '../../../../plugins-proxy/src/platform/config/invalid-configuration';
import { certificateFolder } from '../../certificates';
import { recordedServer } from '../../recorded-server';
import { basic, keyServer, openRelay, serviceAuthorization } from '../../relay-world';
import { environment, testConfig } from '../../test-config';

const { at, pem, authority, certificate, remove } = certificateFolder();

/** A gateway that asks for a client certificate and tunnels to whoever is named, or refuses. */
async function startGateway(refuses = false) {
  const tunnels: { to: string; by: string; authorization: string | undefined }[] = [];
  const options: ServerOptions = {
    key: pem('gateway.key'),
    cert: pem('gateway.pem'),
    ca: pem('company.pem'),
    requestCert: true,
    rejectUnauthorized: true,
  };
  const server = createSecureServer(options);
  const sockets = new Set<{ destroy(): void }>();
  server.on('connect', (request, socket: TLSSocket) => {
    const by = String(socket.getPeerCertificate().subject.CN);
    tunnels.push({ to: request.url ?? '', by, authorization: request.headers.authorization });
    if (refuses) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const [host = '', port] = (request.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    for (const each of [socket, onward]) {
      sockets.add(each);
      each.on('error', () => undefined);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    tunnels,
    // listen() on a TCP port always gives an AddressInfo.
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});
beforeAll(() => {
  authority('company');
  authority('stranger');
  certificate('gateway', 'company');
  certificate('crmjira-proxy', 'company');
  certificate('intruder', 'stranger');
});
afterAll(remove);

async function throughGateway(over: Record<string, string | undefined>, refuses = false) {
  const gateway = await startGateway(refuses);
  const jira = await recordedServer(() => ({ body: { displayName: 'Service' } }));
  const keys = await keyServer();
  const variables = {
    JIRA_GATEWAY_URL: gateway.url,
    JIRA_GATEWAY_CA_FILE: at('company.pem'),
    JIRA_GATEWAY_CERTIFICATE_FILE: at('crmjira-proxy.pem'),
    JIRA_GATEWAY_KEY_FILE: at('crmjira-proxy.key'),
    ...over,
  };
  const relay = await openRelay(jira.url, keys.url, variables as Record<string, string>);
  stops.push(gateway.close, () => jira.close(), keys.close, relay.close);
  const get = () => fetch(`${relay.url}/relay/jira/rest/api/3/myself`, { headers: { authorization: basic } });
  return { gateway, jira, get, relay, variables };
}

describe('the forward gateway before Jira (R-1215)', () => {
  test('is passed by CONNECT with the client certificate; the credentials travel inside the tunnel', async () => {
    const { gateway, jira, get } = await throughGateway({});
    const response = await get();
    expect([response.status, await response.json()]).toEqual([200, { displayName: 'Service' }]);
    await (await get()).text();
    expect(gateway.tunnels).toEqual([{ to: new URL(jira.url).host, by: 'crmjira-proxy', authorization: undefined }]);
    expect(jira.seen.map(({ headers }) => [headers.host, headers.authorization])).toEqual([
      [new URL(jira.url).host, serviceAuthorization],
      [new URL(jira.url).host, serviceAuthorization],
    ]);
  });

  test('leads to a Jira that speaks TLS, whose certificate is checked behind the tunnel', async () => {
    const secure = { key: pem('gateway.key'), cert: pem('gateway.pem') };
    const server = createSecureServer(secure, (request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ asked: request.url }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // listen() on a TCP port always gives an AddressInfo.
    const jiraUrl = `https://localhost:${(server.address() as AddressInfo).port}`;
    stops.push(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    });
    const { gateway, get } = await throughGateway({ JIRA_URL: jiraUrl });
    const response = await get();
    expect([response.status, await response.json()]).toEqual([200, { asked: '/rest/api/3/myself' }]);
    expect(gateway.tunnels).toMatchObject([{ to: new URL(jiraUrl).host, by: 'crmjira-proxy' }]);
  });

  test('serves the reconciler as well', async () => {
    const { gateway, jira, variables } = await throughGateway({});
    const config = testConfig({ ...variables, JIRA_URL: jira.url }).jira;
    const http = createJiraHttp({ ...config, timeoutMs: 5_000 });
    stops.push(() => http.close());
    const schema = z.object({ displayName: z.string() });
    expect(await http.call({ method: 'GET', path: '/rest/api/3/myself', schema })).toEqual({ displayName: 'Service' });
    expect(gateway.tunnels).toHaveLength(1);
  });

  test.each([
    ['without a client certificate', { JIRA_GATEWAY_CERTIFICATE_FILE: '', JIRA_GATEWAY_KEY_FILE: '' }],
    [
      'with a certificate of another authority',
      { JIRA_GATEWAY_CERTIFICATE_FILE: at('intruder.pem'), JIRA_GATEWAY_KEY_FILE: at('intruder.key') },
    ],
    ['when the gateway is signed by another authority', { JIRA_GATEWAY_CA_FILE: at('stranger.pem') }],
  ])('leads nowhere %s', async (_what, over) => {
    const { jira, get, relay } = await throughGateway(over);
    const response = await get();
    expect([response.status, await response.json()]).toMatchObject([502, { code: 'gateway-unavailable' }]);
    expect(jira.seen).toHaveLength(0);
    expect(relay.lines.join('')).not.toContain('PRIVATE KEY');
  });

  test('that refuses the tunnel is told apart from an answer of Jira', async () => {
    const { jira, get } = await throughGateway({}, true);
    const response = await get();
    expect([response.status, await response.json()]).toMatchObject([502, { code: 'gateway-unavailable' }]);
    expect(jira.seen).toHaveLength(0);
  });

  test('needs both halves of the certificate', () => {
    const half = { ...environment, JIRA_GATEWAY_URL: 'https://gateway', JIRA_GATEWAY_KEY: 'key' };
    expect(() => readConfig(half)).toThrow(InvalidConfiguration);
    expect(() => readConfig(half)).toThrow(/^JIRA_GATEWAY_CERTIFICATE: expected the other half/);
  });
});
