import Fastify, { type FastifyInstance } from 'fastify';
import { connectorApi } from '../../../../plugins-proxy/src/inbound/connector/connector-api';
import type { ConnectorContext } from '../../../../plugins-proxy/src/inbound/connector/describe/operation';
import { createAdmission } from '../../../../plugins-proxy/src/inbound/relay/admission';
import { slowFailures } from '../../../../plugins-proxy/src/inbound/authenticate/slow-failures';

const apiKey = 'connector-api-key-of-the-tests';
const password = 'gateway-password-of-the-tests';
const url = '/rest/tempo-budgets/1/budget?projectKey=NONE';
const basicOf = (secret: string): string => `Basic ${Buffer.from(`gateway:${secret}`).toString('base64')}`;

let now: Date;
let app: FastifyInstance;
let refused: number;
beforeEach(async () => {
  [now, refused] = [new Date('2025-01-20T17:30:15.000Z'), 0];
  app = Fastify();
  await app.register(connectorApi, {
    access: () => ({ basic: { user: 'gateway', passwords: [password] }, apiKeys: [apiKey], perMinute: 10 }),
    accepts: () => true,
    now: () => now,
    count: async () => void (refused += 1),
    // Nothing but what GetBudgets asks for.
    context: {
      budgetModule: async () => null,
      mappedBudgets: { ofProject: async () => [], ofId: async () => null },
    } as unknown as ConnectorContext,
  });
});
afterEach(() => app.close());

async function ask(authorization: string, remoteAddress = '203.0.113.9', headers: Record<string, string> = {}) {
  const answer = await app.inject({ url, remoteAddress, headers: { ...headers, authorization } });
  return {
    status: answer.statusCode,
    code: answer.json<{ code?: string }>().code,
    wait: answer.headers['retry-after'],
  };
}
const later = (seconds: number): void => void (now = new Date(now.getTime() + seconds * 1000));

test('R-903 F-310 a caller of the connector gets so many requests a minute, whatever its address; another caller gets its own', async () => {
  for (let n = 0; n < 10; n += 1) expect(await ask(apiKey, `203.0.113.${n}`)).toMatchObject({ status: 200 });
  expect(await ask(apiKey)).toEqual({ status: 429, code: 'rate-limited', wait: expect.stringMatching(/^[1-6]$/) });
  expect(await ask(basicOf(password))).toMatchObject({ status: 200 });
  later(6);
  expect(await ask(apiKey)).toMatchObject({ status: 200 });
});

test('F-310 an address that guesses has to wait, and then not even the right password is looked at', async () => {
  for (let n = 0; n < 30; n += 1) expect(await ask(basicOf(`guess-${n}`))).toMatchObject({ status: 401 });
  for (const guess of [basicOf('guess-30'), basicOf(password), apiKey])
    expect(await ask(guess)).toEqual({ status: 429, code: 'too-many-failures', wait: '1' });
  // The store is not written for those.
  expect(refused).toBe(30);
  expect(await ask(basicOf(password), '203.0.113.10')).toMatchObject({ status: 200 });
  later(2);
  expect(await ask(basicOf('guess-31'))).toMatchObject({ status: 401 });
  expect(await ask(basicOf('guess-32'))).toMatchObject({ status: 429 });
});

test('F-310 behind a reverse proxy only the address that it names waits; who names others anew each time waits as well', async () => {
  const behind = (address: string) => ({ 'x-forwarded-for': `198.51.100.1, ${address}` });
  for (let n = 0; n < 31; n += 1) await ask(basicOf(`guess-${n}`), '10.0.0.1', behind('192.0.2.1'));
  expect(await ask(apiKey, '10.0.0.1', behind('192.0.2.1'))).toMatchObject({ status: 429 });
  expect(await ask(apiKey, '10.0.0.1', behind('192.0.2.2'))).toMatchObject({ status: 200 });
  for (let n = 0; n < 300; n += 1) await ask(basicOf(`guess-${n}`), '10.0.0.2', behind(`192.0.2.${n}`));
  expect(await ask(apiKey, '10.0.0.2', behind('192.0.3.1'))).toMatchObject({ status: 429 });
});

test('F-310 the relay lets no address guess either, and a known caller is not known from there', async () => {
  const failures = slowFailures(() => now);
  const admission = createAdmission({
    config: { entra: null, basic: { user: 'gateway', passwords: [password] }, certificateNames: [], perMinute: 500 },
    now: () => now,
    failures,
  });
  const request = (secret: string, remoteAddress = '203.0.113.9') =>
    ({ headers: { authorization: basicOf(secret) }, socket: { remoteAddress } }) as unknown as Parameters<
      typeof admission.identify
    >[0];
  for (let n = 0; n < 30; n += 1) expect(() => admission.identify(request(`guess-${n}`))).toThrow('unauthenticated');
  expect(() => admission.identify(request(password))).toThrow('tooManyFailures');
  expect(admission.known(request(password))).toBeNull();
  expect(admission.known(request(password, '203.0.113.10'))).toBe('gateway:gateway');
});
