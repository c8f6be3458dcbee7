import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Jira, JiraOptions } from '../../../sandbox/src/jira';
import { addWorklog } from '../../../sandbox/src/jira/operations/worklogs';
import { call, logWork, makeIssue, makeProject } from './call-jira';
import { app, buildJira, dataCenter, startListener } from './start-jira';

const SECRET = 'webhook-secret-for-tests';
let jira: Jira;
let listener: Awaited<ReturnType<typeof startListener>>;

async function start(answer?: (index: number) => number, options: Partial<JiraOptions> = {}) {
  listener = await startListener(answer);
  jira = await buildJira({ retryDelays: [5, 5, 5, 5, 5], ...options });
}

afterEach(async () => {
  await jira.close();
  await listener.close();
});

const register = (more: Record<string, unknown> = {}, headers?: Record<string, string>) =>
  call(
    jira,
    'POST',
    '/rest/webhooks/1.0/webhook',
    { name: 'PowerPlatform_Integration', url: listener.url, events: ['worklog_created'], secret: SECRET, ...more },
    headers,
  );

const bodies = () => listener.received.map(({ body }) => JSON.parse(body));

test('a worklog is told with its issue id alone, signed over the raw body (R-502, R-510)', async () => {
  await start();
  expect((await register()).status).toBe(201);
  await makeProject(jira);
  const issue = await makeIssue(jira, {});
  await logWork(jira, issue.key, 3600, { comment: 'é' });
  await listener.count(1);
  const [{ headers, body }] = listener.received as [(typeof listener.received)[number]];
  expect(headers['x-hub-signature']).toBe(`sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`);
  expect(headers['x-atlassian-webhook-identifier']).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers['x-atlassian-webhook-flow']).toBe('Primary');
  expect(headers).not.toHaveProperty('x-atlassian-webhook-retry');
  const { worklog, ...rest } = JSON.parse(body);
  expect(rest).toEqual({ timestamp: Date.parse('2025-01-20T17:30:00.000Z'), webhookEvent: 'worklog_created' });
  expect(worklog).toMatchObject({ issueId: issue.id, timeSpentSeconds: 3600, comment: 'é' });
  expect(worklog).not.toHaveProperty('issueKey');
});

test('a refused delivery comes again with the same body and identifier, five times at most', async () => {
  await start(() => 503);
  await register();
  await makeProject(jira);
  await logWork(jira, (await makeIssue(jira, {})).key, 3600);
  await listener.count(6);
  await jira.deliveriesSettled();
  expect(new Set(listener.received.map(({ headers }) => headers['x-atlassian-webhook-identifier'])).size).toBe(1);
  expect(new Set(listener.received.map(({ body }) => body)).size).toBe(1);
  expect(listener.received.map(({ headers }) => headers['x-atlassian-webhook-retry'])).toEqual([
    undefined,
    '1',
    '2',
    '3',
    '4',
    '5',
  ]);
  const log = (await call(jira, 'GET', '/sandbox/deliveries?state=failed')).body;
  expect(log).toMatchObject({ total: 1, deliveries: [{ signed: true, attempts: { length: 6 } }] });
  expect(JSON.stringify(log)).not.toContain(SECRET);
});

test.each([400, 401, 404, 413])(
  'an answer of %i loses the event: only 408, 409, 425, 429 and 5xx are tried again',
  async (status) => {
    await start(() => status);
    await register();
    await makeProject(jira);
    await logWork(jira, (await makeIssue(jira, {})).key, 3600);
    await listener.count(1);
    await jira.deliveriesSettled();
    expect(listener.received).toHaveLength(1);
    expect((await call(jira, 'GET', '/sandbox/deliveries')).body.deliveries[0].state).toBe('failed');
  },
);

test('an undelivered event survives a restart and keeps its identifier', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jira-'));
  const stateFile = join(folder, 'jira.sqlite');
  try {
    await start((index) => (index === 0 ? 503 : 204), { stateFile, retryDelays: [60_000] });
    await register();
    await makeProject(jira);
    await logWork(jira, (await makeIssue(jira, {})).key, 3600);
    await listener.count(1);
    await jira.deliveriesSettled();
    const [waiting] = jira.site.deliveries.all();
    if (!waiting) throw new Error('the refused delivery is not waiting');
    // due at once, as after a minute's pause
    jira.site.deliveries.put({ ...waiting, nextAttemptOn: new Date(0).toISOString() });
    await jira.close();
    jira = await buildJira({ stateFile });
    await listener.count(2);
    const [first, second] = listener.received;
    expect(second?.headers['x-atlassian-webhook-identifier']).toBe(first?.headers['x-atlassian-webhook-identifier']);
    expect(second?.body).toBe(first?.body);
    expect(jira.site.projects.size).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a JQL filter holds for issues and worklogs, not for projects', async () => {
  await start();
  await makeProject(jira, 'ALPHA', 'Alpha');
  await makeProject(jira, 'BETA', 'Beta');
  await register({
    events: ['worklog_created', 'project_updated'],
    filters: { 'issue-related-events-section': 'project = ALPHA' },
  });
  await logWork(jira, (await makeIssue(jira, {}, 'BETA')).key, 3600);
  await logWork(jira, (await makeIssue(jira, {}, 'ALPHA')).key, 7200);
  await call(jira, 'PUT', '/rest/api/3/project/BETA', { description: 'new' });
  await listener.count(2);
  await jira.deliveriesSettled();
  const told = bodies();
  expect(told.map((body) => body.webhookEvent).sort()).toEqual(['project_updated', 'worklog_created']);
  expect(told.find((body) => body.worklog).worklog.timeSpentSeconds).toBe(7200);
});

test('issue events carry the change; comment, version and project events what they are about', async () => {
  await start();
  const events = [
    'jira:issue_created',
    'jira:issue_updated',
    'jira:issue_deleted',
    'comment_created',
    'jira:version_released',
    'project_created',
    'project_archived',
  ];
  await register({ events });
  const id = await makeProject(jira);
  const { key } = await makeIssue(jira, {});
  await call(jira, 'PUT', `/rest/api/2/issue/${key}`, { fields: { summary: 'Other' } });
  await call(jira, 'POST', `/rest/api/2/issue/${key}/comment`, { body: 'Hello' });
  const version = (await call(jira, 'POST', '/rest/api/3/version', { name: 'One', projectId: Number(id) })).body;
  await call(jira, 'PUT', `/rest/api/3/version/${version.id}`, { released: true });
  await call(jira, 'DELETE', `/rest/api/2/issue/${key}`);
  await call(jira, 'POST', `/rest/api/3/project/${id}/archive`);
  await listener.count(7);
  const by = Object.fromEntries(bodies().map((body) => [body.webhookEvent, body]));
  expect(Object.keys(by).sort()).toEqual([...events].sort());
  expect(by['jira:issue_updated'].changelog.items[0]).toMatchObject({
    field: 'summary',
    fromString: 'Work',
    toString: 'Other',
  });
  expect(by['jira:issue_deleted'].issue.fields.project.key).toBe('CRMWYVLZZJ');
  expect(by['comment_created']).toMatchObject({ comment: { body: 'Hello' }, issue: { key } });
  expect(by['project_created'].project).toMatchObject({
    id: 10150,
    key: 'CRMWYVLZZJ',
    assigneeType: 'admin.assignee.type.unassigned',
  });
  expect(by['jira:version_released'].version).toMatchObject({ name: 'One', released: true });
});

test('an address outside this machine, an unknown event and a broken filter are refused', async () => {
  await start();
  expect((await register({ url: 'https://example.com/hook' })).status).toBe(400);
  expect((await register({ url: 'http://127.0.0.1.example.com/hook' })).status).toBe(400);
  expect((await register({ events: ['budget_eaten'] })).status).toBe(400);
  expect(
    (await register({ filters: { 'issue-related-events-section': 'colour = red' } })).body.errorMessages[0],
  ).toContain("'colour'");
  expect(
    (
      await register(
        {},
        { authorization: `Basic ${Buffer.from('john.developer@company.com:john-token').toString('base64')}` },
      )
    ).status,
  ).toBe(403);
});

const classic = '/rest/webhooks/1.0/webhook';
const moved = '/rest/jira-webhook/1.0/webhooks';
const issueFilter = (jql: string) => ({ 'issue-related-events-section': jql });

test('Cloud keeps its webhooks at the old address; the secret is never read back (F-401)', async () => {
  await start();
  const url = new URL((await register()).body.self).pathname;
  const read = await call(jira, 'GET', url);
  expect(read.body).toMatchObject({ name: 'PowerPlatform_Integration', isSigned: true, enabled: true });
  expect(read.text).not.toContain(SECRET);
  expect((await call(jira, 'PUT', url, { enabled: false })).body).toMatchObject({ enabled: false, isSigned: true });
  expect((await call(jira, 'GET', moved)).status).toBe(404);
  expect((await call(jira, 'DELETE', url)).status).toBe(204);
  expect((await call(jira, 'GET', classic)).body).toEqual([]);
});

// https://developer.atlassian.com/server/jira/platform/webhooks/
test('Data Center 10 has them elsewhere, with a map of settings, and ignores the old form (F-401)', async () => {
  await start();
  const names = { name: 'PowerPlatform_Integration', url: listener.url, events: ['worklog_created'] };
  for (const method of ['GET', 'POST'] as const)
    expect((await call(jira, method, classic, method === 'GET' ? undefined : names, dataCenter)).status).toBe(404);
  const oldForm = { ...names, secret: SECRET, filters: issueFilter('project = ALPHA'), enabled: false };
  const { body: first } = await call(jira, 'POST', moved, oldForm, dataCenter);
  expect(first).toMatchObject({ id: expect.any(Number), active: true, scopeType: 'global' });
  const row = () => jira.site.webhooks.get(String(first.id));
  expect(row()).toMatchObject({ secret: null, jql: '', enabled: true });

  await makeProject(jira, 'ALPHA', 'Alpha');
  const url = `${moved}/${first.id}`;
  const configuration = { SECRET, FILTERS: JSON.stringify(issueFilter('project = ALPHA')), EXCLUDE_BODY: 'false' };
  const changed = await call(jira, 'PUT', url, { ...names, active: true, configuration }, dataCenter);
  expect(changed.body.configuration.FILTERS).toBe(configuration.FILTERS);
  expect(changed.text).not.toContain(SECRET);
  expect(row()).toMatchObject({ secret: SECRET, jql: 'project = ALPHA' });
  const wrong = { ...configuration, FILTERS: '{' };
  expect((await call(jira, 'PUT', url, { configuration: wrong }, dataCenter)).status).toBe(400);
  await logWork(jira, (await makeIssue(jira, {}, 'ALPHA')).key, 3600);
  await listener.count(1);
  expect(listener.received[0]?.headers['x-hub-signature']).toMatch(/^sha256=/);
  expect((await call(jira, 'DELETE', url, undefined, dataCenter)).status).toBe(204);
});

test('Data Center before 10 has the old address and signs nothing (F-401)', async () => {
  await start(undefined, { dataCenterVersion: '9.12.4' });
  expect((await call(jira, 'GET', '/rest/api/2/serverInfo', undefined, dataCenter)).body.versionNumbers).toEqual([
    9, 12, 4,
  ]);
  expect((await call(jira, 'GET', moved, undefined, dataCenter)).status).toBe(404);
  const { body } = await register({}, dataCenter);
  expect(body).not.toHaveProperty('isSigned');
  expect(jira.site.webhooks.all()).toMatchObject([{ secret: null }]);
});

test('dynamic webhooks live thirty days, say what is wrong with each, and carry their ids', async () => {
  await start();
  await makeProject(jira);
  // An administrator's credentials speak for no app (F-405); refused before anything is read.
  expect((await call(jira, 'POST', '/rest/api/3/webhook', {})).status).toBe(403);
  const webhooks = [
    { events: ['jira:issue_created'], jqlFilter: 'project = CRMWYVLZZJ' },
    { events: ['jira:issue_created'], jqlFilter: 'colour = red' },
  ];
  const { webhookRegistrationResult: result } = (
    await call(jira, 'POST', '/rest/api/3/webhook', { url: listener.url, webhooks }, app)
  ).body;
  expect(result).toEqual([{ createdWebhookId: 1 }, { errors: [expect.stringContaining("'colour'")] }]);
  await makeIssue(jira, {});
  await listener.count(1);
  expect(bodies()[0].matchedWebhookIds).toEqual([1]);
  expect(listener.received[0]?.headers).not.toHaveProperty('x-hub-signature');
  const page = (await call(jira, 'GET', '/rest/api/3/webhook', undefined, app)).body;
  expect(page).toMatchObject({
    total: 1,
    isLast: true,
    values: [{ id: 1, expirationDate: Date.parse('2025-02-19T17:30:00Z') }],
  });
  expect((await call(jira, 'PUT', '/rest/api/3/webhook/refresh', { webhookIds: [1] }, app)).body).toHaveProperty(
    'expirationDate',
  );
  expect((await call(jira, 'DELETE', '/rest/api/3/webhook', { webhookIds: [1] }, app)).status).toBe(202);
});

test('fault switches double, drop and reorder deliveries', async () => {
  await start();
  await register();
  await makeProject(jira);
  const { key } = await makeIssue(jira, {});
  await call(jira, 'PUT', '/sandbox/faults', { deliveries: { duplicate: true } });
  await logWork(jira, key, 3600);
  await listener.count(2);
  expect(listener.received[0]?.headers['x-atlassian-webhook-identifier']).toBe(
    listener.received[1]?.headers['x-atlassian-webhook-identifier'],
  );
  await call(jira, 'PUT', '/sandbox/faults', { deliveries: { drop: true } });
  await logWork(jira, key, 3600);
  await jira.deliveriesSettled();
  expect((await call(jira, 'GET', '/sandbox/deliveries?state=dropped')).body.total).toBe(1);
  await call(jira, 'PUT', '/sandbox/faults', { deliveries: { reorder: true } });
  const { site } = jira;
  const [issue, actor] = [site.findIssue(key), site.users.all()[0]];
  if (!issue || !actor) throw new Error(`nobody logs work on ${key}`);
  // In one turn: calls of their own may be further apart than what is shuffled together.
  for (const timeSpentSeconds of [60, 120])
    addWorklog({ site, edition: 'cloud', version: 2 }, actor, issue, {
      timeSpentSeconds,
      started: '2025-01-20T09:00:00.000+0000',
    });
  await listener.count(4);
  expect(
    bodies()
      .slice(2)
      .map((body) => body.worklog.timeSpentSeconds),
  ).toEqual([120, 60]);
});
