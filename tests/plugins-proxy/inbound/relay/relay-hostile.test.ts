import { recordedServer, type RecordedServer } from '../../recorded-server';
import { basic, keyServer, openRelay, sendRaw, serviceAuthorization } from '../../relay-world';

let jira: RecordedServer;
let relay: Awaited<ReturnType<typeof openRelay>>;
let keys: Awaited<ReturnType<typeof keyServer>>;

beforeEach(async () => {
  jira = await recordedServer(() => ({ body: { ok: true } }));
  keys = await keyServer();
  relay = await openRelay(jira.url, keys.url);
});
afterEach(async () => {
  await relay.close();
  await keys.close();
  await jira.close();
});

/** Lines of a request as they are written, ended by `end`. */
const message = (lines: readonly string[], body = '', end = '\r\n'): string => `${lines.join(end)}${end}${end}${body}`;
const signed = [`host: relay`, `authorization: ${basic}`];
const allowed = 'GET /relay/jira/rest/api/3/myself HTTP/1.1';
const write = 'POST /relay/jira/rest/api/3/issue HTTP/1.1';
const json = 'content-type: application/json';
/** A request that must never be taken for one: of the table, signed, hidden in a body. */
const hidden = message(['GET /relay/jira/rest/api/3/serverInfo HTTP/1.1', ...signed]);
const reached = (): string[] => jira.seen.map(({ path }) => path);

describe('targets that lead elsewhere (R-1225, R-1212)', () => {
  const hosts = [
    '169.254.169.254',
    '0xA9FEA9FE',
    '2852039166',
    '0251.0376.0251.0376',
    '[::1]',
    '[::ffff:169.254.169.254]',
    '[::ffff:a9fe:a9fe]',
    '[0:0:0:0:0:0:0:1]',
    '[fe80::1%25eth0]',
    '127.1',
    'localhost.',
    'user@169.254.169.254',
    'relay@[::1]:80',
  ];
  const shapes = [
    (host: string) => `http://${host}/rest/api/3/myself`,
    (host: string) => `http://${host}/relay/jira/rest/api/3/myself`,
    (host: string) => `//${host}/relay/jira/rest/api/3/myself`,
    (host: string) => `/relay/jira/http://${host}/rest/api/3/myself`,
    (host: string) => `/relay/jira//${host}/rest/api/3/myself`,
    (host: string) => `/relay/jira/@${host}/rest/api/3/myself`,
    (host: string) => `/relay/jira@${host}/rest/api/3/myself`,
    (host: string) => `/relay/jira/rest/api/3/issue/${host}/rest`,
    (host: string) => `/relay/jira/rest/api/3/issue/..%2f..%2f..%2f${host}`,
    (host: string) => `/relay/jira/rest/api/3/issue/%252e%252e%252f${host}`,
    (host: string) => `/relay/jira/\\\\${host}\\rest\\api\\3\\myself`,
    (host: string) => `/relay/jira/rest/api/3/project/search?query=x&url=http://${host}/`,
  ];
  test.each(hosts)('%s, in every shape of a target', async (host) => {
    for (const shape of shapes) {
      const head = message([`GET ${shape(host)} HTTP/1.1`, ...signed, 'connection: close']);
      expect([shape(host), await sendRaw(relay.url, head)]).toEqual([
        shape(host),
        expect.stringMatching(/^(HTTP\/1\.1 4\d\d |$)/),
      ]);
    }
    expect(reached()).toEqual([]);
  });
});

describe('requests hidden in requests (R-1225)', () => {
  const size = `content-length: ${hidden.length}`;
  test.each([
    ['two lengths', message([write, ...signed, json, 'content-length: 0', size], hidden)],
    ['a list of lengths', message([write, ...signed, json, `content-length: 0, ${hidden.length}`], hidden)],
    ['a signed length', message([write, ...signed, json, `content-length: +${hidden.length}`], hidden)],
    ['length and chunks', message([write, ...signed, json, size, 'transfer-encoding: chunked'], `0\r\n\r\n${hidden}`)],
    [
      'chunks, twice',
      message(
        [write, ...signed, json, 'transfer-encoding: chunked', 'transfer-encoding: identity'],
        `0\r\n\r\n${hidden}`,
      ),
    ],
    ['an unknown coding', message([write, ...signed, json, 'transfer-encoding: xchunked'], `0\r\n\r\n${hidden}`)],
    [
      'a blank before the colon',
      message([write, ...signed, json, 'transfer-encoding : chunked'], `0\r\n\r\n${hidden}`),
    ],
    ['a folded line', message([write, ...signed, json, 'x: y\r\n transfer-encoding: chunked'], `0\r\n\r\n${hidden}`)],
    ['a broken chunk', message([write, ...signed, json, 'transfer-encoding: chunked'], `-1\r\n${hidden}`)],
    [
      'an endless chunk size',
      message([write, ...signed, json, 'transfer-encoding: chunked'], `${'f'.repeat(64)}\r\n${hidden}`),
    ],
    ['bare line feeds', message([write, ...signed, json, 'transfer-encoding: chunked'], `0\n\n${hidden}`, '\n')],
    ['a NUL in a header', message([write, ...signed, json, 'x: a\0b', size], hidden)],
    ['a line without a colon', message([write, ...signed, json, 'nonsense', size], hidden)],
    [
      'a carriage return in a header',
      message([write, ...signed, json, 'x: a\rtransfer-encoding: chunked', size], hidden),
    ],
  ])('%s: refused, and what is hidden is not carried out', async (_what, sent) => {
    const text = await sendRaw(relay.url, sent);
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(text).not.toContain('HTTP/1.1 200');
    expect(reached()).toEqual([]);
  });

  test('a body where none is wanted is not the next request', async () => {
    const sent = message([allowed, ...signed, json, size, 'connection: close'], hidden);
    expect((await sendRaw(relay.url, sent)).match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(reached()).toEqual(['/rest/api/3/myself']);
    expect(jira.seen[0]?.body).toBe('');
  });

  test('a body that was refused is not the next request either', async () => {
    const sent = message(
      ['POST /relay/jira/secure/admin HTTP/1.1', ...signed, json, size, 'connection: close'],
      hidden,
    );
    expect((await sendRaw(relay.url, sent)).match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(reached()).toEqual([]);
  });

  test.each([
    ['hop-by-hop names that name ours', ['connection: authorization, close', 'keep-alive: 1']],
    ['another protocol', ['connection: upgrade, close', 'upgrade: h2c', 'http2-settings: AAMAAABkAAQAAP__']],
    [
      'a web socket',
      ['connection: upgrade, close', 'upgrade: websocket', 'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA=='],
    ],
    [
      'trailers and proxies',
      ['connection: close', 'te: trailers', 'proxy-connection: keep-alive', 'via: 1.1 evil', 'forwarded: host=evil'],
    ],
    [
      'overrides of method and path',
      [
        'connection: close',
        'x-http-method-override: DELETE',
        'x-original-url: /secure/admin',
        'x-correlation-id: a b;c',
      ],
    ],
  ])('%s change nothing about what Jira is asked', async (_what, headers) => {
    expect(await sendRaw(relay.url, message([allowed, ...signed, ...headers]))).toMatch(/^HTTP\/1\.1 200 /);
    expect(reached()).toEqual(['/rest/api/3/myself']);
    expect(Object.keys(jira.seen[0]?.headers ?? {}).sort()).toEqual([
      'accept',
      'authorization',
      'connection',
      'host',
      'x-atlassian-token',
      'x-correlation-id',
    ]);
    expect(jira.seen[0]?.headers.authorization).toBe(serviceAuthorization);
    expect(jira.seen[0]?.headers['x-correlation-id']).toMatch(/^[\w-]{8,64}$/);
  });
});
