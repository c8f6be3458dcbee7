import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { eventually } from '../../eventually';
import { type Answer, recordedServer, type RecordedServer } from '../../recorded-server';
import { keyServer, openRelay, signingKey } from '../../relay-world';

/** Fastify's own channel: it tells of each request whose route it calls. */
const routed = 'tracing:fastify.request.handler:start';

let keys: Awaited<ReturnType<typeof keyServer>>;
let key: Awaited<ReturnType<typeof signingKey>>;
let jira: RecordedServer;
let answer: Answer | undefined;
let at: Awaited<ReturnType<typeof openRelay>>;
let throughFastify = 0;
const count = (): void => void (throughFastify += 1);

beforeAll(async () => {
  key = await signingKey('key-1');
  keys = await keyServer();
  keys.state.keys = [key.jwk];
  jira = await recordedServer(() => answer);
  at = await openRelay(jira.url, keys.url);
  subscribe(routed, count);
});
afterAll(async () => {
  unsubscribe(routed, count);
  await at.close();
  await Promise.all([keys.close(), jira.close()]);
});

/** A read, with all that tells the two ways apart but its time and its correlation id. */
async function read(token: string, path: string) {
  const [before, lines, counted] = [throughFastify, at.lines.length, at.counted.length];
  const response = await fetch(`${at.url}/relay/jira${path}`, { headers: { authorization: `Bearer ${token}` } });
  const text = await response.text();
  // Both come when the answer has left, which the caller may learn first.
  await eventually(async () => {
    expect(at.counted.length).toBeGreaterThan(counted);
    expect(at.lines.length).toBeGreaterThan(lines);
  });
  const id = response.headers.get('x-correlation-id') ?? 'none';
  const plain = (written: string): string => written.replaceAll(id, 'ID').replaceAll(/"(time|tookMs)":\d+/g, '"$1":0');
  const { date: _date, ...headers } = Object.fromEntries(response.headers);
  return {
    fastify: throughFastify - before,
    seen: {
      status: response.status,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, plain(value)])),
      text: plain(text),
      lines: at.lines.slice(lines).map(plain),
      counted: at.counted.slice(counted),
    },
  };
}

test.each<[what: string, answer: Answer | undefined, status: number, counted: string]>([
  ['an answer', { body: { key: 'ACME' } }, 200, 'relay reads'],
  ['an answer without a body', { status: 204 }, 204, 'relay reads'],
  ['what Jira does not know', undefined, 404, 'relay reads'],
  ['what Jira forbids', { status: 403, body: { errorMessages: ['No'] } }, 403, 'relay refused'],
  ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }, 502, 'relay reads'],
  ['a sign-in page', { body: '<html>Log in</html>' }, 502, 'relay reads'],
  ['a wait', { status: 429, headers: { 'retry-after': '7' }, body: {} }, 429, 'relay reads'],
])(
  '%s is the same to a caller that is known and to one that fastify lets in (R-903, R-1230, R-1231)',
  async (_what, given, status, counted) => {
    answer = given;
    // A token not seen before: checking it takes time.
    const token = await key.sign({ jti: `${status} ${_what}` });
    const first = await read(token, '/rest/api/3/project/ACME');
    const next = await read(token, '/rest/api/3/project/ACME');
    expect([first.fastify, next.fastify]).toEqual([1, 0]);
    expect(next.seen).toEqual(first.seen);
    expect(next.seen).toMatchObject({ status, counted: [counted] });
    expect(next.seen.lines.length).toBeGreaterThan(0);
  },
);

test('what is refused to a known caller is refused by the same route as to all others (R-1212)', async () => {
  answer = { body: {} };
  const token = await key.sign({ jti: 'refused' });
  expect((await read(token, '/rest/api/3/myself')).seen.status).toBe(200);
  const asked = jira.seen.length;
  expect((await read(token, '/rest/api/3/users')).seen).toMatchObject({ status: 404, counted: ['relay reads'] });
  expect((await read(token, '/rest/api/3/myself?x=1')).seen).toMatchObject({ status: 400 });
  expect(
    (await read(`${token.slice(0, -40)}${'A'.repeat(8)}${token.slice(-32)}`, '/rest/api/3/myself')).seen,
  ).toMatchObject({
    status: 401,
    counted: ['relay refused'],
  });
  expect(jira.seen).toHaveLength(asked);
});
