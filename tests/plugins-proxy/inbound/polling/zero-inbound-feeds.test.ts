import type { Jira } from '../../../../sandbox/src/jira';
import { createJira, SERVICE_ACCOUNT } from '../../../../sandbox/src/jira';
import { createJiraHttp } from '../../../../plugins-proxy/src/clients/jira/jira-http';
import { cloudProfile, dataCenterProfile } from '../../../../plugins-proxy/src/clients/jira/profile';
import { createLogger } from '../../../../plugins-proxy/src/platform/log/create-logger';
import { minutesBack } from '../../../../plugins-proxy/src/clients/jira/minutes-back';
import { pollIssues } from '../../../../plugins-proxy/src/inbound/polling/poll-issues';
import type { JiraPollContext } from '../../../../plugins-proxy/src/inbound/polling/jira-poll-context';
import { pollProjects, projectsInTurn } from '../../../../plugins-proxy/src/inbound/polling/poll-projects';
import { pollWorklogs, WorklogIssues } from '../../../../plugins-proxy/src/inbound/polling/poll-worklogs';
import { openSqliteStore } from '../../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import type { Store } from '../../../../plugins-proxy/src/queue/store/store';
import { call, logWork, makeIssue, makeProject } from '../../../sandbox/jira/call-jira';
import { fakeDataverse } from '../../fake-dataverse';
import { keepLines } from '../../log-lines';
import { freePort } from '../../../free-port';
import { defaultTriggers } from '../../default-triggers';

const minute = 60_000;
let now = Date.parse('2025-01-20T17:30:00Z');
let jira: Jira;
let store: Store;
let context: JiraPollContext;
let known: WorklogIssues;

describe.each(['cloud', 'dc'] as const)('polling Jira without inbound (%s)', (deployment) => {
  beforeEach(async () => {
    now = Date.parse('2025-01-20T17:30:00Z');
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const credentials = [{ email: SERVICE_ACCOUNT.email, apiToken: 'token-for-tests', pat: 'pat-for-tests' }];
    jira = await createJira({
      stateFile: ':memory:',
      publicUrl: url,
      clock: () => new Date(now),
      firstProjectId: 10_150,
      credentials,
    });
    await jira.app.listen({ port, host: '127.0.0.1' });
    const http = createJiraHttp({
      url,
      timeoutMs: 5_000,
      credentials:
        deployment === 'cloud'
          ? { kind: 'basic', email: SERVICE_ACCOUNT.email, apiToken: 'token-for-tests' }
          : { kind: 'bearer', pat: 'pat-for-tests' },
    });
    store = openSqliteStore(':memory:');
    known = new WorklogIssues();
    context = {
      dataverse: fakeDataverse(),
      store,
      logger: createLogger('silent', [], keepLines().stream),
      now: () => new Date(now),
      wake: () => undefined,
      inbound: 'none',
      triggers: defaultTriggers,
      site: { http, url, profile: deployment === 'cloud' ? cloudProfile : dataCenterProfile },
      connectionId: 'c',
      pollIntervalMs: minute,
    };
  });
  afterEach(async () => {
    await context.site.http.close();
    await store.close();
    await jira.close();
  });

  /** Keys that are queued, and done with after that. */
  async function queued(): Promise<string[]> {
    const keys: string[] = [];
    for (let claim = await store.claim(now, minute); claim !== null; claim = await store.claim(now, minute)) {
      keys.push(claim.key);
      await store.complete(claim, now);
    }
    return keys.sort();
  }
  const worklogs = async (): Promise<string[]> => {
    await pollWorklogs(context, known);
    return queued();
  };

  test('work that is logged, changed and deleted queues its issue, each change once', async () => {
    await makeProject(jira);
    const issue = await makeIssue(jira, {});
    expect(await worklogs()).toEqual([]);
    const worklog = await logWork(jira, issue.id, 3_600);
    // The feed keeps back the last minute.
    expect(await worklogs()).toEqual([]);
    now += 2 * minute;
    expect(await worklogs()).toEqual([`jira-issue:c/${issue.id}`]);
    // Recent issues are read by id while the index lags behind (computed source).
    expect(await store.recentKeys('jira-issue:', now - 10 * minute)).toEqual([`jira-issue:c/${issue.id}`]);
    now += minute;
    expect(await worklogs()).toEqual([]);
    await call(jira, 'PUT', `/rest/api/2/issue/${issue.id}/worklog/${worklog.body.id}`, { timeSpentSeconds: 7_200 });
    now += 2 * minute;
    expect(await worklogs()).toEqual([`jira-issue:c/${issue.id}`]);
    await call(jira, 'DELETE', `/rest/api/2/issue/${issue.id}/worklog/${worklog.body.id}`);
    now += 2 * minute;
    expect(await worklogs()).toEqual([`jira-issue:c/${issue.id}`]);
    now += minute;
    expect(await worklogs()).toEqual([]);
  });

  test('a restart goes on from the cursor, over any pause, and repeats nothing', async () => {
    await makeProject(jira);
    const issue = await makeIssue(jira, {});
    await worklogs();
    await logWork(jira, issue.id, 3_600);
    now += 2 * minute;
    expect(await worklogs()).toHaveLength(1);
    await logWork(jira, issue.id, 3_600);
    // Down for a weekend; what is remembered in memory is gone.
    now += 3 * 24 * 60 * minute;
    known = new WorklogIssues();
    expect(await worklogs()).toEqual([`jira-issue:c/${issue.id}`]);
    expect(await worklogs()).toEqual([]);
  });

  test('a thousand worklogs and more come page by page', async () => {
    await makeProject(jira);
    const issue = await makeIssue(jira, {});
    await worklogs();
    const first = (await logWork(jira, issue.id, 60)).body.id;
    const row = jira.site.worklogs.get(String(first));
    if (!row) throw new Error('no worklog');
    for (let n = 1; n <= 2_300; n += 1)
      jira.site.worklogs.put({ ...row, id: String(50_000 + n), updatedOn: new Date(now + n).toISOString() });
    now += 5 * minute;
    const changes = await pollWorklogs(context, known);
    expect(changes).toBe(2_301);
    expect(await queued()).toEqual([`jira-issue:c/${issue.id}`]);
  });

  const followed = {
    keysOf: ({ projectId }: { readonly projectId: string }) => (projectId === '10150' ? ['jira-project:c/10150'] : []),
  };

  test('a deletion of unknown work is left to its issue’s own change', async () => {
    await makeProject(jira);
    const issue = await makeIssue(jira, {});
    const worklog = await logWork(jira, issue.id, 3_600);
    now += 60 * minute;
    await worklogs();
    await pollIssues(context, followed);
    await queued();
    await call(jira, 'DELETE', `/rest/api/2/issue/${issue.id}/worklog/${worklog.body.id}`);
    now += 2 * minute;
    expect(await worklogs()).toEqual([]);
    expect(await pollIssues(context, followed)).toBe(1);
    expect(await queued()).toEqual(['jira-project:c/10150']);
  });

  test('a changed issue queues its project when that is mapped', async () => {
    await makeProject(jira);
    await makeProject(jira, 'OTHER', 'Not linked');
    const issue = await makeIssue(jira, {});
    const other = await makeIssue(jira, {}, 'OTHER');
    const issues = async (): Promise<string[]> => {
      await pollIssues(context, followed);
      return queued();
    };
    expect(await issues()).toEqual(['jira-project:c/10150']);
    expect(await issues()).toEqual([]);
    now += 3 * 60 * minute;
    await call(jira, 'PUT', `/rest/api/2/issue/${issue.id}`, { fields: { summary: 'Anew' } });
    await call(jira, 'PUT', `/rest/api/2/issue/${other.id}`, { fields: { summary: 'Anew' } });
    now += minute;
    expect(await issues()).toEqual(['jira-project:c/10150']);
    expect(await issues()).toEqual([]);
  });

  test('the first time every mapped project is read, then a few at a time', async () => {
    const projects = [1, 2, 3].map((n) => ({ opportunityId: `o${n}`, projectId: String(n) }));
    expect(await pollProjects(context, projects)).toBe(3);
    expect(await queued()).toEqual(['opportunity:o1', 'opportunity:o2', 'opportunity:o3']);
    await pollProjects(context, projects);
    expect(await queued()).toEqual(['opportunity:o1']);
    await pollProjects(context, projects);
    expect(await queued()).toEqual(['opportunity:o2']);
  });
});

describe('how far back and how many', () => {
  test('JQL looks back over the whole pause and an overlap', () => {
    expect(minutesBack(null, 1_000_000)).toBe(5);
    expect(minutesBack(0, 60_000)).toBe(6);
    expect(minutesBack(0, 61_000)).toBe(7);
    // A clock that was set back does not make the window smaller than the overlap.
    expect(minutesBack(60_000, 0)).toBe(5);
  });

  test('every project has its turn within the hour, whatever their number', () => {
    const projects = Array.from({ length: 1_000 }, (_, n) => ({
      opportunityId: String(n).padStart(4, '0'),
      projectId: String(n),
    }));
    const seen = new Set<string>();
    let after: string | null = '';
    for (let n = 0; n < 60; n += 1) {
      const due = projectsInTurn(projects, after, minute);
      expect(due.length).toBeLessThanOrEqual(17);
      for (const { opportunityId } of due) seen.add(opportunityId);
      after = due.at(-1)?.opportunityId ?? null;
    }
    expect(seen.size).toBe(1_000);
    expect(projectsInTurn([], null, minute)).toEqual([]);
  });
});
