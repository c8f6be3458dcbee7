import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { type NamedFault, type NetworkFault, sayFault } from '@crmjira/domain';
import { createJiraHttp, type JiraHttpOptions } from '../../../../plugins-proxy/src/clients/jira/jira-http';
import { askSite } from '../../../../plugins-proxy/src/clients/jira/require-deployment';
import { faultOf } from '../../../../plugins-proxy/src/connections/providers/fault-of';
import { IntegrationError } from '../../../../plugins-proxy/src/platform/errors/integration-error';
import { longestAnswer } from '../../../../plugins-proxy/src/platform/http-client/answer-too-long';
import { issuerOf } from '../../../../plugins-proxy/src/platform/tls/shown-issuer';
import { certificateFolder } from '../../certificates';

const closing: (() => Promise<unknown>)[] = [];
const certificates = certificateFolder();
/** An authority that names itself as an attacker would. */
const hostile = '<b>"Acme"';

beforeAll(() => {
  certificates.authority('known');
  certificates.authority('unknown');
  certificates.certificate('good', 'known');
  certificates.certificate('stranger', 'unknown');
  certificates.certificate('other-name', 'known', { names: 'DNS:other.example' });
  certificates.certificate('expired', 'known', { days: -1 });
  certificates.authority(hostile);
  certificates.certificate('of-hostile', hostile);
});

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(() => certificates.remove());

async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  closing.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server.close(done));
  });
  return String((server.address() as AddressInfo).port);
}

const plain = async (answer: RequestListener): Promise<string> => {
  const server = createServer(answer);
  return `http://127.0.0.1:${await listen(server)}`;
};

const secure = async (name: string): Promise<string> => {
  const server = createSecureServer(
    { key: certificates.pem(`${name}.key`), cert: certificates.pem(`${name}.pem`) },
    (_, response) => response.end('{}'),
  );
  return `https://127.0.0.1:${await listen(server)}`;
};

const json = (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener => {
  return (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};
const page = (status: number, headers: Record<string, string> = {}): RequestListener => {
  return (_, response) => response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<html></html>');
};

/** Asks a site for its version as every test does first. @returns the fault; null: none */
async function askedAt(url: string, options: Partial<JiraHttpOptions> = {}): Promise<NamedFault | null> {
  const http = createJiraHttp({
    url,
    credentials: { kind: 'bearer', pat: 'not-shown' },
    timeoutMs: 500,
    clock: { sleep: async () => undefined, random: () => 0.5 },
    transport: () => ({ tls: { lowest: 'TLSv1.2', ca: certificates.pem('known.pem'), client: null } }),
    ...options,
  });
  closing.push(() => http.close());
  const { host } = new URL(url);
  const thrown: unknown = await askSite(http, 'the address').then(
    () => null,
    (error: unknown) => error,
  );
  return thrown === null ? null : faultOf(thrown, { product: 'Jira', host });
}

const faultAt = async (...asked: Parameters<typeof askedAt>): Promise<string> =>
  (await askedAt(...asked))?.name ?? 'none';

const unusedPort = async (): Promise<string> => {
  const server = createTcpServer();
  const port = await listen(server);
  await closing.pop()?.();
  return port;
};

test.each<[NetworkFault | 'none', () => Promise<string>]>([
  ['none', () => plain(json(200, { version: '10.3.1' }))],
  ['name-unknown', async () => 'http://no-such-host.invalid'],
  ['connection-refused', async () => `http://127.0.0.1:${await unusedPort()}`],
  ['cut-off', () => plain((request) => request.socket.destroy())],
  ['no-answer', () => plain(() => undefined)],
  ['credentials', () => plain(json(401, {}))],
  ['captcha', () => plain(json(403, {}, { 'x-seraph-loginreason': 'AUTHENTICATION_DENIED' }))],
  ['anonymous', () => plain(json(200, { version: '10' }, { 'x-ausername': 'anonymous' }))],
  ['forbidden', () => plain(json(403, { errorMessages: ['No.'] }))],
  ['rate-limit', () => plain(json(429, {}))],
  ['unavailable', () => plain(json(503, {}))],
  ['refused', () => plain(json(400, { errorMessages: ['No.'] }))],
  ['redirect', () => plain(page(302, { location: 'https://elsewhere.example/' }))],
  ['web-page', () => plain(page(200))],
  ['wrong-product', () => plain(page(404))],
  ['wrong-product', () => plain(json(200, { name: 'another product' }))],
  [
    'not-json',
    () => plain((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"vers')),
  ],
  [
    'not-http',
    async () => {
      const server = createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
      return `http://127.0.0.1:${await listen(server)}`;
    },
  ],
  [
    'answer-too-large',
    () =>
      plain((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.on('error', () => undefined);
        response.end(`"${'x'.repeat(longestAnswer + 1)}"`);
      }),
  ],
  ['certificate-unknown-authority', () => secure('stranger')],
  ['certificate-self-signed', () => secure('unknown')],
  ['certificate-other-name', () => secure('other-name')],
  ['certificate-expired', () => secure('expired')],
  ['not-tls', async () => (await plain(json(200, {}))).replace('http:', 'https:')],
])('R-1609: a test tells %s from every other fault', async (expected, start) => {
  expect(await faultAt(await start())).toBe(expected);
});

test('R-1609: an address that the guard keeps from being called is a fault of its own', async () => {
  const url = await plain(json(200, { version: '10' }));
  const refusal = new IntegrationError('not called', { code: 'address-refused', errorClass: 'configuration' });
  const guard = { require: async () => undefined, refusalOf: () => refusal };
  expect(await faultAt(url, { guard })).toBe('address-refused');
});

test('R-1609: a proxy that does not let the service through is a fault of its own', async () => {
  const proxy = createServer();
  proxy.on('connect', (_, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
  const gateway = { url: `http://127.0.0.1:${await listen(proxy)}`, ca: null, client: null };
  expect(await faultAt('http://jira.example', { transport: () => ({ gateway }) })).toBe('proxy-refused');
});

test('R-1609: a certificate that is not valid yet points at the clock', () => {
  const cause = Object.assign(new Error('certificate is not yet valid'), { code: 'CERT_NOT_YET_VALID' });
  expect(faultOf(cause, { product: 'Jira', host: 'jira.example' }).name).toBe('certificate-not-yet-valid');
});

test('R-1618: a fault names product, host and status, and nothing of the answer', async () => {
  const error = new IntegrationError('Jira says: token abc', {
    code: 'jira-refused',
    errorClass: 'permanent',
    status: 400,
  });
  expect(faultOf(error, { product: 'Jira', host: 'jira.example' })).toEqual({
    name: 'refused',
    args: { product: 'Jira', host: 'jira.example', status: '400' },
  });
});

test.each([
  ['stranger', 'unknown'],
  ['unknown', 'unknown'],
  ['other-name', 'known'],
  ['expired', 'known'],
])('R-1609: whoever is told of the certificate %s learns that %s issued it', async (name, issuer) => {
  const fault = await askedAt(await secure(name));
  expect(fault?.args['issuer']).toBe(issuer);
});

test('R-1609: the issuer stands in the sentence where it is known, without what could pass for a part of it', async () => {
  const fault = await askedAt(await secure('of-hostile'));
  expect(fault?.args['issuer']).toBe('bAcme');
  const CN = `Acme\u202E\n${'x'.repeat(200)}`;
  expect(issuerOf({ issuer: { CN } as never })).toBe(`Acme ${'x'.repeat(95)}`);
  const says = (args: Record<string, string>, language: 1033 | 3084) =>
    sayFault({ name: 'certificate-unknown-authority', args }, language).says;
  expect(says({ issuer: 'Plant CA' }, 1033)).toBe(
    'The certificate of the host is not trusted (TLS). It was issued by “Plant CA”.',
  );
  expect(says({ issuer: 'Plant CA' }, 3084)).toBe(
    'Le certificat de l’hôte n’est pas approuvé (TLS). Il a été émis par «\u00a0Plant CA\u00a0».',
  );
  for (const args of [{}, { issuer: '' }] as readonly Record<string, string>[])
    expect(says(args, 1033)).toBe('The certificate of the host is not trusted (TLS).');
});
