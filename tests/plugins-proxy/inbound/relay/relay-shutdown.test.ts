import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import Fastify, { type FastifyInstance } from 'fastify';
import { endConnections } from '../../../../plugins-proxy/src/platform/http-server/end-connections';
import { certificateFolder } from '../../certificates';
import { eventually } from '../../eventually';
import { keepLines } from '../../log-lines';
import { basic, openRelay } from '../../relay-world';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A caller's connection and all it has heard. */
async function caller(url: string) {
  const heard: Buffer[] = [];
  const socket: Socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('data', (chunk) => heard.push(chunk));
  const ended = new Promise<string>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => resolve(Buffer.concat(heard).toString('latin1')));
  });
  await Promise.race([new Promise<void>((resolve) => socket.once('connect', resolve)), ended]);
  stops.push(async () => socket.destroy());
  return {
    ended,
    write: (bytes: Buffer): void => void socket.write(bytes),
    heard: () => Buffer.concat(heard).toString('latin1'),
    read: (key: string): void =>
      void socket.write(
        `GET /relay/jira/rest/api/3/project/${key} HTTP/1.1\r\nhost: x\r\nauthorization: ${basic}\r\n\r\n`,
      ),
  };
}

/** A relay before a Jira that answers when the test says so. */
async function heldRelay() {
  const held: ServerResponse[] = [];
  const jira = createServer((_request, response) => void held.push(response));
  await new Promise<void>((resolve) => jira.listen(0, '127.0.0.1', resolve));
  stops.push(async () => {
    jira.closeAllConnections();
    await new Promise((resolve) => jira.close(resolve));
  });
  // listen() on a TCP port always gives an AddressInfo.
  const { port } = jira.address() as AddressInfo;
  return { held, at: await openRelay(`http://127.0.0.1:${port}`, 'http://127.0.0.1:9/keys') };
}

const body = `{"key":"ACME","x":"${'y'.repeat(300_000)}"}`;
const head = { 'content-type': 'application/json', 'content-length': String(body.length) };

test('R-1311 a relay that stops answers what it has taken to the last byte, refuses what comes then with 503, and waits for nobody else', async () => {
  const { at, held } = await heldRelay();
  const callers = await Promise.all(Array.from({ length: 6 }, () => caller(at.url)));
  const [silent, kept, ...reading] = callers;
  kept?.read('ACME');
  await eventually(async () => expect(held).toHaveLength(1));
  for (const one of reading) one.read('ACME');
  await eventually(async () => expect(held).toHaveLength(5));
  // One has its answer already and keeps its connection, as gateways and load balancers do; of the others' answers half is on its way.
  held.shift()?.writeHead(200, head).end(body);
  for (const response of held) response.writeHead(200, head).write(body.slice(0, 1_000));
  const answered = [kept, ...reading];
  await eventually(async () => expect(answered.filter((one) => one?.heard().includes('HTTP/1.1 200'))).toHaveLength(5));

  const closed = at.close();
  // The front door knows this caller: it must not take the read any more.
  await eventually(async () => await expect(caller(at.url)).rejects.toThrow('connect ECONN'));
  for (const one of reading) one.read('LATE');
  await silent?.ended;
  for (const response of held) response.end(body.slice(1_000));
  await closed;

  const whole = (text: string): boolean => text.includes(`\r\n\r\n${body}`);
  const ends = await Promise.all(answered.map((one) => one?.ended ?? 'nobody'));
  expect(ends.map(whole)).toEqual(Array(5).fill(true));
  const refusals = ends.map((text) => text.split(body)[1]?.split('\r\n')[0]);
  // Answers come in the order of the requests: the whole first one, then the refusal. One connection was idle and had no second.
  expect(refusals.filter((line) => line === 'HTTP/1.1 503 Service Unavailable')).toHaveLength(4);
  expect(refusals.filter((line) => line === '')).toHaveLength(1);
  expect(held).toHaveLength(4);
});

test('R-1311 an answer that never comes keeps a service that stops for as long as is said, and the log says so', async () => {
  const { stream, lines } = keepLines();
  const app = Fastify({ logger: { level: 'info', stream } });
  endConnections(app, { answersMs: 300 });
  app.get('/relay/jira/rest/api/3/project/ACME', () => new Promise(() => undefined));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const waiting = await caller(url);
  waiting.read('ACME');
  const slow = await caller(url);
  await eventually(async () => expect(await connectionsOf(app)).toBe(2));
  await app.close();
  expect([await waiting.ended, await slow.ended]).toEqual(['', '']);
  expect(lines.filter((line) => line.includes('connections are cut'))).toHaveLength(1);
});

test('R-1311 over TLS too: who is silent in the handshake, or asks nothing after it, does not keep a service that stops; an answer does', async () => {
  const { pem, authority, certificate, remove } = certificateFolder();
  stops.push(async () => remove());
  authority('ca');
  certificate('proxy', 'ca');
  const { stream, lines } = keepLines();
  const https = { cert: pem('proxy.pem'), key: pem('proxy.key') };
  const app = Fastify({ logger: { level: 'info', stream }, https }) as unknown as FastifyInstance;
  endConnections(app, { answersMs: 30_000, firstRequestMs: 400 });
  let answer: (() => void) | undefined;
  app.get('/slow', () => new Promise((resolve) => (answer = () => resolve('at last'))));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });

  const silent = await caller(url);
  // The head of a TLS record that promises a ClientHello, and nothing of it.
  const inHandshake = await caller(url);
  inHandshake.write(Buffer.from([0x16, 0x03, 0x01, 0x01, 0x00]));
  const secured = secureCaller(url, pem('ca.pem'));
  const half = secureCaller(url, pem('ca.pem'));
  const asking = secureCaller(url, pem('ca.pem'));
  await Promise.all([secured, half, asking].map(({ ready }) => ready));
  half.socket.write('GET /slow HTTP/1.1\r\nhost');
  asking.socket.write('GET /slow HTTP/1.1\r\nhost: x\r\n\r\n');
  await eventually(async () => expect(answer).toBeDefined());

  const closed = app.close();
  await Promise.all([silent.ended, inHandshake.ended, secured.ended, half.ended]);
  expect(await connectionsOf(app)).toBe(1);
  answer?.();
  await closed;
  expect(await asking.ended).toContain('at last');
  expect(lines.filter((line) => line.includes('connections are cut'))).toEqual([]);
});

/** A caller whose handshake goes through. */
function secureCaller(url: string, ca: string) {
  const heard: Buffer[] = [];
  const socket = connectSecurely({ host: '127.0.0.1', servername: 'localhost', port: Number(new URL(url).port), ca });
  socket.on('data', (chunk) => heard.push(chunk));
  // Cut is what some of them are to be.
  socket.on('error', () => undefined);
  stops.push(async () => socket.destroy());
  return {
    socket,
    ready: new Promise<void>((resolve) => socket.once('secureConnect', resolve)),
    ended: new Promise<string>((resolve) =>
      socket.once('close', () => resolve(Buffer.concat(heard).toString('latin1'))),
    ),
  };
}

const connectionsOf = (app: { server: { getConnections(tell: (error: Error | null, count: number) => void): void } }) =>
  new Promise<number>((resolve) => app.server.getConnections((_error, count) => resolve(count)));
