import { z } from 'zod';
import { money } from '../../../domain/src/money/money';
import { DEFAULT_KEY_PATTERN, jiraKey } from '../../../domain/src/budget/jira-key';
import { parseKeyPattern } from '../../../domain/src/budget/key-pattern';
import { createComputedSource } from '../../../plugins-proxy/src/capabilities/budget/source/computed/computed-source';
import {
  noRecentIssues,
  type RecentIssue,
} from '../../../plugins-proxy/src/capabilities/budget/source/computed/recent-issues';
import { conversionBy } from '../../../plugins-proxy/src/capabilities/budget/source/convert-money';
import { KeyRefused, createProject } from '../../../plugins-proxy/src/clients/jira/create-project';
import { isNameTaken, searchProject } from '../../../plugins-proxy/src/clients/jira/find-project';
import { createJiraHttp } from '../../../plugins-proxy/src/clients/jira/jira-http';
import { path } from '../../../plugins-proxy/src/platform/http-client/path';
import { type JiraSite, readMyself } from '../../../plugins-proxy/src/clients/jira/jira-site';
import { cloudProfile, dataCenterProfile, type JiraProfile } from '../../../plugins-proxy/src/clients/jira/profile';
import { readWorklogs } from '../../../plugins-proxy/src/clients/jira/read-worklogs';
import { resolveFields } from '../../../plugins-proxy/src/clients/jira/resolve-fields';
import { type Answer, recordedServer, type RecordedServer, type Seen } from '../recorded-server';

const opportunity = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';
let server: RecordedServer;
let site: JiraSite;

async function setUp(
  answer: (request: Seen) => Answer | undefined,
  profile: JiraProfile = cloudProfile,
): Promise<void> {
  server = await recordedServer(answer);
  const credentials =
    profile === cloudProfile
      ? ({ kind: 'basic', email: 'a@company.com', apiToken: 'the-api-token' } as const)
      : ({ kind: 'bearer', pat: 'the-pat' } as const);
  const clock = { sleep: async () => undefined, random: () => 0 };
  site = { http: createJiraHttp({ url: server.url, credentials, timeoutMs: 5_000, clock }), profile, url: server.url };
  const { close } = server;
  const { http } = site;
  // A test may set up more than once; what is left open keeps the process from ending.
  stops.push(
    () => http.close(),
    () => close(),
  );
}

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

describe('calls to Jira', () => {
  test('sign in by Basic on Cloud and by bearer on Data Center', async () => {
    await setUp(() => ({ body: { accountId: 'u', displayName: 'Service' } }));
    await readMyself(site);
    expect(server.seen[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('a@company.com:the-api-token').toString('base64')}`,
    );
    expect(server.seen[0]?.path).toBe('/rest/api/3/myself');
    await setUp(() => ({ body: { name: 'svc', displayName: 'Service' } }), dataCenterProfile);
    await readMyself(site);
    expect(server.seen[0]?.headers.authorization).toBe('Bearer the-pat');
    expect(server.seen[0]?.path).toBe('/rest/api/2/myself');
  });

  test('an anonymous answer to /myself is a credential error', async () => {
    await setUp(() => ({ body: { displayName: 'Anonymous' } }));
    await expect(readMyself(site)).rejects.toMatchObject({ code: 'jira-credentials', errorClass: 'configuration' });
  });

  test('a read is repeated over a gateway’s HTML page, a create is not', async () => {
    let calls = 0;
    await setUp(() => ((calls += 1) < 3 ? { status: 502, body: '<html>Bad Gateway</html>' } : { body: {} }));
    await site.http.call({ method: 'GET', path: '/x', schema: z.unknown() });
    expect(calls).toBe(3);
    calls = 0;
    await expect(site.http.call({ method: 'POST', path: '/x', schema: z.unknown() })).rejects.toMatchObject({
      status: 502,
    });
    expect(calls).toBe(1);
  });

  test('a redirect is not followed (R-1212)', async () => {
    await setUp((request) =>
      request.path === '/x' ? { status: 302, headers: { location: '/elsewhere' } } : { body: {} },
    );
    await expect(site.http.call({ method: 'GET', path: '/x', schema: z.unknown() })).rejects.toMatchObject({
      status: 302,
    });
    expect(server.seen.map((request) => request.path)).toEqual(['/x']);
  });

  test('no secret stands in an error, and values in a path are escaped (R-1225)', async () => {
    await setUp(() => ({ status: 401, body: { message: 'Client must be authenticated' } }));
    const error: unknown = await readMyself(site).catch((thrown: unknown) => thrown);
    expect(JSON.stringify(error) + String(error)).not.toMatch(/the-api-token|YUBjb21/);
    expect(path`/issue/${'../../admin?x=1'}/worklog`).toBe('/issue/..%2F..%2Fadmin%3Fx%3D1/worklog');
  });
});

describe('paging', () => {
  const issue = (n: number) => ({ id: String(n), key: `A-${n}`, fields: {} });
  const collect = async () => {
    const keys: string[] = [];
    for await (const found of site.profile.search(site.http, 'project = 1', ['status'])) keys.push(found.key);
    return keys;
  };

  test('Cloud hands on a token and gives no total (R-606)', async () => {
    await setUp(({ path: called, query }) => {
      if (called !== '/rest/api/3/search/jql') return undefined;
      if (query.get('nextPageToken') === 't2') return { body: { issues: [issue(3)], isLast: true } };
      return { body: { issues: [issue(1), issue(2)], nextPageToken: 't2', isLast: false } };
    });
    expect(await collect()).toEqual(['A-1', 'A-2', 'A-3']);
    expect(server.seen).toHaveLength(2);
  });

  test('Data Center counts up to the total', async () => {
    await setUp(({ query }) => {
      const startAt = Number(query.get('startAt'));
      return { body: { issues: [issue(startAt + 1)], startAt, maxResults: 1, total: 3 } };
    }, dataCenterProfile);
    expect(await collect()).toEqual(['A-1', 'A-2', 'A-3']);
    expect(server.seen[0]?.path).toBe('/rest/api/2/search');
  });

  test('worklogs beyond the first page are read; those of a deleted issue are none', async () => {
    const worklog = (n: number) => ({ id: n, started: '2025-01-20T09:00:00.000+0000', timeSpentSeconds: 60 });
    await setUp(({ path: called, query }) => {
      if (!called.startsWith('/rest/api/3/issue/7/')) return undefined;
      const startAt = Number(query.get('startAt'));
      return {
        body: { startAt, maxResults: 2, total: 5, worklogs: [1, 2, 3, 4, 5].slice(startAt, startAt + 2).map(worklog) },
      };
    });
    expect((await readWorklogs(site, '7')).map((entry) => entry.id)).toEqual(['1', '2', '3', '4', '5']);
    expect(server.seen[0]?.query.get('expand')).toBe('properties');
    expect(await readWorklogs(site, '8')).toEqual([]);
  });
});

describe('the search for the project of an opportunity', () => {
  interface Project {
    readonly id: string;
    readonly name: string;
    readonly owner?: string;
  }
  const jiraWith =
    (projects: Record<string, Project>) =>
    (request: Seen): Answer | undefined => {
      const { path: called, query } = request;
      if (called === '/rest/api/3/projectvalidate/key') {
        const taken = (query.get('key') ?? '') in projects;
        return {
          body: {
            errorMessages: [],
            errors: taken ? { projectKey: 'A project with that project key already exists.' } : {},
          },
        };
      }
      const property = /^\/rest\/api\/3\/project\/(\w+)\/properties\/crmjira\.opportunity$/.exec(called);
      if (property) {
        const owner = Object.values(projects).find((project) => project.id === property[1])?.owner;
        if (owner === undefined) return undefined;
        return {
          body: { key: 'crmjira.opportunity', value: { opportunityId: owner, reference: 'R', organization: 'o' } },
        };
      }
      const key = /^\/rest\/api\/3\/project\/(\w+)$/.exec(called)?.[1] ?? '';
      const project = projects[key];
      return project === undefined ? undefined : { body: { id: project.id, key, name: project.name } };
    };
  const wanted = {
    opportunityId: opportunity,
    opportunityName: 'Digital Transformation Project - Acme Corp',
    keyPattern: parseKeyPattern(DEFAULT_KEY_PATTERN),
    earlierKey: null,
    announced: null,
    refusedKeys: new Set<string>(),
  };

  test('gives the first candidate when Jira is empty (E1.3)', async () => {
    await setUp(jiraWith({}));
    expect(await searchProject(site, wanted)).toEqual({ freeKey: 'CRMWYVLZZJ' });
  });

  test('goes to the next candidates past other people’s projects (E1-F4)', async () => {
    await setUp(jiraWith({ CRMWYVLZZJ: { id: '1', name: 'Theirs' }, CRMPSZRVOR: { id: '2', name: 'Theirs too' } }));
    expect(await searchProject(site, wanted)).toEqual({ freeKey: 'CRMDRQCVFF' });
  });

  test('passes over a key that Jira refused in this run (E1-F1)', async () => {
    await setUp(jiraWith({}));
    expect(await searchProject(site, { ...wanted, refusedKeys: new Set(['CRMWYVLZZJ']) })).toEqual({
      freeKey: 'CRMPSZRVOR',
    });
  });

  test('adopts a project that carries our opportunity’s id (R-405)', async () => {
    await setUp(jiraWith({ CRMWYVLZZJ: { id: '10150', name: 'Renamed', owner: opportunity.toUpperCase() } }));
    expect(await searchProject(site, wanted)).toMatchObject({ found: { project: { id: '10150' } } });
  });

  test('takes an unclaimed project of our name only under the key that was announced', async () => {
    const cutOff = { CRMWYVLZZJ: { id: '10150', name: wanted.opportunityName } };
    await setUp(jiraWith(cutOff));
    const announced = { key: 'CRMWYVLZZJ', reference: 'CRM-202501-A1B2C3D4' };
    expect(await searchProject(site, { ...wanted, announced })).toMatchObject({ found: { ownership: null } });
    expect(await searchProject(site, wanted)).toEqual({ freeKey: 'CRMPSZRVOR' });
  });

  test('R-404 gives keys of the pattern that the settings name', async () => {
    const keyPattern = parseKeyPattern('OPP[A-Z0-9]{4}');
    await setUp(jiraWith({ [jiraKey(opportunity, 0, keyPattern)]: { id: '1', name: 'Theirs' } }));
    expect(await searchProject(site, { ...wanted, keyPattern })).toEqual({
      freeKey: jiraKey(opportunity, 1, keyPattern),
    });
  });

  test('R-404 R-405 finds our project under its earlier key after the pattern has changed, and never takes that key anew', async () => {
    const keyPattern = parseKeyPattern('OPP[A-Z]{4}');
    const later = { ...wanted, keyPattern, earlierKey: 'CRMWYVLZZJ' };
    await setUp(jiraWith({ CRMWYVLZZJ: { id: '10150', name: 'Renamed', owner: opportunity } }));
    expect(await searchProject(site, later)).toMatchObject({ found: { project: { id: '10150' } } });
    await setUp(jiraWith({ CRMWYVLZZJ: { id: '10150', name: wanted.opportunityName } }));
    expect(await searchProject(site, later)).toEqual({ freeKey: jiraKey(opportunity, 0, keyPattern) });
  });

  test('ends after the last candidate', async () => {
    const all = Array.from(
      { length: 20 },
      (_, n) => [jiraKey(opportunity, n), { id: String(n), name: 'Theirs' }] as const,
    );
    await setUp(jiraWith(Object.fromEntries(all)));
    await expect(searchProject(site, wanted)).rejects.toMatchObject({ code: 'jira-key.exhausted' });
  });
});

describe('creating a project', () => {
  const action = {
    kind: 'jira.create-project',
    key: 'CRMWYVLZZJ',
    name: 'Digital Transformation Project - Acme Corp',
    description: 'Complete digital transformation',
    ownership: { opportunityId: opportunity, reference: 'CRM-202501-A1B2C3D4', organization: 'o' },
  } as const;
  const settings = { typeKey: 'software', templateKey: null, categoryId: null };
  const refuse = (field: string): Answer => ({
    status: 400,
    body: { errorMessages: [], errors: { [field]: 'Taken.' } },
  });
  const jira =
    (create: (name: string) => Answer) =>
    ({ method, path: called, body }: Seen): Answer | undefined => {
      if (called.endsWith('/myself')) return { body: { accountId: 'acc-1', name: 'svc', displayName: 'Service' } };
      if (method === 'POST') return create(z.object({ name: z.string() }).parse(JSON.parse(body)).name);
      return method === 'PUT' ? { status: 201 } : undefined;
    };

  test('sends the body of E1.3 for Cloud and claims the project', async () => {
    await setUp(jira(() => ({ status: 201, body: { id: 10150, key: action.key } })));
    await createProject(site, action, settings);
    const [, post, put] = server.seen;
    expect(JSON.parse(post?.body ?? '')).toEqual({
      key: 'CRMWYVLZZJ',
      name: action.name,
      description: action.description,
      projectTypeKey: 'software',
      projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic',
      leadAccountId: 'acc-1',
    });
    expect(put?.path).toBe('/rest/api/3/project/10150/properties/crmjira.opportunity');
    expect(JSON.parse(put?.body ?? '')).toEqual(action.ownership);
  });

  test('names the lead by user name on Data Center, with its own template', async () => {
    await setUp(
      jira(() => ({ status: 201, body: { id: 10150, key: action.key } })),
      dataCenterProfile,
    );
    await createProject(site, action, { ...settings, categoryId: '10000' });
    expect(JSON.parse(server.seen[1]?.body ?? '')).toMatchObject({
      lead: 'svc',
      projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-scrum-template',
      categoryId: 10000,
    });
  });

  test('appends the reference to a name that is taken (E1-F3)', async () => {
    await setUp(
      jira((name) => (name === action.name ? refuse('projectName') : { status: 201, body: { id: 1, key: 'K' } })),
    );
    await createProject(site, action, settings);
    const names = server.seen
      .filter((request) => request.method === 'POST')
      .map((request) => JSON.parse(request.body).name);
    expect(names).toEqual([action.name, `${action.name} (CRM-202501-A1B2C3D4)`]);
  });

  test('says that a key was refused, so that the next is tried (E1-F1)', async () => {
    await setUp(jira(() => refuse('projectKey')));
    await expect(createProject(site, action, settings)).rejects.toBeInstanceOf(KeyRefused);
  });

  test('any other refusal is shown with all of Jira’s words (E1-F1)', async () => {
    await setUp(
      jira(() => ({ status: 400, body: { errorMessages: ['No licence.'], errors: { projectTypeKey: 'Unknown.' } } })),
    );
    await expect(createProject(site, action, settings)).rejects.toThrow('No licence. projectTypeKey: Unknown.');
  });
});

describe('issues that the search index does not show rightly yet', () => {
  const worklog = { id: '1', started: '2025-01-20T09:00:00.000+0000', timeSpentSeconds: 3_600 };
  const request = {
    projectId: '10150',
    projectKey: 'CRMWYVLZZJ',
    currency: 'CAD',
    hourlyRate: money(12_500, 'CAD'),
    convert: conversionBy(new Map([['CAD', 1]])),
    // In the index, but without the time that was just logged.
    issues: [{ id: '7', key: 'A-7', fields: { timespent: null } }],
  };

  test('are read by their ids when an event has named them, if they are of this project', async () => {
    await setUp(({ path: called }) =>
      called.endsWith('/worklog')
        ? { body: { startAt: 0, maxResults: 1_000, total: 1, worklogs: [worklog] } }
        : undefined,
    );
    const read = (list: readonly RecentIssue[]) =>
      createComputedSource(site, { ...noRecentIssues.of('c'), list: async () => list }).read(request);
    expect((await read([]))?.hours).toBe(0);
    const named = [
      { id: '7', projectId: null },
      { id: '8', projectId: '10150' },
      { id: '9', projectId: '10999' },
      { id: '10', projectId: null },
    ];
    expect((await read(named))?.hours).toBe(2);
    expect(server.seen.map((request) => request.path)).toEqual(
      ['7', '8'].map((id) => `/rest/api/3/issue/${id}/worklog`),
    );
  });
});

test('a name is taken whatever its case', async () => {
  await setUp(() => ({
    body: {
      values: [
        { id: '1', name: 'ACME rollout' },
        { id: '2', name: 'Acme rollout 2' },
      ],
    },
  }));
  expect(await isNameTaken(site, 'Acme Rollout')).toBe(true);
  expect(await isNameTaken(site, 'Acme')).toBe(false);
});

describe('the custom fields', () => {
  const fields = ['CRM Opportunity ID', 'Customer Account ID', 'Budget Status', 'Approved Budget Amount'];

  test('are found by name, whatever their ids here (R-108)', async () => {
    await setUp(() => ({ body: fields.map((name, n) => ({ id: `customfield_2000${n}`, name })) }));
    expect(await resolveFields(site, {})).toEqual({
      opportunityId: 'customfield_20000',
      accountId: 'customfield_20001',
      budgetStatus: 'customfield_20002',
      approvedAmount: 'customfield_20003',
      epicName: null,
    });
  });

  test('that are missing are named', async () => {
    await setUp(() => ({ body: fields.slice(1).map((name, n) => ({ id: `customfield_2000${n}`, name })) }));
    await expect(resolveFields(site, {})).rejects.toThrow(/"CRM Opportunity ID"/);
  });
});
