import { Deployment } from '@crmjira/domain';
import { createJiraIntegration } from '../../../../plugins-proxy/src/connections/providers/jira';
import { jiraSettings } from '../../../../plugins-proxy/src/connections/providers/jira/jira-settings';
import { guardFor } from '../../clients/web-service/service-world';
import { type Answer, recordedServer, type RecordedServer, type Seen } from '../../recorded-server';

const types = [
  ...[
    { id: '1', name: 'Task' },
    { id: '2', name: 'Sub-task', subtask: true },
  ],
  ...[{ id: '3', name: 'Bug' }],
];
const projects = [
  { id: '10000', key: 'OPS', name: 'Operations' },
  { id: '10001', key: 'SUPPORT', name: 'Support' },
];

/** A site whose account may create issues in SUPPORT only. */
function site({ path, query }: Seen, isCloud: boolean): Answer | undefined {
  if (path.endsWith('/serverInfo'))
    return { body: { version: isCloud ? '1001.0.0' : '9.12.5', deploymentType: isCloud ? 'Cloud' : 'Server' } };
  if (path.endsWith('/myself')) {
    const who = { displayName: 'CRM Integration', timeZone: 'Etc/UTC', active: true };
    return { body: isCloud ? { ...who, accountId: 'a-1' } : { ...who, key: 'crm', name: 'crm' } };
  }
  if (path.endsWith('/project/search')) return { body: { values: projects, total: 2, isLast: true } };
  if (path.endsWith('/project')) return { body: projects };
  if (path.endsWith('/mypermissions'))
    return { body: { permissions: { CREATE_ISSUES: { havePermission: query.get('projectKey') === 'SUPPORT' } } } };
  if (!path.endsWith('/issue/createmeta/10001/issuetypes')) return undefined;
  // Two a page: the rest is asked for.
  const startAt = Number(query.get('startAt'));
  const page = types.slice(startAt, startAt + 2);
  const isLast = startAt + page.length >= types.length;
  return { body: { total: types.length, startAt, isLast, [isCloud ? 'issueTypes' : 'values']: page } };
}

let server: RecordedServer;
afterEach(() => server.close());

async function found(isCloud: boolean, projectKey: string) {
  server = await recordedServer((seen) => site(seen, isCloud));
  const provider = createJiraIntegration({ egress: { of: guardFor([new URL(server.url).host]) } });
  const deployment = isCloud ? Deployment.JiraCloud : Deployment.JiraDataCenter;
  const username = isCloud ? 'crm@example.com' : '';
  const settings = jiraSettings.parse({ url: server.url, deployment, username, projectKey });
  const open = await provider.open('id', settings, { token: 'token' });
  const report = await open.test();
  await open.close();
  return report.found['projects'];
}

const asked = (): number => server.seen.filter(({ path }) => path.includes('createmeta')).length;

describe.each([true, false])('a site on Jira Cloud: %s', (isCloud) => {
  test('R-1606 a test tells which types of issues may be created in the project that is chosen, on all pages', async () => {
    expect(await found(isCloud, 'SUPPORT')).toEqual([
      { key: 'OPS', name: 'Operations', mayCreate: null },
      { key: 'SUPPORT', name: 'Support', mayCreate: true, issueTypes: ['Task', 'Bug'] },
    ]);
    expect(asked()).toBe(2);
  });

  test('R-1606 where nothing may be created no types are asked for, nor before a project is chosen', async () => {
    expect(await found(isCloud, 'OPS')).toContainEqual({
      ...{ key: 'OPS', name: 'Operations', mayCreate: false, issueTypes: [] },
    });
    expect(asked()).toBe(0);
    await server.close();
    expect(await found(isCloud, '')).toContainEqual({ key: 'OPS', name: 'Operations', mayCreate: null });
    expect(asked()).toBe(0);
  });
});
