import { gzipSync } from 'node:zlib';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { z } from 'zod';
import { money } from '../../../domain/src/money/money';
import { PlanOutdated } from '../../../plugins-proxy/src/platform/errors/plan-outdated';
import { createProject } from '../../../plugins-proxy/src/clients/jira/create-project';
import { createJiraHttp } from '../../../plugins-proxy/src/clients/jira/jira-http';
import type { JiraSite } from '../../../plugins-proxy/src/clients/jira/jira-site';
import {
  createMetadataCache,
  metadataKeepMs,
  withMetadata,
} from '../../../plugins-proxy/src/clients/jira/metadata-cache';
import { isEcho } from '../../../plugins-proxy/src/clients/jira/own-echo';
import { cloudProfile } from '../../../plugins-proxy/src/clients/jira/profile';
import { type FieldIds, memoizeFields } from '../../../plugins-proxy/src/clients/jira/resolve-fields';
import { createRootIssue } from '../../../plugins-proxy/src/clients/jira/root-issue';
import { jiraPayload } from '../../../plugins-proxy/src/clients/jira/wire/jira-payload';
import { endpointOf } from '../../../plugins-proxy/src/platform/http-client/rate-budget';
import { createBudgetModuleSource } from '../../../plugins-proxy/src/capabilities/budget/source/budget-module/budget-module-source';
import {
  opportunityResolvers,
  type ResolverParts,
} from '../../../plugins-proxy/src/capabilities/budget/reconcile/resolvers';
import { byKind, runJob } from '../../../plugins-proxy/src/reconciler/run-job';
import { Refusal } from '../../../plugins-proxy/src/platform/http-client/create-classifier';
import type { Claim } from '../../../plugins-proxy/src/queue/store/store';
import { fakeDataverse } from '../fake-dataverse';
import { type Answer, recordedServer, type RecordedServer, type Seen } from '../recorded-server';

const opportunityId = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';
const stops: (() => Promise<unknown>)[] = [];
let server: RecordedServer;
let site: JiraSite;
let now = Date.parse('2025-01-20T17:30:00Z');
/** Pauses that calls made, in milliseconds; each passes at once. */
let slept: number[] = [];
const clock = {
  sleep: async (ms: number) => {
    slept.push(ms);
    now += ms;
  },
  random: () => 0,
};

async function setUp(answer: (request: Seen) => Answer | undefined, over = {}): Promise<void> {
  server = await recordedServer(answer);
  const credentials = { kind: 'basic', email: 'a@company.com', apiToken: 'the-api-token' } as const;
  const http = createJiraHttp({ url: server.url, credentials, timeoutMs: 5_000, clock, now: () => now, ...over });
  site = { http, profile: cloudProfile, url: server.url, metadata: createMetadataCache(() => now) };
  stops.push(http.close, server.close);
}
const get = (path: string) => site.http.call({ method: 'GET', path, schema: z.unknown() });
const count = (method: string, path: string): number =>
  server.seen.filter((request) => request.method === method && request.path === path).length;

beforeEach(() => {
  slept = [];
  now = Date.parse('2025-01-20T17:30:00Z');
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

describe('limits of a host (R-908, R-909)', () => {
  test('no more requests are under way at one time than there are connections', async () => {
    let under = 0;
    let most = 0;
    const held: (() => void)[] = [];
    const slow = createServer((_request, response) => {
      under += 1;
      most = Math.max(most, under);
      const answer = (): void => {
        under -= 1;
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      };
      held.push(answer);
      // Answers when as many have come as may, so that one too many would be seen.
      if (held.length === 3) setImmediate(() => held.splice(0).forEach((each) => each()));
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    // listen() on a TCP port always gives an AddressInfo.
    const { port } = slow.address() as AddressInfo;
    const http = createJiraHttp({
      url: `http://127.0.0.1:${port}`,
      credentials: { kind: 'bearer', pat: 'p' },
      timeoutMs: 5_000,
      connections: 3,
    });
    stops.push(http.close, () => new Promise((resolve) => slow.close(resolve)));
    await Promise.all(Array.from({ length: 30 }, () => http.call({ method: 'GET', path: '/x', schema: z.unknown() })));
    expect(most).toBe(3);
  });

  test('gzip is asked for and unpacked', async () => {
    const packed = gzipSync(JSON.stringify({ accountId: 'u', displayName: 'Dénise' }));
    let accepted: string | undefined;
    const zipped = createServer((request, response) => {
      accepted = String(request.headers['accept-encoding']);
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(packed);
    });
    await new Promise<void>((resolve) => zipped.listen(0, '127.0.0.1', resolve));
    // As above.
    const { port } = zipped.address() as AddressInfo;
    const credentials = { kind: 'bearer', pat: 'p' } as const;
    const http = createJiraHttp({ url: `http://127.0.0.1:${port}`, credentials, timeoutMs: 5_000 });
    stops.push(http.close, () => new Promise((resolve) => zipped.close(resolve)));
    expect(await http.call({ method: 'GET', path: '/x', schema: z.unknown() })).toMatchObject({
      displayName: 'Dénise',
    });
    expect(accepted).toBe('gzip');
  });

  test('a 429 holds back every call until Retry-After is over, and no second one is provoked', async () => {
    let first = true;
    await setUp(() => {
      if (!first) return { body: {} };
      first = false;
      return { status: 429, headers: { 'retry-after': '3' }, body: {} };
    });
    await get('/rest/api/3/field');
    await get('/rest/api/3/myself');
    expect(slept).toEqual([3_000]);
    expect(server.seen).toHaveLength(3);
  });

  test('another call waits for what is left of a 429 before it leaves', async () => {
    await setUp(({ path }) =>
      path === '/refused' ? { status: 429, headers: { 'retry-after': '4' }, body: {} } : { body: {} },
    );
    const refused = site.http.call({ method: 'GET', path: '/refused', schema: z.unknown() }).catch(() => 'refused');
    await refused;
    slept = [];
    await get('/other');
    expect(slept).toEqual([4_000]);
  });

  test('a burst limit of Cloud is one endpoint’s, whatever the ids in its path', async () => {
    await setUp(({ path }) =>
      path === '/rest/api/3/issue/10001'
        ? { status: 429, headers: { 'retry-after': '60', 'ratelimit-reason': 'jira-burst-based' }, body: {} }
        : { body: {} },
    );
    await expect(get('/rest/api/3/issue/10001')).rejects.toMatchObject({ code: 'jira-rate-limit' });
    await get('/rest/api/3/field');
    expect(slept).toEqual([]);
    const seen = server.seen.length;
    // Longer than a worker sleeps: the job waits instead, and nothing is sent meanwhile.
    await expect(get('/rest/api/3/issue/20002')).rejects.toMatchObject({
      code: 'jira-rate-limit',
      errorClass: 'transient',
      retryAfterMs: 60_000,
    });
    expect(server.seen).toHaveLength(seen);
    now += 60_000;
    await get('/rest/api/3/issue/20002');
    expect(endpointOf('GET', '/rest/api/3/issue/CRMWYVLZZJ-1/worklog?startAt=0')).toBe(
      'GET /rest/api/3/issue/*/worklog',
    );
  });

  test('an empty bucket of Data Center is waited for before it refuses', async () => {
    const headers = {
      'x-ratelimit-limit': '10',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-fillrate': '5',
      'x-ratelimit-interval-seconds': '2',
    };
    await setUp(() => ({ headers, body: {} }));
    await get('/a');
    await get('/b');
    await get('/c');
    expect(slept).toEqual([400, 400]);
  });

  test('nothing left on Cloud spaces calls to that endpoint; something left does not', async () => {
    let remaining = '5';
    await setUp(() => ({
      headers: { 'x-ratelimit-remaining': remaining, 'x-ratelimit-reset': '2025-01-20T17:31Z' },
      body: {},
    }));
    await get('/a');
    await get('/a');
    expect(slept).toEqual([]);
    remaining = '0';
    await get('/a');
    await get('/a');
    expect(slept).toEqual([1_000]);
  });
});

describe('answers to nobody in particular', () => {
  test.each([
    [200, { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' }],
    [200, { 'x-ausername': 'anonymous' }],
    [404, { 'x-seraph-loginreason': 'AUTHENTICATION_DENIED' }],
  ])('%s with %j is a credential error, not data', async (status, headers) => {
    await setUp(() => ({ status, headers, body: { values: [] } }));
    await expect(site.http.find({ method: 'GET', path: '/x', schema: z.unknown() })).rejects.toMatchObject({
      code: 'jira-credentials',
      errorClass: 'configuration',
    });
    expect(server.seen).toHaveLength(1);
  });

  test('a failing server is still a failing server', async () => {
    await setUp(() => ({ status: 503, headers: { 'x-ausername': 'anonymous' }, body: {} }));
    await expect(get('/x')).rejects.toMatchObject({ code: 'jira-unavailable', errorClass: 'transient' });
  });
});

describe('creations whose answer is lost (R-908)', () => {
  const ownership = { opportunityId, reference: 'CRM-202501-A1B2C3D4', organization: 'o' };
  const action = { kind: 'jira.create-project', key: 'CRMA', name: 'Acme', description: '', ownership } as const;
  const settings = { typeKey: 'software', templateKey: null, categoryId: null };
  /** A Jira that answers the first creation by 502, after or before it was carried out. */
  const losing = (carriedOut: boolean) => {
    const projects: string[] = [];
    let lost = false;
    return {
      projects,
      answer: ({ method, path }: Seen): Answer | undefined => {
        if (path === '/rest/api/3/myself') return { body: { accountId: 'u', displayName: 'S' } };
        if (method === 'POST' && path === '/rest/api/3/project') {
          if (lost || carriedOut) projects.push('CRMA');
          if (lost) return { status: 201, body: { id: 1, key: 'CRMA' } };
          lost = true;
          return { status: 502, body: '<html>Bad Gateway</html>' };
        }
        if (method === 'GET' && path === '/rest/api/3/project/CRMA' && projects.length > 0)
          return { body: { id: '1', key: 'CRMA', name: 'Acme' } };
        if (method === 'PUT') return { body: {} };
        return undefined;
      },
    };
  };

  test('a project that was made is taken, one that was not is made', async () => {
    for (const carriedOut of [true, false]) {
      const jira = losing(carriedOut);
      await setUp(jira.answer);
      await createProject(site, action, settings);
      expect(jira.projects).toEqual(['CRMA']);
      expect(count('POST', '/rest/api/3/project')).toBe(carriedOut ? 1 : 2);
      expect(count('PUT', '/rest/api/3/project/1/properties/crmjira.opportunity')).toBe(1);
    }
  });

  const ids: FieldIds = {
    opportunityId: 'customfield_1',
    accountId: 'customfield_2',
    budgetStatus: 'customfield_3',
    approvedAmount: 'customfield_4',
    epicName: null,
  };
  const rootIssue = {
    projectId: '1',
    summary: 'Acme',
    fields: { opportunityId, accountId: 'c', budgetStatus: 'Draft', approvedAmount: 1 },
  };
  const rootIssueJira = (first: Answer | undefined) => {
    let posts = 0;
    return ({ method, path }: Seen): Answer | undefined => {
      if (path === '/rest/api/3/project/1') return { body: { key: 'CRMA', issueTypes: [{ id: '9', name: 'Epic' }] } };
      if (method === 'POST')
        return (posts += 1) === 1 ? { status: 504, body: '<html/>' } : { body: { id: 2, key: 'CRMA-1' } };
      if (path === '/rest/api/3/issue/CRMA-1') return first;
      if (method === 'PUT') return { body: {} };
      return undefined;
    };
  };

  test('the root issue of a new project is looked for by key, which needs no index', async () => {
    const made = { body: { id: '2', key: 'CRMA-1', fields: { customfield_1: opportunityId } } };
    await setUp(rootIssueJira(made));
    await createRootIssue(site, rootIssue, ids);
    expect(count('POST', '/rest/api/3/issue')).toBe(1);
    await setUp(rootIssueJira(undefined));
    await createRootIssue(site, rootIssue, ids);
    expect(count('POST', '/rest/api/3/issue')).toBe(2);
  });

  test('where only a lagging index could tell, nothing is sent again', async () => {
    await setUp(rootIssueJira({ body: { id: '2', key: 'CRMA-1', fields: { customfield_1: null } } }));
    await expect(createRootIssue(site, rootIssue, ids)).rejects.toMatchObject({ status: 504, errorClass: 'transient' });
    expect(count('POST', '/rest/api/3/issue')).toBe(1);
  });

  test('a budget of the budget module is not made twice', async () => {
    let posts = 0;
    await setUp(({ method }) => {
      if (method === 'POST') return (posts += 1) > 0 ? { status: 500, body: {} } : undefined;
      return { body: posts > 0 ? [{ id: 'BUD-1', projectKey: 'CRMA', amount: 5, currency: 'CAD' }] : [] };
    });
    await createBudgetModuleSource(site).create({
      kind: 'budget.create',
      projectId: '1',
      projectKey: 'CRMA',
      name: 'Budget',
      amount: money(500, 'CAD'),
      from: '2025-01-15',
      to: '2026-01-15',
    });
    expect(posts).toBe(1);
  });

  test('a write whose fate nobody can look up is not repeated', async () => {
    await setUp(() => ({ status: 502, body: '<html/>' }));
    const call = { method: 'POST', path: '/x', schema: z.unknown() } as const;
    await expect(site.http.call(call)).rejects.toMatchObject({ status: 502 });
    expect(server.seen).toHaveLength(1);
  });
});

describe('metadata (R-909)', () => {
  const names = ['CRM Opportunity ID', 'Customer Account ID', 'Budget Status', 'Approved Budget Amount'];
  const answer = () => ({ body: names.map((name, n) => ({ id: `customfield_${n}`, name })) });

  test('fields are read once in four hours', async () => {
    await setUp(answer);
    const fields = memoizeFields(site);
    await Promise.all([fields({}), fields({}), fields({})]);
    expect(server.seen).toHaveLength(1);
    now += metadataKeepMs - 1;
    await fields({});
    expect(server.seen).toHaveLength(1);
    now += 1;
    expect(await fields({ opportunityId: 'customfield_7' })).toMatchObject({ opportunityId: 'customfield_7' });
    expect(server.seen).toHaveLength(2);
  });

  test('missing fields are asked for again, so that creating them is enough', async () => {
    let complete = false;
    await setUp(() => (complete ? answer() : { body: [] }));
    const fields = memoizeFields(site);
    await expect(fields({})).rejects.toMatchObject({ code: 'jira-fields-missing' });
    complete = true;
    expect(await fields({})).toMatchObject({ opportunityId: 'customfield_0' });
  });

  test('R-909 is taken for true for as long as the settings say, from the next look on', async () => {
    let keepMs = 7_200_000;
    const cache = createMetadataCache(
      () => now,
      () => keepMs,
    );
    await cache.get('fields', async () => 'old');
    now += 7_199_999;
    expect(cache.peek('fields')).toBe('old');
    keepMs = 3_600_000;
    expect(cache.peek('fields')).toBeNull();
    expect(await cache.get('fields', async () => 'new')).toBe('new');
  });

  test('R-909 an event of a project makes its issue types be asked for again, and no others', async () => {
    const cache = createMetadataCache(() => now);
    cache.set('issue-types:10150', 'old');
    cache.set('issue-types:10151', 'old');
    // Only what resolving a project's events looks at.
    const parts = {
      dataverse: fakeDataverse(),
      jira: { of: async () => ({ id: '33333333-0000-4000-8000-000000000003', site: { metadata: cache } }) },
      now: () => new Date(now),
      countDeliveries: async () => 1,
    } as unknown as ResolverParts;
    const store = { enqueue: async () => undefined, deliveryOf: async () => null };
    const logger = pino({ level: 'silent' });
    const handlers = byKind(opportunityResolvers(parts));
    const claim = { key: 'jira-project:10150', correlationId: 'trace', waitingSince: now, attempts: 0 } as Claim;
    const job = runJob({ store, handlers, logger, now: () => new Date(now), random: () => 0 }, claim);
    expect(await job).toEqual({ done: true });
    expect([cache.peek('issue-types:10150'), cache.peek('issue-types:10151')]).toEqual([null, 'old']);
  });

  test('a failure is not remembered', async () => {
    const cache = createMetadataCache(() => now);
    await expect(cache.get('fields', async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await cache.get('fields', async () => 1)).toBe(1);
  });

  test('a refusal after a while makes it read anew, once; fresh metadata is not to blame', async () => {
    const cache = createMetadataCache(() => now);
    const refused = (status: number) => async () =>
      Promise.reject(new Refusal('Field is gone.', 'jira-refused', status, {}));
    await cache.get('fields', async () => 'old');
    await expect(withMetadata(cache, refused(400))).rejects.toBeInstanceOf(Refusal);
    now += 3_600_000;
    await expect(withMetadata(cache, refused(409))).rejects.toBeInstanceOf(Refusal);
    expect(cache.peek('fields')).toBe('old');
    await expect(withMetadata(cache, refused(400))).rejects.toBeInstanceOf(PlanOutdated);
    expect(cache.peek('fields')).toBeNull();
    await cache.get('fields', async () => 'new');
    await expect(withMetadata(cache, refused(404))).rejects.toBeInstanceOf(Refusal);
  });
});

describe('our own echo', () => {
  const ids: FieldIds = {
    opportunityId: 'customfield_10100',
    accountId: 'customfield_10101',
    budgetStatus: 'customfield_10102',
    approvedAmount: 'customfield_10103',
    epicName: 'customfield_10104',
  };
  const myself = { accountId: 'us', displayName: 'Service' };
  const update = (
    over: Record<string, unknown> = {},
    items: unknown = [{ field: 'Budget Status', fieldId: 'customfield_10102' }],
  ) =>
    jiraPayload.parse({
      webhookEvent: 'jira:issue_updated',
      user: { accountId: 'us' },
      issue: { id: '1' },
      changelog: { items },
      ...over,
    });

  test('an update of nothing but our fields by our account brings nothing new', () => {
    expect(isEcho(update(), myself, ids)).toBe(true);
  });

  test.each([
    ['by somebody else', update({ user: { accountId: 'them' } })],
    ['by nobody in particular', update({ user: undefined })],
    ['by an account in another form', update({ user: 'us' })],
    [
      'of another field as well',
      update({}, [
        { field: 'x', fieldId: 'customfield_10102' },
        { field: 'y', fieldId: 'summary' },
      ]),
    ],
    ['of the Epic’s name', update({}, [{ field: 'Epic Name', fieldId: 'customfield_10104' }])],
    ['without ids of fields', update({}, [{ field: 'Budget Status' }])],
    ['of nothing that is named', update({}, [])],
    ['that is a creation', update({ webhookEvent: 'jira:issue_created' })],
  ])('a change %s is worked on', (_what, payload) => {
    expect(isEcho(payload, myself, ids)).toBe(false);
  });

  test('Data Center knows people by name', () => {
    const payload = update({ user: { name: 'svc' } });
    expect(isEcho(payload, { name: 'svc', displayName: 'Service' }, ids)).toBe(true);
    expect(isEcho(payload, myself, ids)).toBe(false);
  });
});
