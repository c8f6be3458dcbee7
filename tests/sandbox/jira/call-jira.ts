import type { Jira } from '../../../sandbox/src/jira';
import { cloud } from './start-jira';

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly text: string;
  /** JSON of whatever shape the test expects */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads any answer; a wrong shape fails its expectation
  readonly body: any;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Calls a site that does not listen, as Cloud unless told otherwise. */
export async function call(
  jira: Jira,
  method: Method,
  url: string,
  payload?: unknown,
  headers: Record<string, string> = cloud,
): Promise<Answer> {
  const answer = await jira.app.inject({
    method,
    url,
    headers: { ...headers, ...(payload === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
  });
  const isJson = String(answer.headers['content-type']).includes('json') && answer.body !== '';
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text: answer.body,
    body: isJson ? JSON.parse(answer.body) : null,
  };
}

/** Account id of the service account, as `/myself` says it. */
export async function serviceAccountId(jira: Jira): Promise<string> {
  return (await call(jira, 'GET', '/rest/api/3/myself')).body.accountId;
}

/** Makes the project of E1; answers its id as text. */
export async function makeProject(
  jira: Jira,
  key = 'CRMWYVLZZJ',
  name = 'Digital Transformation Project - Acme Corp',
): Promise<string> {
  const answer = await call(jira, 'POST', '/rest/api/3/project', {
    key,
    name,
    projectTypeKey: 'software',
    projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic',
    leadAccountId: await serviceAccountId(jira),
  });
  expect(answer.status).toBe(201);
  return String(answer.body.id);
}

export async function makeIssue(
  jira: Jira,
  fields: Record<string, unknown>,
  projectKey = 'CRMWYVLZZJ',
): Promise<{ id: string; key: string }> {
  const answer = await call(jira, 'POST', '/rest/api/2/issue', {
    fields: { project: { key: projectKey }, issuetype: { name: 'Task' }, summary: 'Work', ...fields },
  });
  expect(answer.body).toHaveProperty('key');
  return answer.body;
}

export async function logWork(
  jira: Jira,
  issue: string,
  seconds: number,
  more: Record<string, unknown> = {},
  query = '',
) {
  return call(jira, 'POST', `/rest/api/2/issue/${issue}/worklog${query}`, {
    timeSpentSeconds: seconds,
    started: '2025-01-20T09:00:00.000+0000',
    ...more,
  });
}
