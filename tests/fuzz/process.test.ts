import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import fc from 'fast-check';
import { request } from 'undici';
import { signBody } from '../../plugins-proxy/src/inbound/webhooks/verify-signature';
import { eventually } from '../plugins-proxy/eventually';
import { type ProxyChild, startProxyChild } from '../plugins-proxy/proxy-child';
import { sendRaw } from '../plugins-proxy/relay-world';
import { type StandIns, startStandIns } from '../plugins-proxy/stand-ins';
import { encoded, awkwardText, hostileBody, hostileHeaders } from './hostile-input';
import { routeGroups } from './route-groups';

/** Requests over the wire; what each route makes of them is the other test's business. */
const cases = 1_000;
const parallel = 20;
/** Megabytes that the process may hold (issue 3) and may have more of than after its start. */
const residentAtMost = 260;
const grownByAtMost = 120;

let standIns: StandIns;
let child: ProxyChild | null = null;
afterEach(async () => {
  child?.kill();
  await child?.gone();
  await standIns.close();
});

const residentMegabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;

/** Bodies that are held at one time, twice what fits in `residentAtMost`, and the bytes of each that are sent, a little less than it announces (F-303). */
const heldBodies = 300;
const heldBytes = 1_900_000;

/** Sends bodies of which none comes to its end. @returns the status of each that was answered, once nothing more is taken of any */
async function holdBodies(url: string, path: string): Promise<{ statuses: number[]; release: () => void }> {
  const { port, hostname } = new URL(url);
  const head =
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${heldBytes + 1}\r\n` +
    `X-Hub-Signature: sha256=${'0'.repeat(64)}\r\n\r\n`;
  const body = Buffer.alloc(heldBytes, 0x20);
  const statuses: number[] = [];
  const sockets = await Promise.all(
    Array.from({ length: heldBodies }, async () => {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.on('data', (text) => statuses.push(Number(text.toString('latin1').split(' ')[1])));
      await new Promise<void>((resolve) => {
        socket.once('close', () => resolve());
        socket.write(head);
        socket.write(body, () => resolve());
      });
      return socket;
    }),
  );
  return { statuses, release: () => sockets.forEach((socket) => socket.destroy()) };
}

/** Bytes that are no request, or two that are to be taken for one. */
const rawBytes = fc.oneof(
  fc
    .constantFrom(
      'GET / HTTP/1.1\r\n\r\n',
      'GET /ready HTTP/9.9\r\nHost: x\r\n\r\n',
      `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      `GET /ready HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(100_000)}\r\n\r\n`,
      'POST /webhooks/jira/x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\n\r\n',
      'POST /webhooks/jira/x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\nConnection: close\r\n\r\nabcdef',
      'POST /webhooks/jira/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nFFFFFFFFFFFFFFFFF\r\n',
      'POST /webhooks/jira/x HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\nConnection: close\r\n\r\n',
      'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n',
      'GET http://evil.example/ready HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
      'GET /ready HTTP/1.1\nHost: x\nConnection: close\n\n',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      '\u0016\u0003\u0001\u0000',
    )
    .map((text) => Buffer.from(text, 'latin1')),
  fc
    .uint8Array({ minLength: 1, maxLength: 200 })
    .map((bytes) => Buffer.concat([Buffer.from(bytes), Buffer.from('\r\n\r\n')])),
);

test('R-1225 F-303 a proxy under hostile requests over the wire answers no server error, does not crash, and its memory is bounded', async () => {
  standIns = await startStandIns(() => new Date());
  child = await startProxyChild({
    ...standIns.environment,
    CONNECTOR_ENABLED: 'true',
    CONNECTOR_API_KEY: 'connector-api-key-of-the-tests',
    API_ENABLED: 'true',
    API_AUDIENCE: 'api://crmjira',
    RELAY_KEYS_URL: `${standIns.environment['DATAVERSE_URL']}/${standIns.environment['DATAVERSE_TENANT_ID']}/discovery/v2.0/keys`,
    RELAY_ENABLED: 'true',
    RELAY_BASIC_USER: 'jira-gateway',
    RELAY_BASIC_PASSWORD: 'gateway-password-of-the-tests',
    LOG_LEVEL: 'info',
  });
  const { url, pid } = child;
  const addresses = [
    '/health',
    '/ready',
    '/openapi.json',
    `/webhooks/jira/${standIns.config.connectionId}`,
    '/webhooks/dataverse/async',
    '/webhooks/dataverse/sync',
    '/rest/api/2/issue',
    '/api/jira/connections',
    '/relay/jira/rest/api/3/issue',
  ];
  const samples = routeGroups.flatMap((group) => group.samples);
  const before = residentMegabytes(pid);
  const statuses = new Map<number, number>();
  const hostile = fc.record({
    address: fc.constantFrom(...addresses),
    text: awkwardText,
    headers: hostileHeaders,
    body: fc.oneof(
      { weight: 10, arbitrary: hostileBody(samples) },
      // As large as is read, and larger.
      {
        weight: 1,
        arbitrary: fc.constantFrom(2 * 1_024 * 1_024, 3 * 1_024 * 1_024).map((size) => Buffer.alloc(size, 0x20)),
      },
    ),
    signed: fc.boolean(),
  });
  // Of these there may be none among a thousand by chance: one too large, one of another media type, one that is no JSON.
  const certain = [
    { headers: { 'content-type': 'application/json' }, body: Buffer.alloc(3 * 1_024 * 1_024, 0x20) },
    { headers: { 'content-type': 'text/xml' }, body: Buffer.from('<a/>') },
    { headers: { 'content-type': 'application/json' }, body: Buffer.from('{') },
  ].map((one) => ({ address: `/webhooks/jira/${standIns.config.connectionId}`, text: '', signed: true, ...one }));
  const queue = [...certain, ...fc.sample(hostile, cases - certain.length)].values();
  const lane = async (): Promise<void> => {
    for (const { address, text, headers, body, signed } of queue) {
      const method = /^\/(health|ready|openapi)/.test(address) ? 'GET' : 'POST';
      const own: Record<string, string> = signed
        ? { 'x-hub-signature': signBody(body, standIns.config.jira.webhookSecrets[0]) }
        : {};
      const options = { method, headers: { ...headers, ...own }, ...(method === 'GET' ? {} : { body }) } as const;
      const answer = await request(`${url}${address}?a=${encoded(text)}`, options).catch((error: unknown) => {
        // A connection closed on what is too large to be read to its end is an answer as well.
        if (/UND_ERR_SOCKET|EPIPE|ECONNRESET|other side closed/.test(String(error)) && body.length > 1_000_000)
          return null;
        throw error;
      });
      const shown = answer === null ? '' : await answer.body.text();
      const status = answer?.statusCode ?? 413;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status >= 500) throw new Error(`${status} of ${method} ${address}: ${shown.slice(0, 200)}`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, lane));
  expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBe(cases);
  expect([...statuses.keys()].sort()).toEqual(expect.arrayContaining([200, 400, 401, 413, 415]));

  for (const bytes of fc.sample(rawBytes, 200)) {
    const answer = await Promise.race([
      sendRaw(url, bytes),
      // Kept open for more to come, which is its right.
      new Promise<string>((resolve) => setTimeout(() => resolve(''), 200)),
    ]);
    expect(answer).not.toMatch(/^HTTP\/1\.1 5/);
  }

  const held = await holdBodies(url, `/webhooks/jira/${standIns.config.connectionId}`);
  await eventually(async () => expect(new Set(held.statuses)).toEqual(new Set([503])));
  const whileHeld = residentMegabytes(pid);
  expect(whileHeld).toBeLessThan(residentAtMost);
  expect((await fetch(`${url}/ready`)).status).toBe(200);
  held.release();

  expect((await fetch(`${url}/ready`)).status).toBe(200);
  expect(child.pid).toBe(pid);
  const after = residentMegabytes(pid);
  expect(after).toBeLessThan(residentAtMost);
  expect(after - before).toBeLessThan(grownByAtMost);
  for (const secret of standIns.config.jira.webhookSecrets) expect(child.lines()).not.toContain(secret);
});
