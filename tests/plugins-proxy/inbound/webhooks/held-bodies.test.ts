import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { BodiesTooLarge, createBodyBudget } from '../../../../plugins-proxy/src/inbound/webhooks/body-budget';
import { requestLimits } from '../../../../plugins-proxy/src/platform/http-server/request-limits';
import { certificateFolder } from '../../certificates';
import { intakeApp, signed, webhookUrl } from '../../intake-app';

const signature = `sha256=${'0'.repeat(64)}`;
const megabyte = 1024 * 1024;

/** What a caller gets back until the connection ends. */
class Caller {
  received = '';
  readonly closed: Promise<void>;

  constructor(readonly socket: Socket) {
    socket.setEncoding('latin1').on('data', (text: string) => (this.received += text));
    // A connection that is cut is an end like any other here.
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  head(path: string, headers: Record<string, string>): this {
    const lines = Object.entries({ host: 'proxy', 'content-type': 'application/json', ...headers });
    this.socket.write(`POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
    return this;
  }

  async status(): Promise<number> {
    while (!this.received.includes('\r\n'))
      await Promise.race([once(this.socket, 'data'), this.closed.then(() => Promise.reject(new Error('no answer')))]);
    return Number(this.received.split(' ')[1]);
  }
}

let end: (() => Promise<void>) | null = null;
afterEach(async () => {
  await end?.();
  end = null;
});

async function listen(over: Record<string, string> = {}, parts: NonNullable<Parameters<typeof intakeApp>[1]> = {}) {
  const all = intakeApp(over, parts);
  const callers: Caller[] = [];
  await all.app.listen({ port: 0, host: '127.0.0.1' });
  end = async () => {
    for (const { socket } of callers) socket.destroy();
    await all.app.close();
    await all.store.close();
  };
  // listen() on a TCP port always gives an AddressInfo.
  const { port } = all.app.server.address() as AddressInfo;
  const call = (): Caller => {
    const caller = new Caller(
      Object.keys(over).length === 0 ? connect(port, '127.0.0.1') : connectTls({ port, rejectUnauthorized: false }),
    );
    callers.push(caller);
    return caller;
  };
  return { ...all, call };
}

describe('bodies that nobody has signed (F-303)', () => {
  test.each([
    ['without a signature', {}],
    ['with a signature of another form', { 'x-hub-signature': 'sha256=abc' }],
  ])('are refused before a byte of them has come, %s', async (_name, headers) => {
    const { call, store } = await listen();
    const caller = call().head(webhookUrl, { 'content-length': String(megabyte), ...headers });
    expect(await caller.status()).toBe(401);
    expect((await store.statistics(0)).counters).toEqual({ 'intake.refused': 1 });
  });

  test.each([
    ['bearer', { authorization: 'Bearer not-the-secret-of-the-tests' }, ''],
    ['url', {}, '?secret=not-the-secret-of-the-tests'],
  ])('are refused before a byte of them has come, by the wrong secret (%s)', async (kind, headers, query) => {
    const app = intakeApp({ JIRA_WEBHOOK_VERIFICATION: kind });
    await app.app.ready();
    const response = await app.app.inject({
      method: 'POST',
      url: webhookUrl + query,
      // Were it read, it would be refused for its size.
      headers: { 'content-type': 'application/json', 'content-length': String(3 * megabyte), ...headers },
    });
    expect(response.statusCode).toBe(401);
    await app.app.close();
    await app.store.close();
  });

  test('to an address that there is not are not read', async () => {
    const { call } = await listen();
    const caller = call().head('/nothing', { 'content-length': String(megabyte) });
    expect(await caller.status()).toBe(404);
  });

  test('share one budget when they are held: beyond it 503, and an ordinary delivery still comes in', async () => {
    const bodies = createBodyBudget(3 * megabyte);
    const { app, call } = await listen({}, { bodies });
    const held = Array.from({ length: 12 }, () =>
      call().head(webhookUrl, { 'content-length': String(2 * megabyte), 'x-hub-signature': signature }),
    );
    const piece = Buffer.alloc(megabyte, 0x20);
    // Each sends half of what it has announced and waits.
    for (const { socket } of held) socket.write(piece);
    const refused: Caller[] = [];
    await new Promise<void>((resolve) => {
      for (const caller of held) void caller.closed.then(() => (refused.push(caller) === 9 ? resolve() : undefined));
    });
    expect(bodies.taken()).toBeLessThanOrEqual(3 * megabyte);
    for (const caller of refused) expect(caller.received).toMatch(/^HTTP\/1\.1 503 [^]*"code":"overloaded"/);

    const ordinary = await app.inject(signed('{"webhookEvent":"worklog_created","worklog":{"issueId":"10014"}}'));
    expect(ordinary.statusCode).toBe(202);
    // Who goes gives back what they held.
    for (const { socket } of held) socket.destroy();
    await Promise.all(held.map(({ closed }) => closed));
    while (bodies.taken() > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  test('count for what they cost when they come byte by byte', () => {
    const budget = createBodyBudget(megabyte);
    const account = budget.open();
    let pieces = 0;
    expect(() => {
      for (;;) {
        account.take(1);
        pieces += 1;
      }
    }).toThrow(BodiesTooLarge);
    expect(pieces).toBeLessThan(5_000);
    account.close();
    expect(budget.taken()).toBe(0);
  });

  test('without an end are cut off at 2 MB', async () => {
    const { call } = await listen();
    const caller = call().head(webhookUrl, { 'transfer-encoding': 'chunked', 'x-hub-signature': signature });
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
    const drip = (): void => {
      while (!caller.socket.destroyed && caller.socket.write(chunk));
    };
    caller.socket.on('drain', drip);
    drip();
    await caller.closed;
    // What was still on its way when the connection closed may have cost the answer.
    if (caller.received !== '') expect(caller.received).toMatch(/^HTTP\/1\.1 413 /);
  });
});

describe('requests that take their time (F-303)', () => {
  const quick = { requestTimeout: 300, headersTimeout: 150, connectionsCheckingInterval: 20, connections: 2 };
  const folder = certificateFolder();
  folder.authority('proxy');
  const tls = {
    PUBLIC_URL: 'https://proxy.example.com',
    TLS_CERTIFICATE: folder.pem('proxy.pem'),
    TLS_KEY: folder.pem('proxy.key'),
  };
  afterAll(folder.remove);

  test.each([
    ['plain', {}],
    ['behind TLS', tls],
  ])('end when the times of the service are over, %s', async (_name, over: Record<string, string>) => {
    const { call } = await listen(over, { requestLimits: quick });
    const silent = call();
    const holding = call().head(webhookUrl, { 'content-length': '1000', 'x-hub-signature': signature });
    await Promise.all([silent.closed, holding.closed]);
    expect(holding.received).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('beyond the number of connections none is taken', async () => {
    const { call } = await listen({}, { requestLimits: { ...quick, requestTimeout: 0, headersTimeout: 0 } });
    const [first, second] = [call(), call()];
    await Promise.all([once(first.socket, 'connect'), once(second.socket, 'connect')]);
    await call().closed;
    expect([first.socket.destroyed, second.socket.destroyed]).toEqual([false, false]);
  });

  test('the times of a service in operation are on its server, plain and behind TLS', async () => {
    for (const over of [{}, tls]) {
      const { app, store } = intakeApp(over);
      const { requestTimeout, headersTimeout, maxConnections } = app.server;
      expect({ requestTimeout, headersTimeout, maxConnections }).toEqual({
        requestTimeout: requestLimits.requestTimeout,
        headersTimeout: requestLimits.headersTimeout,
        maxConnections: requestLimits.connections,
      });
      await app.close();
      await store.close();
    }
  });
});
