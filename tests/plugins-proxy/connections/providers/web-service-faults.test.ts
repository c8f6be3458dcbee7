import { spawn } from 'node:child_process';
import { createServer as createPlainServer, type Server, type Socket } from 'node:net';
import { connectionFaultWords, sayFault } from '@crmjira/domain';
import type { EgressGuard } from '../../../../plugins-proxy/src/connections/egress-guard';
import { createRestProvider } from '../../../../plugins-proxy/src/connections/providers/rest';
import { createSoapProvider } from '../../../../plugins-proxy/src/connections/providers/soap';
import type { Resolve } from '../../../../plugins-proxy/src/platform/http-client/site-guard';
import { freePort } from '../../../free-port';
import { certificateFolder } from '../../certificates';
import { type Answering, json, listening, serviceParts, startService } from '../../clients/web-service/service-world';

const allowed: string[] = [];
const dns: Resolve = (host, _options, callback) =>
  host === 'nowhere.example'
    ? callback(Object.assign(new Error('getaddrinfo ENOTFOUND nowhere.example'), { code: 'ENOTFOUND' }))
    : callback(null, [{ address: '127.0.0.1', family: 4 }]);
const parts = serviceParts(() => allowed, { resolve: dns });
const egress: Pick<EgressGuard, 'of'> = parts.egress;
const rest = createRestProvider({ ...parts, egress });
const soap = createSoapProvider({ ...parts, egress });

const folder = certificateFolder();
beforeAll(() => {
  folder.authority('authority');
  folder.authority('stranger');
  folder.certificate('localhost', 'authority');
  folder.certificate('other', 'authority', { names: 'DNS:other.example' });
  folder.certificate('old', 'authority', { days: -1 });
  folder.certificate('client', 'authority');
});
const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});
afterAll(async () => {
  await parts.evaluator.close();
  folder.remove();
});

async function serve(answering: Answering, tls?: Parameters<typeof startService>[1]) {
  const service = await startService(answering, tls);
  allowed.push(`localhost:${service.port}`, `127.0.0.1:${service.port}`);
  closing.push(service.close);
  return service;
}

async function serveRaw(listener: (socket: Socket) => void): Promise<string> {
  const server: Server = createPlainServer(listener);
  const port = await listening(server);
  allowed.push(`localhost:${port}`);
  closing.push(() => void server.close());
  return `http://localhost:${port}`;
}

type Given = Readonly<Record<string, unknown>>;

/** What a page is told, and that it is told in both languages. */
async function faultOfTest(provider: 'rest' | 'soap', settings: Given, secrets: Record<string, string> = {}) {
  const open =
    provider === 'rest'
      ? await rest.open('id', rest.settings.parse(settings), secrets)
      : await soap.open('id', soap.settings.parse(settings), secrets);
  const report = await open.test();
  await open.close();
  const { fault } = report;
  if (fault === null) throw new Error(`the test passed: ${JSON.stringify(report)}`);
  expect(report.ok).toBe(false);
  expect(report.steps.at(-1)?.ok).toBe(false);
  expect(Object.keys(connectionFaultWords)).toContain(fault.name);
  for (const language of [1033, 3084] as const) {
    const { says, remedy } = sayFault(fault, language);
    expect(`${says} ${remedy}`).not.toMatch(/…|undefined|\{/);
    for (const secret of Object.values(secrets)) expect(says + remedy).not.toContain(secret);
  }
  return fault;
}

const status =
  (code: number, text = '{}', type = 'application/json', headers: Record<string, string> = {}): Answering =>
  (_request, response) => {
    response.writeHead(code, { 'content-type': type, ...headers });
    response.end(text);
  };

describe('faults of the way to a service, each by a real one (R-1609)', () => {
  it('a name that nobody knows', async () => {
    expect((await faultOfTest('rest', { url: 'https://nowhere.example' })).name).toBe('name-unknown');
  });

  it('nobody who listens', async () => {
    const service = await startService(status(200));
    await service.close();
    allowed.push(`localhost:${service.port}`);
    expect((await faultOfTest('rest', { url: service.url })).name).toBe('connection-refused');
  });

  it('an answer that drips without end', async () => {
    const timers: NodeJS.Timeout[] = [];
    const url = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n');
      timers.push(setInterval(() => socket.write(' '), 50));
      socket.on('error', () => undefined);
      closing.push(() => void socket.destroy());
    });
    expect((await faultOfTest('rest', { url, timeoutSeconds: 1 })).name).toBe('no-answer');
    timers.forEach(clearInterval);
  });

  it('a connection that is cut, and one that speaks something else', async () => {
    const cut = await serveRaw((socket) => socket.once('data', () => socket.destroy()));
    expect((await faultOfTest('rest', { url: cut })).name).toBe('cut-off');
    const mail = await serveRaw((socket) => socket.once('data', () => socket.end('220 mail.example ESMTP\r\n')));
    expect((await faultOfTest('rest', { url: mail })).name).toBe('not-http');
  });

  it.each([
    ['localhost', '', 'certificate-unknown-authority'],
    ['other', 'authority', 'certificate-other-name'],
    ['old', 'authority', 'certificate-expired'],
    ['localhost', 'stranger', 'certificate-unknown-authority'],
  ])('the certificate %s, known by the authority "%s"', async (name, authority, fault) => {
    const service = await serve(status(200), { cert: folder.pem(`${name}.pem`), key: folder.pem(`${name}.key`) });
    const known = authority === '' ? {} : { authority: `file:${folder.at(`${authority}.pem`)}` };
    expect((await faultOfTest('rest', { url: service.url, ...known })).name).toBe(fault);
  });

  it('a certificate of ours that the service asks for', async () => {
    const port = await freePort();
    // Node as a server ends such a connection without a word; OpenSSL says why.
    const asking = spawn(
      'openssl',
      [
        's_server',
        '-accept',
        `127.0.0.1:${port}`,
        '-cert',
        'localhost.pem',
        '-key',
        'localhost.key',
        '-CAfile',
        'authority.pem',
        '-Verify',
        '1',
        '-verify_return_error',
        '-tls1_2',
        '-www',
      ],
      { cwd: folder.at('.'), stdio: ['ignore', 'pipe', 'ignore'] },
    );
    closing.push(() => void asking.kill());
    for await (const said of asking.stdout) if (String(said).includes('ACCEPT')) break;
    allowed.push(`localhost:${port}`);
    const settings = { url: `https://localhost:${port}`, authority: `file:${folder.at('authority.pem')}` };
    expect((await faultOfTest('rest', settings)).name).toBe('service-client-certificate');
  });

  it('passes once that certificate is named (R-1608)', async () => {
    const service = await serve((_request, response) => json(response, []), {
      cert: folder.pem('localhost.pem'),
      key: folder.pem('localhost.key'),
      ca: folder.pem('authority.pem'),
      requestCert: true,
    });
    const settings = { url: service.url, authority: `file:${folder.at('authority.pem')}`, signIn: 'certificate' };
    const lacking = await faultOfTest('rest', settings);
    expect(lacking).toMatchObject({ name: 'service-incomplete', args: { what: 'certificate' } });
    const pair = { certificate: `file:${folder.at('client.pem')}`, key: `file:${folder.at('client.key')}` };
    const open = await rest.open('id', rest.settings.parse({ ...settings, ...pair }), {});
    expect(await open.test()).toMatchObject({ ok: true, fault: null });
    await open.close();
  });

  it.each(['/etc/passwd', '/nowhere.pem'])(
    'tells nothing of %s that is named as a certificate (R-1618)',
    async (path) => {
      const pair = { certificate: `file:${path}`, key: `file:${path}` };
      expect(await faultOfTest('rest', { url: 'https://api.example', ...pair })).toEqual({
        name: 'service-certificate-unreadable',
        args: { product: 'api.example', host: 'api.example' },
      });
    },
  );
});

describe('faults in answers of a REST service (R-1609)', () => {
  it.each([
    [401, 'credentials'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [405, 'service-method'],
    [422, 'refused'],
    [429, 'rate-limit'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ])('%i', async (code, fault) => {
    const service = await serve(status(code, '{"message": "never shown tok-1234567"}'));
    const found = await faultOfTest('rest', { url: service.url, signIn: 'bearer' }, { token: 'tok-1234567' });
    expect(found.name).toBe(fault);
    expect(JSON.stringify(found)).not.toContain('never shown');
  });

  it.each([
    ['a web page', '<!doctype html><title>Sign in</title>', 'text/html', 'web-page'],
    ['JSON that breaks off', '{"items": [1, 2', 'application/json', 'not-json'],
    ['JSON that is nested without end', '['.repeat(3_000) + ']'.repeat(3_000), 'application/json', 'service-too-deep'],
    ['more than anybody asked for', `["${'x'.repeat(9 * 1024 * 1024)}"]`, 'application/json', 'answer-too-large'],
  ])('%s', async (_name, text, type, fault) => {
    const service = await serve(status(200, text, type));
    expect((await faultOfTest('rest', { url: service.url })).name).toBe(fault);
  });

  it('a redirect is not followed, wherever it leads', async () => {
    const inside = await serve(status(200, '[]'));
    const service = await serve(status(302, '', 'text/html', { location: `${inside.url}/secret?token=1` }));
    const found = await faultOfTest('rest', { url: service.url });
    expect(found).toMatchObject({ name: 'redirect', args: { to: `localhost:${inside.port}` } });
    expect(JSON.stringify(found)).not.toContain('token=');
    expect(inside.seen).toEqual([]);
  });

  it.each([
    [{ records: 'items[' }, 'service-expression-invalid'],
    [{ records: 'items', next: '$number("x")', paging: 'cursor' }, 'service-expression-invalid'],
    [{ records: 'items', headers: [{ name: 'X-Key', isSecret: true }] }, 'service-incomplete'],
    [{ method: 'POST', body: '{secret:unknown}' }, 'service-secret-unknown'],
  ])('%j', async (settings, fault) => {
    const service = await serve(status(200, '{"items": [{}]}'));
    const open = await rest.open('id', rest.settings.parse({ url: service.url, ...settings }), {});
    const report = await open.test();
    const thrown = report.ok ? await open.sample?.(null).catch((error: unknown) => error) : report;
    await open.close();
    // A page is tested by itself: what leads to the next one is found by a run.
    if ('paging' in settings) expect(report.ok).toBe(true);
    else expect(thrown).toMatchObject({ fault: { name: fault } });
  });

  it('a token that is refused', async () => {
    const tokens = await serve(status(401, '{"error": "invalid_client"}'));
    const oauth = { url: 'https://api.example', signIn: 'oauth', tokenUrl: tokens.url, clientId: 'id' };
    const found = await faultOfTest('rest', oauth, { clientSecret: 'shh-shh-shh' });
    expect(found).toMatchObject({ name: 'service-token-refused', args: { error: 'invalid_client' } });
  });
});

const envelope = (body: string, version = 'http://schemas.xmlsoap.org/soap/envelope/'): string =>
  `<s:Envelope xmlns:s="${version}"><s:Body>${body}</s:Body></s:Envelope>`;
const fault11 = (code: string, words: string): string =>
  envelope(`<s:Fault><faultcode>s:${code}</faultcode><faultstring>${words}</faultstring></s:Fault>`);
const request = `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:b="urn:b"><soap:Body><b:Ask user="{secret:broker-user}"/></soap:Body></soap:Envelope>`;
const named = { 'secret:broker-user': 'ana-of-broker' };

describe('faults of a SOAP service (R-1608, R-1609)', () => {
  const settings = (url: string, more: Given = {}): Given => ({ url, action: 'urn:b/Ask', envelope: request, ...more });
  const xml = (text: string, code = 200) => status(code, text, 'text/xml');

  it.each([
    ['a fault', xml(fault11('Client.Authentication', 'Unknown login'), 500), 'soap-fault'],
    ['another version', xml(fault11('VersionMismatch', ''), 500), 'soap-version'],
    ['a header that is not understood', xml(fault11('MustUnderstand', ''), 500), 'soap-not-understood'],
    ['XML that is no envelope', xml('<rss/>'), 'soap-no-envelope'],
    ['XML that breaks off', xml('<s:Envelope xmlns:s="urn:s"><s:Body>'), 'soap-xml-broken'],
    ['a DOCTYPE', xml(`<!DOCTYPE a SYSTEM "http://127.0.0.1/">${envelope('<a/>')}`), 'soap-doctype'],
    ['a web page', status(200, '<html></html>', 'text/html'), 'web-page'],
    ['401', xml('', 401), 'credentials'],
    ['503', xml('', 503), 'unavailable'],
  ])('%s', async (_name, answering, fault) => {
    const service = await serve(answering);
    expect((await faultOfTest('soap', settings(service.url), named)).name).toBe(fault);
  });

  it('says a fault in the words of the mockups, with the secrets to check and none of their values', async () => {
    const service = await serve(xml(fault11('Client.Authentication', 'Unknown login ana-of-broker'), 500));
    const found = await faultOfTest('soap', settings(service.url), named);
    expect(sayFault(found, 1033)).toEqual({
      says: 'The service answered with a fault: Client.Authentication.',
      remedy: 'Its words: “Unknown login [redacted]”. Nothing was changed. Check broker-user in the vault.',
    });
    expect(sayFault(found, 3084)).toEqual({
      says: 'Le service a répondu par une erreur\u00a0: Client.Authentication.',
      remedy:
        'Ses mots\u00a0: «\u00a0Unknown login [redacted]\u00a0». Rien n’a été modifié. Vérifiez broker-user dans le coffre.',
    });
  });

  it('reads a fault of SOAP 1.2 by its subcode', async () => {
    const text = envelope(
      '<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>b:Quota</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">Too much</s:Text></s:Reason></s:Fault>',
      'http://www.w3.org/2003/05/soap-envelope',
    );
    const service = await serve(xml(text, 500));
    const found = await faultOfTest('soap', settings(service.url, { version: '1.2' }), named);
    expect(found.args).toMatchObject({ code: 'Quota', words: 'Too much' });
  });

  const wsdl = (action: string): string =>
    `<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:p="http://schemas.xmlsoap.org/wsdl/soap/"><w:binding name="b"><w:operation name="Ask"><p:operation soapAction="${action}"/></w:operation></w:binding></w:definitions>`;

  it.each([
    ['is not there', status(404), 'soap-wsdl-unreadable'],
    ['is no XML', status(200, 'hello', 'text/plain'), 'soap-wsdl-unreadable'],
    ['describes nothing', xml('<definitions/>'), 'soap-wsdl-unreadable'],
    ['has a DOCTYPE', xml(`<!DOCTYPE a>${wsdl('urn:b/Ask')}`), 'soap-doctype'],
    ['does not offer the action', xml(wsdl('urn:b/Other').replace('name="Ask"', 'name="Other"')), 'soap-wsdl-action'],
  ])('a description that %s', async (_name, answering, fault) => {
    const service = await serve(answering);
    expect((await faultOfTest('soap', settings(service.url, { wsdl: `${service.url}/?wsdl` }), named)).name).toBe(
      fault,
    );
  });

  it('passes, and offers the operations that the description names', async () => {
    const service = await serve((seen, response) =>
      (seen.method === 'GET' ? xml(wsdl('urn:b/Ask')) : xml(envelope('<a><b/><b/></a>')))(seen, response),
    );
    const given = settings(service.url, { wsdl: `${service.url}/?wsdl`, records: '//b', signIn: 'ws-security' });
    const open = await soap.open('id', soap.settings.parse(given), {
      ...named,
      username: 'ana',
      password: 'p-1234567',
    });
    expect(await open.test()).toMatchObject({
      ok: true,
      steps: [{ name: 'reach' }, { name: 'sign-in' }, { name: 'answer' }, { name: 'records' }],
      found: { status: 200, records: 2, operations: [{ name: 'Ask', action: 'urn:b/Ask' }] },
    });
    await open.close();
    const [, asked] = service.seen;
    expect(asked?.headers['soapaction']).toBe('"urn:b/Ask"');
    expect(asked?.body).toContain('<wsse:Username>ana</wsse:Username>');
    expect(asked?.body).not.toContain('p-1234567');
  });
});

describe('a preview (R-1614, R-1618)', () => {
  it('shows the answer and what mappings find, without a secret that the service repeats', async () => {
    const service = await serve(({ headers }, response) =>
      json(response, { items: [{ code: 'A', echo: headers.authorization, price: { amount: 12.5 } }] }),
    );
    const given = rest.settings.parse({ url: service.url, signIn: 'basic', records: 'items', id: 'code' });
    const open = await rest.open('id', given, { username: 'ana', password: 'p-1234567' });
    const sample = await open.sample?.('A');
    expect(sample?.response).toMatchObject({ status: 200 });
    expect(sample?.response?.text).toContain('[redacted]');
    expect(sample?.response?.text).not.toContain(btoa('ana:p-1234567'));
    const mapping = {
      direction: 2,
      sourceTable: 'product',
      sourceField: 'name',
      targetObject: '',
      transform: null,
      isKey: false,
    } as const;
    const valueOf = (targetField: string) => sample?.record?.valueOf({ ...mapping, targetField });
    expect(sample?.record).toMatchObject({ id: 'A', name: 'A' });
    expect(await valueOf('price.amount')).toBe('12.5');
    expect(await valueOf('nothing')).toBeNull();
    expect(await valueOf('echo')).toBe('Basic [redacted]');
    await expect(valueOf('code[')).rejects.toMatchObject({ fault: 'service-expression-invalid' });
    await open.close();
  });
});
