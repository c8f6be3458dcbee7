import { exec } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { request, type RequestOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { InvalidConfiguration } from '../../../plugins-proxy/src/platform/config/invalid-configuration';
import { certificateFolder } from '../certificates';
import { eventually } from '../eventually';
import { recordedServer, type RecordedServer } from '../recorded-server';
import { basic, keyServer, openRelay, sendRaw, signingKey } from '../relay-world';
import { testConfig } from '../test-config';

const { at, pem, authority, certificate, remove } = certificateFolder();
const stops: (() => Promise<unknown>)[] = [];
let jira: RecordedServer;

beforeAll(() => {
  authority('internal-ca');
  authority('stranger-ca');
  certificate('proxy', 'internal-ca');
  certificate('flow-runner', 'internal-ca', { names: 'DNS:flows.company.com', usage: 'clientAuth' });
  certificate('another', 'internal-ca', { names: 'DNS:another.company.com', usage: 'clientAuth' });
  certificate('wildcard', 'internal-ca', { names: 'DNS:*.company.com', usage: 'clientAuth' });
  certificate('sneaky', 'internal-ca', { names: 'URI:https://flows.company.com,email:a@flows.company.com' });
  certificate('impostor', 'stranger-ca', { names: 'DNS:flows.company.com', usage: 'clientAuth' });
  certificate('server-only', 'internal-ca', { names: 'DNS:flows.company.com', usage: 'serverAuth' });
});
afterAll(remove);
beforeEach(async () => {
  jira = await recordedServer(() => ({ body: { displayName: 'Service' } }));
  stops.push(() => jira.close());
});
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const served = {
  PUBLIC_URL: 'https://crm-jira-proxy.company.com',
  TLS_CERTIFICATE_FILE: at('proxy.pem'),
  TLS_KEY_FILE: at('proxy.key'),
};
const mutual = {
  ...served,
  TLS_CLIENT_CA_FILE: at('internal-ca.pem'),
  RELAY_CERTIFICATE_NAMES: 'flows.company.com,crm-jira-runner',
};

async function relay(over: Record<string, string>) {
  const keys = await keyServer();
  const key = await signingKey('key-1');
  keys.state.keys = [key.jwk];
  const opened = await openRelay(jira.url, keys.url, over);
  stops.push(keys.close, opened.close);
  return { ...opened, token: await key.sign() };
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly protocol: string | null;
}

function get(url: string, path: string, options: RequestOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(url);
    const asked = { host: '127.0.0.1', servername: 'localhost', port, path, ca: pem('internal-ca.pem'), agent: false };
    const sent = request({ ...asked, ...options }, (response) => {
      let text = '';
      // An https response comes over a TLS socket.
      const protocol = (response.socket as TLSSocket).getProtocol();
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text, protocol }));
    });
    sent.on('error', reject);
    sent.end();
  });
}
const as = (name: string): RequestOptions => ({ cert: pem(`${name}.pem`), key: pem(`${name}.key`) });
const myself = '/relay/jira/rest/api/3/myself';

describe('TLS served by the service itself', () => {
  test('the configured certificate, TLS 1.3; 1.2 only where it is set, 1.1 never; no plain HTTP (R-1214)', async () => {
    const at13 = await relay(served);
    expect(at13.url).toMatch(/^https:/);
    expect(await get(at13.url, '/ready')).toMatchObject({ status: 200, protocol: 'TLSv1.3' });
    await expect(get(at13.url, '/ready', { maxVersion: 'TLSv1.2' })).rejects.toThrow(/protocol version/i);
    const plain = await sendRaw(at13.url, `GET ${myself} HTTP/1.1\r\nhost: x\r\nauthorization: ${basic}\r\n\r\n`);
    expect(plain).not.toContain('200');

    const at12 = await relay({ ...served, TLS_MIN_VERSION: '1.2' });
    expect(await get(at12.url, '/ready', { maxVersion: 'TLSv1.2' })).toMatchObject({ protocol: 'TLSv1.2' });
    expect(await get(at12.url, '/ready')).toMatchObject({ protocol: 'TLSv1.3' });
    const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;
    await expect(get(at12.url, '/ready', old)).rejects.toThrow();
  });

  test('the check of docs/deployment.md shows version and chain', async () => {
    const { url } = await relay(served);
    const document = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'deployment.md'), 'utf8');
    const [, command = ''] = /`(openssl s_client [^`]+)`/.exec(document) ?? [];
    const here = command.replace('<proxy>:443', new URL(url).host).replace('<authority>', at('internal-ca.pem'));
    const { stdout } = await promisify(exec)(`${here} < /dev/null`);
    expect(stdout).toContain('TLSv1.3');
    expect(stdout).toContain('Verification: OK');
  });

  test('a caller that does not know the authority does not go on', async () => {
    const { url } = await relay(served);
    await expect(get(url, '/ready', { ca: pem('stranger-ca.pem') })).rejects.toThrow(/certificate/);
  });
});

describe('client certificates at the relay (R-1215)', () => {
  test.each([
    ['a DNS name on the allow-list', 'flow-runner', 'flows.company.com'],
    ['a common name on the allow-list', 'another', 'another'],
  ])('%s is let in, under that name', async (_what, name, allowed) => {
    const { url, logged } = await relay({ ...mutual, RELAY_CERTIFICATE_NAMES: `${allowed},somebody-else` });
    expect(await get(url, myself, as(name))).toMatchObject({ status: 200 });
    expect(logged('relayed')).toMatchObject([{ caller: `certificate:${allowed}`, operation: 'GetMyself' }]);
    expect((await get(url, '/relay/jira/rest/api/3/users', as(name))).status).toBe(404);
  });

  test.each([
    ['no certificate', {}],
    ['another name of the same authority', 'another'],
    ['a wildcard that would fit', 'wildcard'],
    ['the name in another kind of name', 'sneaky'],
    ['the right name of another authority', 'impostor'],
    ['a certificate that is for servers', 'server-only'],
  ])('%s opens nothing', async (_what, who) => {
    const { url } = await relay(mutual);
    const options = typeof who === 'string' ? as(who) : who;
    expect((await get(url, myself, options)).status).toBe(401);
    expect(jira.seen).toHaveLength(0);
    // Webhooks have no certificate: the other routes judge by their own checks.
    expect((await get(url, '/ready', options)).status).toBe(200);
  });

  test('a header that speaks of a certificate is only a header', async () => {
    const { url } = await relay(mutual);
    const headers = { 'x-forwarded-client-cert': 'Subject="CN=flow-runner"', 'x-ssl-client-verify': 'SUCCESS' };
    expect((await get(url, myself, { headers })).status).toBe(401);
  });

  test('tokens and Basic go on working beside certificates', async () => {
    const { url, token } = await relay(mutual);
    for (const authorization of [`Bearer ${token}`, basic])
      expect((await get(url, myself, { headers: { authorization } })).status).toBe(200);
  });

  test('where certificates are required, a connection without one is not made at all', async () => {
    const { url } = await relay({ ...mutual, TLS_CLIENT_REQUIRED: 'true' });
    for (const options of [{}, as('impostor'), as('server-only')])
      await expect(get(url, '/ready', options)).rejects.toThrow();
    expect((await get(url, '/ready', as('another'))).status).toBe(200);
    expect((await get(url, myself, as('another'))).status).toBe(401);
    expect((await get(url, myself, as('flow-runner'))).status).toBe(200);
  });
});

describe('a configuration of certificates that cannot work is named', () => {
  const wrong = (over: Record<string, string>): string => {
    try {
      testConfig(over);
      return 'accepted';
    } catch (error) {
      if (error instanceof InvalidConfiguration) return error.message;
      throw error;
    }
  };
  test.each([
    [
      'a key without its certificate',
      () => ({ TLS_KEY: pem('proxy.key') }),
      /^TLS_CERTIFICATE: expected the other half of TLS_KEY/,
    ],
    [
      'the key of another certificate',
      () => ({ ...served, TLS_KEY_FILE: at('another.key') }),
      /^TLS_KEY: expected the key that belongs to TLS_CERTIFICATE, got another key$/,
    ],
    [
      'no PEM',
      () => ({ ...served, TLS_CERTIFICATE: 'x', TLS_CERTIFICATE_FILE: '' }),
      /^TLS_CERTIFICATE: expected a certificate as PEM/,
    ],
    [
      'a plain address to the outside',
      () => ({ ...served, PUBLIC_URL: 'http://proxy' }),
      /^PUBLIC_URL: expected an https address, as TLS_CERTIFICATE is set, got "http:\/\/proxy"$/,
    ],
    [
      'required of nobody',
      () => ({ ...served, TLS_CLIENT_REQUIRED: 'true' }),
      /^TLS_CLIENT_CA: expected the authority/,
    ],
    [
      'names without an authority',
      () => ({ ...served, RELAY_ENABLED: 'true', RELAY_CERTIFICATE_NAMES: 'a' }),
      /^TLS_CLIENT_CA: expected the authority that signs the names/,
    ],
    [
      'an authority that is none',
      () => ({ ...served, TLS_CLIENT_CA: 'company' }),
      /^TLS_CLIENT_CA: expected certificates of authorities, as PEM/,
    ],
    ['an old version', () => ({ ...served, TLS_MIN_VERSION: '1.1' }), /^TLS_MIN_VERSION: expected 1.3, or 1.2/],
    [
      'a client certificate for a plain Jira',
      () => ({ JIRA_CERTIFICATE_FILE: at('another.pem'), JIRA_KEY_FILE: at('another.key') }),
      /^JIRA_URL: expected an https address, as JIRA_CERTIFICATE is set/,
    ],
  ])('%s', (_what, over, message) => {
    const said = wrong(over());
    expect(said).toMatch(message);
    expect(said).not.toContain('PRIVATE KEY');
  });
});

test('R-1311 over TLS too a service that stops answers the reads it has taken', async () => {
  const held: ServerResponse[] = [];
  const holding = createServer((_request, response) => void held.push(response));
  await new Promise<void>((resolve) => holding.listen(0, '127.0.0.1', resolve));
  stops.push(() => new Promise((resolve) => holding.close(resolve)));
  // listen() on a TCP port always gives an AddressInfo.
  const { port } = holding.address() as AddressInfo;
  const opened = await openRelay(`http://127.0.0.1:${port}`, 'http://127.0.0.1:9/keys', served);
  const asked = get(opened.url, myself, { headers: { authorization: basic } });
  await eventually(async () => expect(held).toHaveLength(1));
  const closed = opened.close();
  // Long enough for it to have looked for connections that it need not wait for.
  await new Promise((resolve) => setTimeout(resolve, 500));
  held[0]?.writeHead(200, { 'content-type': 'application/json' }).end('{"displayName":"Service"}');
  expect(await asked).toMatchObject({ status: 200, text: '{"displayName":"Service"}' });
  await closed;
});
