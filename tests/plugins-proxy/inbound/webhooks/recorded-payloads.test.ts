import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jiraPayload } from '../../../../plugins-proxy/src/clients/jira/wire/jira-payload';
import { keysOfJiraEvent } from '../../../../plugins-proxy/src/inbound/webhooks/keys-of-events';
import { intakeApp, signed } from '../../intake-app';
import { firstConnection, withoutConnection } from '../../site-keys';
import { defaultTriggers } from '../../default-triggers';

const fixtures = join(__dirname, '..', '..', '..', 'fixtures', 'jira');

/** Every webhook body that was recorded from a real Jira (sources: tests/fixtures/SOURCES.md). */
const recorded = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((file) => /webhook-.*\.json$/.test(file))
  .sort();

/** What each requests; comments and new projects cost nothing and are left alone. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'jira-to-matrix/webhook-issue-created.json': ['jira-project:10305'],
  // Moved from project 10169: what was logged on it leaves that project's figures.
  'jira-to-matrix/webhook-issue-updated-move-issue.json': ['jira-project:10169', 'jira-project:10105'],
  'jira-to-matrix/webhook-issue-updated-status-changed.json': ['jira-project:10105'],
  'jira-to-matrix/webhook-project-created.json': [],
  'mattermost-plugin-jira/webhook-cloud-comment-created.json': [],
  'mattermost-plugin-jira/webhook-cloud-issue-created-many-fields.json': ['jira-project:10008'],
  'mattermost-plugin-jira/webhook-issue-created.json': ['jira-project:10000'],
  'mattermost-plugin-jira/webhook-issue-deleted.json': ['jira-project:10004'],
  'mattermost-plugin-jira/webhook-issue-updated-resolved.json': ['jira-project:10000'],
  'mattermost-plugin-jira/webhook-server-comment-created.json': [],
  'mattermost-plugin-jira/webhook-server-issue-updated-closed.json': ['jira-project:10100'],
  'zulip/webhook-worklog_created.json': ['jira-issue:10014'],
  'zulip/webhook-worklog_deleted.json': ['jira-issue:10014'],
  'zulip/webhook-worklog_updated.json': ['jira-issue:10014'],
};

const body = (file: string): string => readFileSync(join(fixtures, file), 'utf8');

describe('webhook bodies recorded from real Jira sites (Cloud and Server)', () => {
  test('there are some, worklogs among them', () => {
    expect(recorded.length).toBeGreaterThanOrEqual(10);
    expect(recorded.filter((file) => file.includes('worklog'))).toHaveLength(3);
  });

  test.each(Object.entries(expected))('%s requests %j', (file, keys) => {
    const found = keysOfJiraEvent(jiraPayload.parse(JSON.parse(body(file))), firstConnection, defaultTriggers());
    expect(withoutConnection(found.keys)).toEqual(keys);
  });

  test('all of them, sent twice and in another order, are answered 2xx and stored once', async () => {
    const { app, store } = intakeApp();
    const requests = recorded.map((file, n) =>
      signed(body(file), { headers: { 'x-atlassian-webhook-identifier': `recorded-${n}` } }),
    );
    const answers: number[] = [];
    for (const request of [...requests, ...requests.reverse()]) answers.push((await app.inject(request)).statusCode);
    expect(answers.every((status) => status === 200 || status === 202)).toBe(true);
    const { deliveries } = await store.statistics(0);
    expect(deliveries.accepted + deliveries.ignored).toBe(recorded.length);
    await app.close();
    await store.close();
  });
});
