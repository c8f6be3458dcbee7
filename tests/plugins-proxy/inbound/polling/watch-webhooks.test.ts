import { remedyOf } from '@crmjira/domain';
import { SERVICE_ACCOUNT } from '../../../../sandbox/src/jira';
import { createLogger } from '../../../../plugins-proxy/src/platform/log/create-logger';
import { judgeArrivals, mustBeTold } from '../../../../plugins-proxy/src/inbound/polling/untold-changes';
import { watchWebhooks } from '../../../../plugins-proxy/src/inbound/polling/watch-webhooks';
import { openSqliteStore } from '../../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import type { Store } from '../../../../plugins-proxy/src/queue/store/store';
import { call } from '../../../sandbox/jira/call-jira';
import { fakeDataverse } from '../../fake-dataverse';
import { apiToken, type JiraStandIn, jiraStandIn } from '../../jira-stand-in';
import { keepLines } from '../../log-lines';
import { firstConnection } from '../../site-keys';

const headers = {
  authorization: `Basic ${Buffer.from(`${SERVICE_ACCOUNT.email}:${apiToken}`).toString('base64')}`,
};
const minute = 60_000;
const start = Date.parse('2025-01-20T17:30:00Z');

describe('changes that webhooks have to tell of (F-502)', () => {
  const span = { from: 100, until: 200 };
  test.each([
    ['a new issue', { created: 150, changes: [] }, true],
    ['a new status', { created: 0, changes: [{ at: 100, fields: ['status'] }] }, true],
    ['logged work', { created: 0, changes: [{ at: 200, fields: ['timespent', 'WorklogId'] }] }, true],
    ['a link, which has events of its own', { created: 0, changes: [{ at: 150, fields: ['Link'] }] }, false],
    ['a comment, which leaves no change', { created: 0, changes: [] }, false],
    ['what happened before', { created: 0, changes: [{ at: 99, fields: ['status'] }] }, false],
  ] as const)('%s', (_what, issue, told) => {
    expect(mustBeTold(issue, span)).toBe(told);
  });

  test('a delivery tells by the issue or its project, by id or key', () => {
    const issue = { id: '7', key: 'CRM-1', projectId: '9', projectKey: 'CRM' };
    for (const key of ['jira-issue:c/7', 'jira-issue:c/CRM-1', 'jira-project:c/9', 'jira-project-key:c/CRM'])
      expect(judgeArrivals([issue], new Set([key]), 'c')).toEqual({ told: [issue], untold: [] });
    // Another site's issue may have the same id.
    for (const key of ['jira-issue:c/8', 'jira-issue:d/7'])
      expect(judgeArrivals([issue], new Set([key]), 'c')).toEqual({ told: [], untold: [issue] });
  });
});

describe.each(['cloud', 'dc'] as const)('whether webhooks arrive (F-502, %s)', (deployment) => {
  let now: number;
  let standIn: JiraStandIn;
  let store: Store;
  let projectId: string;
  const lines = keepLines();

  beforeEach(async () => {
    now = start;
    standIn = await jiraStandIn(deployment, false, { clock: () => new Date(now) });
    store = openSqliteStore(':memory:');
    projectId = await project('CRMWYVLZZJ');
  });
  afterEach(async () => {
    await store.close();
    await standIn.close();
  });
  async function project(key: string): Promise<string> {
    const leadAccountId = (await call(standIn.jira, 'GET', '/rest/api/3/myself', undefined, headers)).body.accountId;
    const body = { key, name: key, projectTypeKey: 'software', leadAccountId };
    return String((await call(standIn.jira, 'POST', '/rest/api/3/project', body, headers)).body.id);
  }
  async function issue(projectKey = 'CRMWYVLZZJ'): Promise<{ readonly id: string; readonly key: string }> {
    const fields = { project: { key: projectKey }, issuetype: { name: 'Task' }, summary: 'Work' };
    return (await call(standIn.jira, 'POST', '/rest/api/2/issue', { fields }, headers)).body;
  }
  const dataverse = () => {
    const fake = fakeDataverse();
    const mapping = {
      crmjira_budget_mappingid: '5a8d2c1e-0000-4000-8000-0000000000aa',
      _crmjira_opportunity_id_value: '5a8d2c1e-0000-4000-8000-0000000000bb',
      crmjira_jira_project_id: projectId,
    };
    return {
      ...fake,
      many: async (_set: string, _query: unknown, schema: { parse(row: unknown): never }) => [schema.parse(mapping)],
    };
  };
  const look = (startedAt = start) =>
    watchWebhooks({
      site: standIn.site,
      dataverse: dataverse() as never,
      store,
      logger: createLogger('silent', [], lines.stream),
      now: () => new Date(now),
      startedAt: new Date(startedAt),
      wake: () => undefined,
      connectionId: firstConnection,
    });
  const tell = (keys: readonly string[]) =>
    store.receive({
      id: `delivery-${now}`,
      source: 'jira',
      event: 'jira:issue_created',
      keys,
      ignoredBecause: null,
      bodyHash: '0',
      correlationId: 'c',
      receivedAt: now,
    });
  const queued = async () => (await store.claim(now, minute))?.key ?? null;

  test('a change that nobody told of within five minutes says that they do not, and is made up for', async () => {
    const { key } = await issue();
    now += 4 * minute;
    expect(await look()).toBeNull();
    now += 5 * minute;
    expect(await look()).toEqual({
      ok: false,
      code: 'webhooks-silent',
      says: `Webhooks do not arrive: ${key} changed in Jira, and no event told of it.`,
      remedy: remedyOf('webhooks-silent', undefined),
    });
    expect(await queued()).toBe(`jira-project:${firstConnection}/${projectId}`);
    now += 5 * minute;
    expect(await look()).toBeNull();
  });

  test('a change that a delivery told of says that they do', async () => {
    const { id } = await issue();
    await tell([`jira-issue:${firstConnection}/${id}`]);
    await issue();
    now += 7 * minute;
    expect(await look()).toEqual({ ok: true });
  });

  test('projects that are not linked, comments, and what happened before the service ran say nothing', async () => {
    await project('OTHER');
    await issue('OTHER');
    const { key } = await issue();
    now += 7 * minute;
    // Before the start: enqueued all the same.
    expect(await look(now)).toBeNull();
    expect(await queued()).toBe(`jira-project:${firstConnection}/${projectId}`);
    await call(standIn.jira, 'POST', `/rest/api/2/issue/${key}/comment`, { body: 'Hello' }, headers);
    now += 7 * minute;
    expect(await look()).toBeNull();
  });
});
