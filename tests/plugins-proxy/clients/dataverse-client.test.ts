import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { z } from 'zod';
import {
  createDataverseClient,
  type DataverseClient,
} from '../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { equalsId, quoted } from '../../../plugins-proxy/src/clients/dataverse/filter';
import { instant } from '../../../plugins-proxy/src/clients/dataverse/columns';
import { createTokenSource } from '../../../plugins-proxy/src/clients/dataverse/token-source';
import { hintTopic } from '../../../plugins-proxy/src/platform/errors/hints';
import { IntegrationError } from '../../../plugins-proxy/src/platform/errors/integration-error';
import { createJiraHttp } from '../../../plugins-proxy/src/clients/jira/jira-http';
import { maximumTries } from '../../../plugins-proxy/src/platform/http-client/retry-table';
import { freePort } from '../../free-port';
import { type Answer, recordedServer, type RecordedServer, type Seen } from '../recorded-server';
import { testConfig } from '../test-config';

const id = '6d81597f-0f9f-e711-8122-000d3aa2331c';
const noWait = { sleep: async () => undefined, random: () => 0 };
let server: RecordedServer;
let client: DataverseClient;
let tokens = 0;

async function setUp(answer: (request: Seen) => Answer | undefined): Promise<void> {
  server = await recordedServer(answer);
  tokens = 0;
  client = createDataverseClient({
    url: server.url,
    timeoutMs: 5_000,
    tokens: { token: async () => `token-${tokens}`, drop: () => void (tokens += 1) },
    clock: noWait,
  });
}

afterEach(() => server.close());

const batchAnswer = (part: string): Answer => ({
  headers: { 'content-type': 'multipart/mixed; boundary=batchresponse_1' },
  body: `--batchresponse_1\r\n${part}\r\n--batchresponse_1--\r\n`,
});
const committed = batchAnswer(
  'Content-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n--changesetresponse_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: 1\r\n\r\nHTTP/1.1 204 No Content\r\nOData-Version: 4.0\r\n\r\n\r\n--changesetresponse_1--',
);
const failed = (status: string, message: string): Answer => ({
  ...batchAnswer(
    `Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 ${status}\r\nContent-Type: application/json; odata.metadata=minimal\r\nOData-Version: 4.0\r\n\r\n${JSON.stringify({ error: { code: '0x80060882', message } })}`,
  ),
  status: Number(status.slice(0, 3)),
});

const writes = [
  { op: 'create', collection: 'tasks', id, columns: { subject: 'Révision' } },
  { op: 'update', collection: 'opportunities', id, columns: { actualvalue: 1 }, ifMatch: 'W/"7"' },
  { op: 'update', collection: 'accounts', id, columns: { name: 'x' } },
  { op: 'upsert', collection: 'crmjira_budget_snapshots', id, columns: { crmjira_name: 's' } },
] as const;

describe('a change set on the wire', () => {
  test('carries the precondition of each write in its own part', async () => {
    await setUp(() => committed);
    await client.changeSet(writes);
    expect(server.seen).toHaveLength(1);
    const { body, path } = server.seen[0] ?? { body: '', path: '' };
    expect(path).toBe('/api/data/v9.2/$batch');
    const parts = body.split(/--changeset_[^\r\n]*/).slice(1, -1);
    expect(parts.map((part) => /^PATCH (\S+)/m.exec(part)?.[1])).toEqual(
      ['tasks', 'opportunities', 'accounts', 'crmjira_budget_snapshots'].map(
        (set) => `${server.url}/api/data/v9.2/${set}(${id})`,
      ),
    );
    expect(parts.map((part) => /^If-(None-)?Match: .*$/m.exec(part)?.[0] ?? null)).toEqual([
      'If-None-Match: *',
      'If-Match: W/"7"',
      'If-Match: *',
      null,
    ]);
    expect(server.seen[0]?.headers['content-length']).toBe(String(Buffer.byteLength(body)));
  });

  test.each([
    ['412 Precondition Failed', 'dataverse-precondition'],
    ['403 Forbidden', 'dataverse-forbidden'],
    ['400 Bad Request', 'dataverse-refused'],
  ])('that fails with %s is a %s', async (status, code) => {
    await setUp(() => failed(status, 'The version of the existing record does not match.'));
    await expect(client.changeSet(writes)).rejects.toMatchObject({ code });
  });

  test('a failure inside a 200 is found as well', async () => {
    await setUp(() => ({ ...failed('412 Precondition Failed', 'exists'), status: 200 }));
    await expect(client.changeSet(writes)).rejects.toMatchObject({ code: 'dataverse-precondition' });
  });

  test('two at the same time do not mix', async () => {
    await setUp(() => committed);
    await Promise.all([client.changeSet(writes.slice(0, 1)), client.changeSet(writes.slice(1, 2))]);
    expect(server.seen.map((request) => (request.body.match(/^PATCH/gm) ?? []).length)).toEqual([1, 1]);
  });
});

describe('calls to Dataverse', () => {
  test('wait as a 429 of the service protection asks, and go on', async () => {
    let calls = 0;
    await setUp(() => {
      calls += 1;
      if (calls === 1)
        return {
          status: 429,
          headers: { 'retry-after': '2' },
          body: { error: { code: '0x80072322', message: 'limit' } },
        };
      return { body: { value: [] } };
    });
    expect(await client.many('accounts', { select: ['name'] }, z.unknown())).toEqual([]);
    expect(calls).toBe(2);
  });

  test('fetch a new token when the old one is refused', async () => {
    await setUp(({ headers }) =>
      headers.authorization === 'Bearer token-0'
        ? { status: 401, body: { error: { code: '0x0', message: 'expired' } } }
        : { body: { OrganizationId: id, UserId: id, BusinessUnitId: id } },
    );
    expect(await client.whoAmI()).toEqual({ organizationId: id, userId: id });
    expect(server.seen.map((request) => request.headers.authorization)).toEqual(['Bearer token-0', 'Bearer token-1']);
  });

  test('follow pages, but only back to the same host (R-1212)', async () => {
    await setUp(({ query }) =>
      query.has('page')
        ? { body: { value: [{ name: 'b' }] } }
        : { body: { value: [{ name: 'a' }], '@odata.nextLink': `${server.url}/api/data/v9.2/accounts?page=2` } },
    );
    expect(await client.many('accounts', { select: ['name'] }, z.object({ name: z.string() }))).toEqual([
      { name: 'a' },
      { name: 'b' },
    ]);
    // However many rows there are, few are held as they came (F-504).
    for (const { headers } of server.seen) expect(headers.prefer).toContain('odata.maxpagesize=500');
    await server.close();
    await setUp(() => ({ body: { value: [], '@odata.nextLink': 'http://attacker.example/x' } }));
    await expect(client.many('accounts', { select: ['name'] }, z.unknown())).rejects.toMatchObject({
      code: 'foreign-link',
    });
    expect(server.seen).toHaveLength(1);
  });

  test('read changes by the link of the last time', async () => {
    await setUp(({ query, headers }) => {
      const link = `${server.url}/api/data/v9.2/accounts?$select=name&$deltatoken=2`;
      if (query.get('$deltatoken') === '1')
        return { body: { value: [{ id, reason: 'deleted' }], '@odata.deltaLink': link } };
      expect(headers.prefer).toBe('odata.track-changes');
      return { body: { value: [{ name: 'a' }], '@odata.deltaLink': link.replace('=2', '=1') } };
    });
    const first = await client.changes('accounts', ['name'], null);
    expect(first.rows).toMatchObject([{ name: 'a' }]);
    const second = await client.changes('accounts', ['name'], first.deltaLink);
    expect(second.rows).toMatchObject([{ id, reason: 'deleted' }]);
    expect(second.deltaLink).toContain('deltatoken=2');
  });

  test('a missing row is null, an answer of another shape is an error that says where', async () => {
    const missing = { status: 404, body: { error: { code: '0x80040217', message: 'account does not exist' } } };
    await setUp(({ path }) => (path.includes('tasks') ? { body: { subject: 5 } } : missing));
    expect(await client.one('accounts', id, ['name'], z.unknown())).toBeNull();
    await expect(client.one('tasks', id, ['subject'], z.object({ subject: z.string() }))).rejects.toMatchObject({
      code: 'unexpected-answer',
      message: expect.stringContaining(
        'Dataverse gave an answer of an unexpected shape at "subject": something of another kind stands there.',
      ),
    });
  });

  test('R-1401 a part that an answer leaves out is told in words of everyday', async () => {
    await setUp(() => ({ body: {} }));
    const asked = client.one('tasks', id, ['subject'], z.object({ subject: z.object({}) }));
    await expect(asked).rejects.toThrow('unexpected shape at "subject": is missing.');
  });

  test('date-times come back as ISO text in UTC', async () => {
    await setUp(() => ({ body: { createdon: '2025-01-20T17:30:15Z' } }));
    const row = await client.one('accounts', id, ['createdon'], z.object({ createdon: instant }));
    expect(row).toEqual({ createdon: '2025-01-20T17:30:15Z' });
  });
});

describe('filters (R-515)', () => {
  test('double quotes in text, and take nothing for a GUID that is none', () => {
    expect(quoted("O'Brien' or 1 eq 1")).toBe("'O''Brien'' or 1 eq 1'");
    expect(equalsId('accountid', id)).toBe(`accountid eq ${id}`);
    expect(() => equalsId('accountid', `${id} or true`)).toThrow(RangeError);
  });
});

describe('access tokens', () => {
  const config = () => ({ ...testConfig().dataverse, tokenUrl: `${server.url}/token` });

  test('are fetched once for many callers and again before they end', async () => {
    let issued = 0;
    await setUp(() => ({ body: { access_token: `t${(issued += 1)}`, expires_in: 3_600, token_type: 'Bearer' } }));
    let now = 0;
    const source = createTokenSource(config(), 5_000, () => now);
    expect(await Promise.all([source.token(), source.token(), source.token()])).toEqual(['t1', 't1', 't1']);
    now = 54 * 60_000;
    expect(await source.token()).toBe('t1');
    now = 55 * 60_000;
    expect(await source.token()).toBe('t2');
    source.drop();
    expect(await source.token()).toBe('t3');
    const form = new URLSearchParams(server.seen[0]?.body);
    expect(form.get('grant_type')).toBe('client_credentials');
    expect(form.get('scope')).toBe('http://localhost:4010/.default');
  });

  test('a refusal names the AADSTS code and no secret', async () => {
    await setUp(() => ({
      status: 401,
      body: {
        error: 'invalid_client',
        error_description: 'AADSTS7000215: Invalid client secret provided. Trace ID: x',
      },
    }));
    const error: unknown = await createTokenSource(config(), 5_000)
      .token()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ errorClass: 'configuration', code: 'dataverse-sign-in' });
    expect(String(error)).toContain('AADSTS7000215');
    expect(String(error)).not.toContain('dataverse-client-secret-of-the-tests');
  });

  test.each([
    ['AADSTS7000215', 'DATAVERSE_CLIENT_SECRET takes the value'],
    ['AADSTS7000222', 'make a new one and store it as DATAVERSE_CLIENT_SECRET'],
    ['AADSTS700016', 'check DATAVERSE_CLIENT_ID'],
    ['AADSTS90002', 'check DATAVERSE_TENANT_ID'],
    ['AADSTS500011', 'check DATAVERSE_URL'],
    ['AADSTS1', 'Check DATAVERSE_CLIENT_ID, DATAVERSE_CLIENT_SECRET and DATAVERSE_TENANT_ID.'],
  ])('R-1401 a refusal with %s says what to look at', async (code, says) => {
    await setUp(() => ({ status: 400, body: { error: 'refused', error_description: `${code}: x` } }));
    await expect(createTokenSource(config(), 5_000).token()).rejects.toThrow(says);
  });

  test.each([
    [400, 'AADSTS700016', 'an unknown application'],
    [401, 'AADSTS7000222', 'a secret that has ended'],
  ])(
    'R-1401 %i of the sign-in (%s, %s) waits for an administrator: it is neither given up nor taken for a stale token',
    async (status, code) => {
      await setUp(() => ({ status, body: { error: 'refused', error_description: `${code}: x` } }));
      const tokens = createTokenSource(config(), 5_000);
      const signedOut = createDataverseClient({ url: server.url, timeoutMs: 5_000, tokens, clock: noWait });
      const error: unknown = await signedOut.whoAmI().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'dataverse-sign-in', errorClass: 'configuration', status });
      expect(error instanceof IntegrationError && hintTopic(error)).toBe('authentication');
      expect(server.seen).toHaveLength(1);
    },
  );

  describe('R-908 one table decides how often a sign-in that fails is tried, whatever it is for', () => {
    const signedOut = (tokenUrl: string) => {
      const slept: number[] = [];
      const clock = { sleep: async (ms: number) => void slept.push(ms), random: () => 1 };
      const source = createTokenSource({ ...config(), tokenUrl }, 5_000, () => 0, undefined, clock);
      return { slept, api: createDataverseClient({ url: server.url, timeoutMs: 5_000, tokens: source, clock }) };
    };
    const calls: [string, (api: DataverseClient) => Promise<unknown>][] = [
      ['a read', (api) => api.whoAmI()],
      ['batched reads', (api) => Promise.all([1, 2].map(() => api.batched.one('tasks', id, ['x'], z.unknown())))],
      ['a change set', (api) => api.changeSet(writes)],
      ['an action, which is never repeated', (api) => api.unboundAction('WinOpportunity', {})],
    ];

    test.each(calls)('%s: a sign-in that is not available', async (_name, call) => {
      await setUp(() => ({ status: 503, body: {} }));
      const { slept, api } = signedOut(`${server.url}/token`);
      await expect(call(api)).rejects.toMatchObject({ code: 'dataverse-unavailable', status: 503 });
      expect(server.seen.map(({ path }) => path)).toEqual(Array(maximumTries).fill('/token'));
      expect(slept).toEqual([250, 500, 1_000]);
      // The next call begins anew.
      await expect(call(api)).rejects.toMatchObject({ code: 'dataverse-unavailable' });
      expect(server.seen).toHaveLength(2 * maximumTries);
    });

    test.each(calls)('%s: a sign-in that cannot be reached', async (_name, call) => {
      await setUp(() => undefined);
      let connections = 0;
      const cutting = createServer((socket) => {
        connections += 1;
        socket.destroy();
      }).listen(0, '127.0.0.1');
      await once(cutting, 'listening');
      // listen() on a TCP port always gives an AddressInfo.
      const { port } = cutting.address() as AddressInfo;
      const { slept, api } = signedOut(`http://127.0.0.1:${port}/token`);
      await expect(call(api)).rejects.toThrow('The sign-in service could not be reached');
      cutting.close();
      expect([connections, slept]).toEqual([maximumTries, [250, 500, 1_000]]);
      expect(server.seen).toEqual([]);
    });

    test('a wait that it asks for is kept to; a long one by the job, not by the call', async () => {
      let seconds = 2;
      await setUp(() => ({ status: 429, headers: { 'retry-after': String(seconds) }, body: {} }));
      const { slept, api } = signedOut(`${server.url}/token`);
      await expect(api.whoAmI()).rejects.toMatchObject({ status: 429 });
      expect(slept).toEqual([2_000, 2_000, 2_000]);
      seconds = 90;
      await expect(api.whoAmI()).rejects.toMatchObject({ retryAfterMs: 90_000 });
      expect(server.seen).toHaveLength(maximumTries + 1);
    });

    test('Dataverse itself is tried as often as before, with one sign-in', async () => {
      await setUp(({ path }) =>
        path === '/token'
          ? { body: { access_token: 't', expires_in: 3_600 } }
          : { status: 503, body: { error: { code: '0x0', message: 'away' } } },
      );
      const { api } = signedOut(`${server.url}/token`);
      await expect(api.whoAmI()).rejects.toMatchObject({ code: 'dataverse-unavailable' });
      expect(server.seen.map(({ path }) => path === '/token')).toEqual([true, false, false, false, false]);
    });
  });

  test('R-1401 who could not be reached is named', async () => {
    await setUp(() => ({ body: {} }));
    const nobody = `http://localhost:${await freePort()}`;
    const given = { token: async () => 't', drop: () => undefined };
    const unreached = createDataverseClient({ url: nobody, timeoutMs: 5_000, tokens: given, clock: noWait });
    await expect(unreached.whoAmI()).rejects.toThrow('Dataverse could not be reached (ECONNREFUSED)');
    const source = createTokenSource({ ...config(), tokenUrl: `${nobody}/token` }, 5_000, Date.now, undefined, noWait);
    await expect(source.token()).rejects.toThrow('The sign-in service could not be reached (ECONNREFUSED)');
    const credentials = { kind: 'bearer', pat: 'pat-of-the-tests' } as const;
    const jira = createJiraHttp({ url: nobody, credentials, timeoutMs: 5_000, clock: noWait });
    const asked = jira.call({ method: 'GET', path: '/rest/api/2/myself', schema: z.unknown() });
    await expect(asked).rejects.toThrow('Jira could not be reached (ECONNREFUSED)');
    await jira.close();
  });
});
