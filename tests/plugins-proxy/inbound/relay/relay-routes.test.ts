import {
  createServer,
  type IncomingMessage,
  request as httpRequest,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RelayedConnection } from '../../../../plugins-proxy/src/inbound/relay/upstreams';
import { IntegrationError } from '../../../../plugins-proxy/src/platform/errors/integration-error';
import { eventually } from '../../eventually';
import { type Answer, recordedServer, type RecordedServer, type Seen } from '../../recorded-server';
import { basic, frozen, keyServer, openRelay, sendRaw, serviceAuthorization, signingKey } from '../../relay-world';

type Relay = Awaited<ReturnType<typeof openRelay>>;
let keys: Awaited<ReturnType<typeof keyServer>>;
let key: Awaited<ReturnType<typeof signingKey>>;
let token: string;
let jira: RecordedServer;
let answer: (seen: Seen) => Answer | undefined;
const opened: (() => Promise<void>)[] = [];

const project = { id: '10150', key: 'ACME', name: 'Acme' };
const twoMegabytes = 2 * 1024 * 1024;

beforeAll(async () => {
  key = await signingKey('key-1');
  token = await key.sign();
});
beforeEach(async () => {
  keys = await keyServer();
  keys.state.keys = [key.jwk];
  answer = () => ({ body: project });
  jira = await recordedServer((seen) => answer(seen));
  opened.push(keys.close, () => jira.close());
});
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function relay(
  over: Record<string, string> = {},
  jiraUrl = jira.url,
  parts: Parameters<typeof openRelay>[3] = {},
): Promise<Relay> {
  const started = await openRelay(jiraUrl, keys.url, over, parts);
  opened.push(started.close);
  return started;
}

const get = (at: Relay, path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${at.url}/relay/jira${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
const post = (at: Relay, path: string, body: RequestInit['body'], headers: Record<string, string> = {}) =>
  fetch(`${at.url}/relay/jira${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: body ?? null,
  });
const codeOf = async (response: Response): Promise<string> => {
  const body = (await response.json()) as { code: string; correlationId: string };
  expect(body.correlationId).toBe(response.headers.get('x-correlation-id'));
  return `${response.status} ${body.code}`;
};

/** A server that handles requests itself, for what needs hands on the stream. */
async function rawServer(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server: Server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  // listen() on a TCP port always gives an AddressInfo.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the relay to Jira', () => {
  test('R-1212 passes nothing on, read or write, while the list of hosts that may be called does not name Jira', async () => {
    let refused = true;
    const refusal = () =>
      refused ? new IntegrationError('not named', { code: 'environment-variable', errorClass: 'configuration' }) : null;
    const guarded = await openRelay(
      jira.url,
      keys.url,
      {},
      {
        egress: { refusal, of: () => ({ require: async () => undefined, refusalOf: () => null }) },
      },
    );
    opened.push(guarded.close);
    expect(await codeOf(await get(guarded, '/rest/api/3/myself'))).toBe('503 host-not-allowed');
    expect(await codeOf(await post(guarded, '/rest/api/3/issue', '{"fields":{}}'))).toBe('503 host-not-allowed');
    expect(jira.seen).toEqual([]);
    refused = false;
    expect((await get(guarded, '/rest/api/3/myself')).status).toBe(200);
  });

  test('R-513 R-902 asks for the budget contract where crmjira_BudgetApiBaseUrl has it, and for nothing where that is another site', async () => {
    let address: string | null = null;
    const at = await relay({}, jira.url, { budgetApiUrl: () => address });
    const paths = async (): Promise<string[]> => {
      jira.seen.splice(0);
      await get(at, '/rest/tempo-budgets/1/budget?projectKey=ACME');
      await get(at, '/rest/tempo-budgets/1/budget/BUD-1/spending');
      await get(at, '/rest/api/3/project/ACME');
      return jira.seen.map(({ path, query }) => (query.size === 0 ? path : `${path}?${query.toString()}`));
    };
    const others = ['/rest/api/3/project/ACME'];
    const standard = '/rest/tempo-budgets/1/budget';
    expect(await paths()).toEqual([`${standard}?projectKey=ACME`, `${standard}/BUD-1/spending`, ...others]);
    address = `${jira.url}/rest/budgets/2/`;
    const moved = '/rest/budgets/2/budget';
    expect(await paths()).toEqual([`${moved}?projectKey=ACME`, `${moved}/BUD-1/spending`, ...others]);
    address = 'https://elsewhere.example/rest/budgets/2';
    expect(await paths()).toEqual(others);
    expect(await codeOf(await get(at, `${standard}/BUD-1`))).toBe('503 budget-source-not-available');
  });

  test('R-902 R-1212 @<connection id> reaches that connection with everything of its own; what is unknown or broken is refused once the caller is known', async () => {
    const [plantId, brokenId] = ['5a8d2c1e-0000-4000-8000-000000000c02', '5a8d2c1e-0000-4000-8000-000000000c03'];
    const [plant, other] = [await recordedServer(() => ({ body: {} })), await recordedServer(() => ({ body: {} }))];
    opened.push(plant.close, other.close);
    const moved = new IntegrationError('This looks like a copy.', {
      code: 'environment-moved',
      errorClass: 'configuration',
    });
    const connection = (
      id: string,
      url: string,
      pat: string,
      budgetApiUrl: string | null = null,
    ): RelayedConnection => ({
      id,
      site: { url },
      urlSetting: 'the Jira connection',
      config: { fieldIds: {}, projectTemplateKey: null, projectCategoryId: null, budgetSource: null, budgetApiUrl },
      credentials: { current: () => ({ kind: 'bearer', pat }), renew: async () => false },
      transport: () => ({}),
      guardWrite: async () => {
        if (id === plantId) throw moved;
      },
    });
    let isRead = true;
    let known: RelayedConnection | undefined = connection(plantId, `${plant.url}/jira`, 'pat-of-the-plant');
    const at = await relay({}, jira.url, {
      relayed: {
        first: { ...connection('5a8d2c1e-0000-4000-8000-000000000c01', jira.url, 'pat-of-the-first'), config: null },
        known: (id) => (id === plantId ? known : undefined),
        isRead: () => isRead,
        broken: () => [{ id: brokenId, name: 'Broken', error: moved }],
      },
    });
    const seen = (server: RecordedServer): string[] =>
      server.seen.splice(0).map(({ method, path, headers }) => `${method} ${path} ${headers.authorization}`);
    const myself = '/rest/api/2/myself';
    // Twice: the second time the caller is known, and fastify sees nothing of it.
    for (const id of [plantId, plantId.toUpperCase()]) expect((await get(at, `/@${id}${myself}`)).status).toBe(200);
    expect(seen(plant)).toEqual(Array(2).fill(`GET /jira${myself} Bearer pat-of-the-plant`));
    expect(at.logged('relayed')).toEqual(Array(2).fill(expect.objectContaining({ connection: plantId })));
    for (const path of [myself, `/@5A8D2C1E-0000-4000-8000-000000000C01${myself}`])
      expect((await get(at, path)).status).toBe(200);
    expect(seen(jira)).toEqual(Array(2).fill(`GET ${myself} Bearer pat-of-the-first`));
    // The guard before writes is that of the connection.
    expect(await codeOf(await post(at, `/@${plantId}/rest/api/2/issue`, '{}'))).toBe('503 environment-moved');
    expect((await post(at, '/rest/api/2/issue', '{}')).status).toBe(200);
    expect([seen(plant), seen(jira)]).toEqual([[], [expect.stringContaining('POST')]]);

    const strange = `/@5a8d2c1e-0000-4000-8000-000000000c09${myself}`;
    expect((await get(at, strange, { authorization: 'Bearer x' })).status).toBe(401);
    expect(await codeOf(await get(at, strange))).toBe('404 connection-not-found');
    // Right after the start nobody can say that there is none.
    isRead = false;
    expect(await codeOf(await get(at, strange))).toBe('503 connections-unread');
    isRead = true;
    expect(await codeOf(await get(at, `/@${brokenId}${myself}`))).toBe('503 jira-connection');
    for (const wrong of [`/@plant${myself}`, `/@${plantId}`, `/@${plantId}/@${plantId}${myself}`])
      expect((await get(at, wrong)).status).toBe(404);
    // Its row has changed, then it is gone.
    known = connection(plantId, other.url, 'pat-of-the-plant', `${other.url}/rest/budgets/2`);
    await get(at, `/@${plantId}/rest/tempo-budgets/1/budget/BUD-1`);
    expect(seen(other)).toEqual(['GET /rest/budgets/2/budget/BUD-1 Bearer pat-of-the-plant']);
    known = undefined;
    expect(await codeOf(await get(at, `/@${plantId}${myself}`))).toBe('404 connection-not-found');
    expect([...seen(plant), ...seen(other), ...seen(jira)]).toEqual([]);
  });

  test('is not there unless it is switched on', async () => {
    const off = await relay({ RELAY_ENABLED: 'false' });
    expect((await get(off, '/rest/api/3/myself')).status).toBe(404);
    expect(jira.seen).toHaveLength(0);
  });

  test('passes a read on with the credentials of the service, and only what it needs', async () => {
    answer = () => ({
      headers: {
        'set-cookie': 'JSESSIONID=secret',
        'www-authenticate': 'Basic realm="jira"',
        'x-ausername': 'powerplatform-integration',
        server: 'AtlassianEdge',
        connection: 'x-internal',
        'x-internal': '1',
        location: 'http://10.0.0.1/',
      },
      body: project,
    });
    const response = await get(await relay(), '/rest/api/3/project/ACME?expand=lead', {
      cookie: 'session=caller',
      'x-forwarded-for': '10.1.1.1',
      'x-forwarded-host': 'evil',
      'x-http-method-override': 'DELETE',
      'x-http-method': 'DELETE',
      'x-method-override': 'DELETE',
      'proxy-authorization': 'Basic eDp5',
      'x-atlassian-token': 'check',
      'impersonate-user': 'admin',
      'x-correlation-id': 'correlation-of-the-flow',
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(project);
    expect(Object.fromEntries(response.headers)).toEqual({
      'cache-control': 'no-store',
      connection: 'keep-alive',
      'content-type': 'application/json;charset=UTF-8',
      date: expect.any(String),
      'keep-alive': expect.any(String),
      'transfer-encoding': 'chunked',
      'x-content-type-options': 'nosniff',
      'x-correlation-id': 'correlation-of-the-flow',
    });
    expect(jira.seen).toHaveLength(1);
    expect(jira.seen[0]).toMatchObject({ method: 'GET', path: '/rest/api/3/project/ACME', body: '' });
    expect(jira.seen[0]?.headers).toEqual({
      accept: 'application/json',
      authorization: serviceAuthorization,
      connection: 'keep-alive',
      host: new URL(jira.url).host,
      'x-atlassian-token': 'no-check',
      'x-correlation-id': 'correlation-of-the-flow',
    });
  });

  test('takes the gateway’s user and password, old and new, and no other (R-903)', async () => {
    const at = await relay({ RELAY_BASIC_PASSWORD_PREVIOUS: 'gateway-password-before-it' });
    const sign = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
    const status = async (authorization: string) => (await get(at, '/rest/api/3/myself', { authorization })).status;
    expect(await status(basic)).toBe(200);
    expect(await status(sign('jira-gateway:gateway-password-before-it'))).toBe(200);
    for (const wrong of [
      'jira-gateway:',
      'jira-gateway:gateway-password-of-the-test',
      'other:gateway-password-of-the-tests',
    ])
      expect(await status(sign(wrong))).toBe(401);
    for (const wrong of ['', 'Basic', 'Basic !', 'Negotiate abc', `Bearer ${token}x`, `Bearer ${token}, ${basic}`])
      expect(await status(wrong)).toBe(401);
    expect(jira.seen).toHaveLength(2);
  });

  test.each([
    ['Basic where only tokens are configured', { RELAY_BASIC_USER: '', RELAY_BASIC_PASSWORD: '' }, () => basic],
    ['tokens where only Basic is configured', { RELAY_AUDIENCE: '' }, () => `Bearer ${token}`],
  ])('refuses %s', async (_what, over, authorization) => {
    const response = await get(await relay(over), '/rest/api/3/myself', { authorization: authorization() });
    expect(await codeOf(response)).toBe('401 unauthenticated');
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  test('tells a stranger nothing about what exists', async () => {
    const at = await relay();
    for (const path of ['/rest/api/3/myself', '/rest/api/3/nothing', '/rest/api/3/myself?x=1', '/'])
      expect(await codeOf(await get(at, path, { authorization: 'Bearer a.b.c' }))).toBe('401 unauthenticated');
    expect(jira.seen).toHaveLength(0);
  });

  test('streams a body of a write, announced or not', async () => {
    answer = () => ({ status: 201, body: { id: '10001', key: 'ACME-1' } });
    const at = await relay();
    const body = JSON.stringify({ fields: { summary: 'x'.repeat(100_000) } });
    expect((await post(at, '/rest/api/3/issue', body)).status).toBe(201);
    const chunked = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { authorization: basic, 'content-type': 'application/json; charset=utf-8' };
      const request = httpRequest(`${at.url}/relay/jira/rest/api/2/issue`, { method: 'POST', headers }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      });
      request.on('error', reject);
      request.write(body.slice(0, 10));
      request.end(body.slice(10));
    });
    expect(chunked).toBe(201);
    expect(jira.seen.map((seen) => seen.body === body)).toEqual([true, true]);
    expect(jira.seen.map((seen) => seen.headers['content-type'])).toEqual(['application/json', 'application/json']);
    expect(jira.seen[0]?.headers['content-length']).toBe(String(body.length));
  });

  test('refuses bodies above 2 MB, announced or not, and bodies that are no JSON', async () => {
    const at = await relay();
    expect(await codeOf(await post(at, '/rest/api/3/issue', 'x'.repeat(twoMegabytes + 1)))).toBe('413 too-large');
    expect(jira.seen).toHaveLength(0);
    const chunk = 'x'.repeat(64 * 1024);
    const status = await new Promise<number | undefined>((resolve) => {
      const headers = { authorization: basic, 'content-type': 'application/json' };
      const request = httpRequest(`${at.url}/relay/jira/rest/api/2/issue`, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      // The relay closes the connection while the rest is still being sent.
      request.on('error', () => undefined);
      for (let n = 0; n < 40; n += 1) request.write(chunk);
      request.end();
    });
    expect(status).toBe(413);
    // Jira never saw the end of it, so it has nothing to act on.
    expect(jira.seen).toHaveLength(0);
    expect(await codeOf(await post(at, '/rest/api/3/issue', 'a=b', { 'content-type': 'text/plain' }))).toBe(
      '415 wrong-content-type',
    );
    expect(await codeOf(await post(at, '/rest/api/3/issue', ''))).toBe('415 wrong-content-type');
    expect(await codeOf(await get(at, '/rest/api/3/issue'))).toBe('404 not-allowed');
    expect(jira.seen).toHaveLength(0);
    expect((await post(at, '/rest/api/3/issue', JSON.stringify('x'.repeat(twoMegabytes - 2)))).status).toBe(200);
  });

  test('refuses answers above 2 MB: announced before a byte, otherwise by breaking off', async () => {
    let announced = true;
    const url = await rawServer((_request, response) => {
      const length = announced ? { 'content-length': String(twoMegabytes + 1) } : {};
      response.writeHead(200, { 'content-type': 'application/json', ...length });
      response.end('x'.repeat(twoMegabytes + 1));
    });
    const at = await relay({}, url);
    expect(await codeOf(await get(at, '/rest/api/3/myself'))).toBe('502 jira-answer-too-large');
    announced = false;
    const response = await get(at, '/rest/api/3/myself');
    await expect(response.text()).rejects.toThrow();
    expect(at.logged('relay broke off')).toMatchObject([{ answer: 'jira-answer-too-large' }]);
  });

  test('a caller that goes away ends the call to Jira', async () => {
    let aborted = false;
    let reached = false;
    const url = await rawServer((request) => {
      reached = true;
      request.on('close', () => (aborted = true));
    });
    const at = await relay({}, url);
    const controller = new AbortController();
    const call = fetch(`${at.url}/relay/jira/rest/api/3/myself`, {
      headers: { authorization: basic },
      signal: controller.signal,
    });
    await eventually(async () => expect(reached).toBe(true));
    controller.abort();
    await expect(call).rejects.toThrow();
    await eventually(async () => expect(aborted).toBe(true));
  });

  test.each([301, 302, 303, 307, 308])('does not follow a redirect (%i) and does not pass it on', async (status) => {
    const target = await recordedServer(() => ({ body: { stolen: true } }));
    opened.push(target.close);
    answer = () => ({ status, headers: { location: `${target.url}/rest/api/3/myself` } });
    const response = await get(await relay(), '/rest/api/3/myself');
    expect(response.headers.get('location')).toBeNull();
    expect(await codeOf(response)).toBe('502 jira-redirect');
    expect(target.seen).toHaveLength(0);
  });

  const refusal = { errorMessages: ['Not good.'], errors: { summary: 'Summary is required.' } };
  test.each([
    ['JSON with both kinds of words', { status: 400, body: refusal }, '400 jira-refused'],
    ['a 401, which is about the service', { status: 401, body: { message: 'Unauthorized' } }, '502 jira-credentials'],
    ['403', { status: 403, body: { errorMessages: ['No.'] } }, '403 jira-forbidden'],
    ['404', { status: 404, body: { errorMessages: ['Gone.'] } }, '404 jira-not-found'],
    ['an HTML sign-in page as 200', { status: 200, body: '<html>Log in</html>' }, '502 jira-page'],
    [
      'an HTML page that mentions JSON (F-314)',
      { status: 200, headers: { 'content-type': 'text/html; x=json' }, body: '<script>1</script>' },
      '502 jira-page',
    ],
    [
      'an image that mentions JSON (F-314)',
      { status: 200, headers: { 'content-type': 'image/svg+xml;json' }, body: '<svg/>' },
      '502 jira-page',
    ],
    ['an HTML error page', { status: 500, body: '<html>Oops</html>' }, '502 jira-unavailable'],
    ['503', { status: 503, body: '<html>Busy</html>' }, '503 jira-unavailable'],
    ['a gateway timeout', { status: 504, body: '' }, '502 jira-unavailable'],
    ['rate limit', { status: 429, headers: { 'retry-after': '17' }, body: '' }, '429 jira-rate-limit'],
    ['an odd status', { status: 418, body: {} }, '502 jira-refused'],
    [
      'an anonymous-looking 200',
      { status: 200, headers: { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' }, body: [] },
      '502 jira-credentials',
    ],
  ])('one JSON error with a correlation id for %s', async (_what, given: Answer, expected) => {
    answer = () => ({ ...given, headers: { ...given.headers, 'www-authenticate': 'OAuth', 'set-cookie': 'a=b' } });
    const response = await get(await relay(), '/rest/api/3/myself');
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('www-authenticate')).toBeNull();
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(response.headers.get('retry-after')).toBe(given.status === 429 ? '17' : null);
    expect(await codeOf(response)).toBe(expected);
  });

  test('gives Jira’s words about fields, without a secret of the service in them', async () => {
    answer = (seen) => ({
      status: 400,
      body: {
        errorMessages: [`You sent ${seen.headers.authorization}`],
        errors: { summary: 'Bad api-token-of-the-tests' },
      },
    });
    const response = await get(await relay(), '/rest/api/3/myself');
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code: 'jira-refused', fields: { summary: 'Bad [redacted]' } });
    expect(text).not.toContain('api-token-of-the-tests');
    expect(text).not.toContain(serviceAuthorization.slice(6));
  });

  test('says when Jira cannot be reached or does not answer', async () => {
    const silent = await rawServer(() => undefined);
    expect(await codeOf(await get(await relay({ REQUEST_TIMEOUT_MS: '100' }, silent), '/rest/api/3/myself'))).toBe(
      '504 jira-timeout',
    );
    const closed = await recordedServer(() => undefined);
    await closed.close();
    expect(await codeOf(await get(await relay({}, closed.url), '/rest/api/3/myself'))).toBe('502 jira-unreachable');
    const rude = await rawServer((request) => request.socket.destroy());
    expect(await codeOf(await get(await relay({}, rude), '/rest/api/3/myself'))).toBe('502 jira-unreachable');
  });

  test('R-909 waits for Jira as long as is said at that moment, before an answer and within one', async () => {
    const half = await rawServer((request, response) => {
      if (request.url?.includes('ACME') === true)
        response.writeHead(200, { 'content-type': 'application/json' }).write('{');
    });
    let timeoutMs = 600_000;
    const at = await relay({}, half, { relayTimeoutMs: () => timeoutMs });
    const leaving = new AbortController();
    const { signal } = leaving;
    const headers = { authorization: basic };
    const asked = fetch(`${at.url}/relay/jira/rest/api/3/myself`, { headers, signal }).catch(() => 'left');
    const begun = await fetch(`${at.url}/relay/jira/rest/api/3/project/ACME`, { headers, signal });
    const rest = begun.text().catch(() => 'left');
    // Lowered, it holds for what is asked from then on.
    timeoutMs = 100;
    expect(await codeOf(await get(at, '/rest/api/3/myself'))).toBe('504 jira-timeout');
    const cut = await get(at, '/rest/api/3/project/ACME');
    expect(cut.status).toBe(200);
    await expect(cut.text()).rejects.toThrow();
    expect(await Promise.race([asked, rest, 'both wait on'])).toBe('both wait on');
    leaving.abort();
    expect(await Promise.all([asked, rest])).toEqual(['left', 'left']);
  });

  test('limits each caller by itself, over the minute (R-903)', async () => {
    const at = await relay({ RELAY_PER_MINUTE: '3' });
    const statuses = async (authorization: string, count: number): Promise<number[]> => {
      const found: number[] = [];
      for (let n = 0; n < count; n += 1) found.push((await get(at, '/rest/api/3/myself', { authorization })).status);
      return found;
    };
    expect(await statuses(basic, 4)).toEqual([200, 200, 200, 429]);
    expect(await statuses(`Bearer ${token}`, 1)).toEqual([200]);
    const refused = await get(at, '/rest/api/3/myself', { authorization: basic });
    expect(refused.headers.get('retry-after')).toBe('10');
    expect(await codeOf(refused)).toBe('429 rate-limited');
    at.setNow(new Date(frozen.getTime() + 20_000));
    expect(await statuses(basic, 2)).toEqual([200, 429]);
    at.setNow(new Date(frozen.getTime() + 200_000));
    expect(await statuses(basic, 4)).toEqual([200, 200, 200, 429]);
  });

  test('every read leaves a line: who, what, which record; no query, no amount, no credential (R-1230)', async () => {
    answer = () => ({ body: { amount: 250_000.37, name: 'Acme' } });
    const at = await relay();
    await get(at, '/rest/tempo-budgets/1/budget/COMPUTED-10150');
    await get(at, '/rest/api/3/search/jql?jql=summary%20~%20%22Acme%20Corp%22');
    await get(at, '/rest/api/3/users');
    expect(at.logged('relayed')).toMatchObject([
      { caller: 'caller-one', operation: 'GetBudget', record: { budget: 'COMPUTED-10150' }, status: 200 },
      { caller: 'caller-one', operation: 'SearchIssues', record: {}, status: 200 },
    ]);
    expect(at.logged('The relay has no such operation.')).toMatchObject([
      { caller: 'caller-one', path: '/relay/jira/rest/api/3/users', method: 'GET' },
    ]);
    const written = at.lines.join('');
    for (const secret of [token, 'api-token-of-the-tests', serviceAuthorization, '250000.37', 'Acme'])
      expect(written).not.toContain(secret);
  });
});

describe('what no client library sends (R-1212)', () => {
  const line = (target: string, extra = '', method = 'GET'): string =>
    `${method} ${target} HTTP/1.1\r\nhost: relay\r\nauthorization: ${basic}\r\nconnection: close\r\n${extra}\r\n`;

  test.each([
    ['an absolute target', line('http://169.254.169.254/relay/jira/rest/api/3/myself')],
    ['an absolute target to ourselves', line('http://relay/relay/jira/rest/api/3/myself')],
    ['an authority', line('//169.254.169.254/relay/jira/rest/api/3/myself')],
    ['a host behind the prefix', line('/relay/jira//169.254.169.254/x')],
    ['IPv6', line('/relay/jira/http://[::1]:9/rest/api/3/myself')],
    ['IPv6 with a zone', line('/relay/jira//[fe80::1%25lo]/rest/api/3/myself')],
    ['dot segments', line('/relay/jira/rest/api/3/issue/../../../secure/admin')],
    ['encoded dot segments', line('/relay/jira/rest/api/3/%2e%2e/%2e%2e/secure')],
    ['a broken escape', line('/relay/jira/rest/api/3/myself%zz')],
    ['an encoded NUL', line('/relay/jira/rest/api/3/myself%00.json')],
    ['a NUL', line('/relay/jira/rest/api/3/my\0self')],
    ['an overlong target', line(`/relay/jira/rest/api/3/${'a'.repeat(10_000)}`)],
    ['an endless target', line(`/relay/jira/rest/api/3/${'a'.repeat(100_000)}`)],
    ['CONNECT', line('169.254.169.254:443', '', 'CONNECT')],
    ['TRACE', line('/relay/jira/rest/api/3/myself', '', 'TRACE')],
    ['HEAD', line('/relay/jira/rest/api/3/myself', '', 'HEAD')],
    ['OPTIONS', line('*', '', 'OPTIONS')],
    [
      'both lengths',
      line('/relay/jira/rest/api/3/issue', 'content-length: 5\r\ntransfer-encoding: chunked\r\n', 'POST'),
    ],
    ['two hosts', line('/relay/jira/rest/api/3/nothing', 'host: 169.254.169.254\r\n')],
  ])('reaches nobody: %s', async (_what, head) => {
    const at = await relay();
    const text = await sendRaw(at.url, head);
    expect(text === '' || /^HTTP\/1\.1 4\d\d /.test(text)).toBe(true);
    expect(jira.seen).toHaveLength(0);
  });

  test('a foreign Host header changes nothing: the site of the configuration is asked', async () => {
    const at = await relay();
    const head = `GET /relay/jira/rest/api/3/myself HTTP/1.1\r\nhost: 169.254.169.254\r\nauthorization: ${basic}\r\nconnection: close\r\nx-forwarded-host: evil\r\nx-original-url: /secure/admin\r\nx-rewrite-url: /secure/admin\r\n\r\n`;
    expect(await sendRaw(at.url, head)).toMatch(/^HTTP\/1\.1 200 /);
    expect(jira.seen.map(({ path, headers }) => [path, headers.host])).toEqual([
      ['/rest/api/3/myself', new URL(jira.url).host],
    ]);
  });

  test('keeps to the context path of a site that has one', async () => {
    const at = await relay({}, `${jira.url}/jira`);
    expect((await get(at, '/rest/api/2/myself')).status).toBe(200);
    expect(jira.seen[0]?.path).toBe('/jira/rest/api/2/myself');
  });
});
