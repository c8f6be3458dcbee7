import type { Jira } from '../../../sandbox/src/jira';
import { call, logWork, makeIssue, makeProject } from './call-jira';
import { buildJira, startListener } from './start-jira';

let jira: Jira;
let listener: Awaited<ReturnType<typeof startListener>>;
beforeEach(async () => {
  listener = await startListener(() => 503);
  jira = await buildJira({ retryDelays: [200, 200] });
  await makeProject(jira);
});
afterEach(async () => {
  await jira.close();
  await listener.close();
});

test('what was not delivered yet is dropped with its webhook', async () => {
  const registered = await call(jira, 'POST', '/rest/webhooks/1.0/webhook', {
    name: 'PowerPlatform_Integration',
    url: listener.url,
    events: ['worklog_created'],
  });
  await logWork(jira, (await makeIssue(jira, {})).key, 3600);
  await listener.count(1);
  const { pathname } = new URL(registered.body.self);
  expect((await call(jira, 'DELETE', pathname)).status).toBe(204);
  // a second webhook, to the same listener: when it was told and refused twice, the first one's turn has passed
  await call(jira, 'POST', '/rest/webhooks/1.0/webhook', {
    name: 'Other',
    url: listener.url,
    events: ['project_updated'],
  });
  await call(jira, 'PUT', '/rest/api/3/project/CRMWYVLZZJ', { description: 'changed' });
  await listener.count(4);
  const events = listener.received.map(({ body }) => JSON.parse(body).webhookEvent);
  expect(events).toEqual(['worklog_created', 'project_updated', 'project_updated', 'project_updated']);
  const { deliveries } = (await call(jira, 'GET', '/sandbox/deliveries?event=worklog_created')).body;
  expect(deliveries).toMatchObject([{ state: 'dropped' }]);
});
