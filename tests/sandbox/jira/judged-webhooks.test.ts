import type { Jira } from '../../../sandbox/src/jira';
import { call, logWork, makeIssue, makeProject } from './call-jira';
import { buildJira, cloud, dataCenter, startListener } from './start-jira';

let jira: Jira;
let listener: Awaited<ReturnType<typeof startListener>>;
let answer: number | Promise<number>;
beforeEach(async () => {
  answer = 204;
  listener = await startListener(() => answer);
  jira = await buildJira({ retryDelays: [200, 200] });
  await makeProject(jira);
});
afterEach(async () => {
  await jira.close();
  await listener.close();
});

async function register(events: readonly string[], headers = cloud): Promise<string> {
  const registered = await call(
    jira,
    'POST',
    headers === cloud ? '/rest/webhooks/1.0/webhook' : '/rest/jira-webhook/1.0/webhooks',
    { name: 'PowerPlatform_Integration', url: listener.url, events },
    headers,
  );
  return new URL(registered.body.self).pathname;
}

const told = () => listener.received.map(({ body }) => JSON.parse(body));

test('what was not delivered yet is dropped with its webhook', async () => {
  let refuse = (_status: number): void => undefined;
  // Refused only when its webhook is gone: otherwise it may be told again before that.
  answer = new Promise((resolve) => (refuse = resolve));
  const webhook = await register(['worklog_created']);
  await logWork(jira, (await makeIssue(jira, {})).key, 3600);
  await listener.count(1);
  expect((await call(jira, 'DELETE', webhook)).status).toBe(204);
  answer = 503;
  refuse(503);
  // a second webhook, to the same listener: when it was told and refused twice, the first one's turn has passed
  await register(['project_updated']);
  await call(jira, 'PUT', '/rest/api/3/project/CRMWYVLZZJ', { description: 'changed' });
  await listener.count(4);
  expect(told().map(({ webhookEvent }) => webhookEvent)).toEqual([
    'worklog_created',
    'project_updated',
    'project_updated',
    'project_updated',
  ]);
  const { deliveries } = (await call(jira, 'GET', '/sandbox/deliveries?event=worklog_created')).body;
  expect(deliveries).toMatchObject([{ state: 'dropped' }]);
});

// recorded: mattermost-plugin-jira webhook-issue-created, -updated-resolved, -updated-reopened, -issue-deleted
test('a new issue is told of with its first values, a transition as generic, a deletion without a type', async () => {
  await register(['jira:issue_created', 'jira:issue_updated', 'jira:issue_deleted']);
  await call(jira, 'POST', '/rest/api/3/version', { name: 'One', project: 'CRMWYVLZZJ' });
  const { key } = await makeIssue(jira, { fixVersions: [{ name: 'One' }] });
  const move = (id: string) => call(jira, 'POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id } });
  await move('41');
  await move('21');
  await call(jira, 'DELETE', `/rest/api/3/issue/${key}`);
  await listener.count(4);
  const by = (name: string) => told().filter(({ webhookEvent }) => webhookEvent === name);
  const first = by('jira:issue_created')[0].changelog.items;
  expect(first.map(({ field }: { field: string }) => field)).toEqual(
    expect.arrayContaining(['summary', 'Status', 'priority', 'reporter', 'Fix Version']),
  );
  for (const item of first) expect(item).toMatchObject({ from: null, fromString: null });
  const updates = by('jira:issue_updated');
  expect(updates.map((update) => update.issue_event_type_name)).toEqual(['issue_generic', 'issue_generic']);
  for (const { changelog } of updates)
    expect(changelog.items.map(({ field }: { field: string }) => field)).toEqual(['resolution', 'status']);
  expect(by('jira:issue_deleted')[0]).not.toHaveProperty('issue_event_type_name');
});

// recorded: mattermost-plugin-jira webhook-server-comment-created, -updated, -deleted
test('Data Center says who changed a comment, but not who made it', async () => {
  await register(['comment_created', 'comment_updated', 'comment_deleted'], dataCenter);
  const { key } = await makeIssue(jira, {});
  const url = `/rest/api/2/issue/${key}/comment`;
  const { id } = (await call(jira, 'POST', url, { body: 'a' }, dataCenter)).body;
  await call(jira, 'PUT', `${url}/${id}`, { body: 'b' }, dataCenter);
  await call(jira, 'DELETE', `${url}/${id}`, undefined, dataCenter);
  await listener.count(3);
  const users = Object.fromEntries(told().map(({ webhookEvent, user }) => [webhookEvent, user?.name]));
  expect(users).toEqual({
    comment_created: undefined,
    comment_updated: 'powerplatform-integration',
    comment_deleted: 'powerplatform-integration',
  });
});
