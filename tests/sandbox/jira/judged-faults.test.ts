import type { Jira } from '../../../sandbox/src/jira';
import { call, makeIssue, makeProject } from './call-jira';
import { buildJira } from './start-jira';

let jira: Jira;
beforeEach(async () => {
  // Buckets fill in real time: a slow machine would fill them between two calls.
  jest.spyOn(Date, 'now').mockReturnValue(Date.now());
  jira = await buildJira({
    rateLimits: { cloud: { capacity: 5, perSecond: 1 }, dc: { capacity: 5, perSecond: 1 } },
  });
});
afterEach(() => jira.close());

test('a 429 says when to come back: in seconds and as a moment (R-908)', async () => {
  await call(jira, 'PUT', '/sandbox/faults', { rules: [{ status: 429, retryAfter: 30, times: 1 }] });
  const before = Date.now();
  const { status, headers } = await call(jira, 'GET', '/rest/api/3/serverInfo');
  expect(status).toBe(429);
  expect(headers).toMatchObject({ 'retry-after': '30', 'ratelimit-reason': 'jira-burst-based' });
  // to the minute, and not before the seconds are over
  expect(headers['x-ratelimit-reset']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/);
  const reset = Date.parse(String(headers['x-ratelimit-reset']));
  expect(reset).toBeGreaterThanOrEqual(before + 30_000);
  expect(reset).toBeLessThan(before + 100_000);
});

test('Cloud counts each endpoint for itself', async () => {
  const statuses: number[] = [];
  for (let index = 0; index < 7; index += 1) statuses.push((await call(jira, 'GET', '/rest/api/3/myself')).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  expect((await call(jira, 'GET', '/rest/api/3/field')).status).toBe(200);
});

test('the icons that an issue names are there', async () => {
  await makeProject(jira);
  const issue = (await makeIssue(jira, {})).key;
  const { priority, status, issuetype } = (await call(jira, 'GET', `/rest/api/3/issue/${issue}`)).body.fields;
  for (const { iconUrl } of [priority, status, issuetype]) {
    const icon = await jira.app.inject({ url: new URL(iconUrl).pathname + new URL(iconUrl).search });
    expect([icon.statusCode, icon.headers['content-type']]).toEqual([200, 'image/svg+xml']);
  }
});
