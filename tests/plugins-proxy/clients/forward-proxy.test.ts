import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { NoSignIn } from '../../../plugins-proxy/src/clients/dataverse/no-sign-in';
import { createTokenSource } from '../../../plugins-proxy/src/clients/dataverse/token-source';
import { certificateFolder } from '../certificates';
import { testConfig } from '../test-config';

const { pem, authority, certificate, remove } = certificateFolder();
const trusted = getCACertificates('default');
const servers: Server[] = [];

beforeAll(() => {
  authority('company');
  certificate('login.invalid', 'company', { names: 'DNS:login.invalid' });
  setDefaultCACertificates([...trusted, pem('company.pem')]);
});
afterAll(() => {
  setDefaultCACertificates(trusted);
  remove();
});
afterEach(async () => {
  delete process.env['https_proxy'];
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // listen() on a TCP port always gives an AddressInfo.
  return (server.address() as AddressInfo).port;
}

/** A proxy that notes where people want to go. @param to port to which it leads them all, or the status with which it refuses */
async function proxyTo(to: number): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((_, response) => response.writeHead(400).end());
  server.on('connect', (request, socket) => {
    asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    if (to < 1_000) return void socket.end(`HTTP/1.1 ${to} No\r\nContent-Length: 0\r\n\r\n`);
    const onward = connect(to, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    for (const end of [socket, onward]) end.on('error', () => undefined); // Either side may leave first.
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, asked };
}

/** Signs in once, without a pause between tries. */
const signIn = (tokenUrl = 'https://login.invalid/tenant/oauth2/v2.0/token'): Promise<string> => {
  const { dataverse } = testConfig({ TOKEN_URL: tokenUrl });
  const clock = { sleep: async () => undefined, random: () => 0 };
  return createTokenSource(dataverse, 2_000, Date.now, undefined, clock).token();
};

test('the sign-in goes by the proxy of the environment, as the calls to Dataverse do (R-902)', async () => {
  const answer = JSON.stringify({ access_token: 'token-of-the-tunnel', expires_in: 3_600 });
  const tls = { key: pem('login.invalid.key'), cert: pem('login.invalid.pem') };
  const { url, asked } = await proxyTo(await listen(createTlsServer(tls, (_, response) => response.end(answer))));
  process.env['https_proxy'] = url.replace('//', '//service:password-of-the-proxy@');
  await expect(signIn()).resolves.toBe('token-of-the-tunnel');
  const who = Buffer.from('service:password-of-the-proxy').toString('base64');
  expect(asked).toEqual([`login.invalid:443 Basic ${who}`]);
});

test.each([
  [407, 'configuration', /^The proxy of https_proxy did not open the way .*\(407\)\. It asks who is calling/],
  [403, 'configuration', /\(403\)\. Whoever runs it must let this service through to the host of TOKEN_URL/],
  [502, 'transient', /\(502\)\. It is tried again/],
])('a tunnel refused with %i is told as the proxy’s, without its password (R-1407)', async (status, kind, says) => {
  const { url } = await proxyTo(status);
  process.env['https_proxy'] = url.replace('//', '//service:password-of-the-proxy@');
  const refused = signIn();
  await expect(refused).rejects.toMatchObject({ code: 'dataverse-sign-in', errorClass: kind, status });
  await expect(refused).rejects.toThrow(says);
  // Nobody's secret was refused, so that none is looked up anew (R-1218).
  await expect(refused).rejects.toBeInstanceOf(NoSignIn);
  await expect(refused).rejects.not.toThrow(/password-of|127\.0\.0\.1/);
});

test('what is no address is told by its name, and not repeated', async () => {
  process.env['https_proxy'] = 'proxy:password-of-the-proxy';
  await expect(signIn()).rejects.toThrow(/^The variable https_proxy holds no address\./);
  await expect(signIn()).rejects.not.toThrow(/password-of/);
});

test('plain http goes straight', async () => {
  const login = createServer((_, response) =>
    response.end(JSON.stringify({ access_token: 'straight', expires_in: 9 })),
  );
  process.env['https_proxy'] = 'http://127.0.0.1:1';
  await expect(signIn(`http://127.0.0.1:${await listen(login)}/token`)).resolves.toBe('straight');
});
