import type { z } from 'zod';
import { IntegrationError } from '../../../platform/errors/integration-error';
import { path } from '../../../platform/http-client/path';
import type { JiraSite } from '../../../clients/jira/jira-site';
import { readWorklogs } from '../../../clients/jira/read-worklogs';
import { projectResponse, projectWorklogs, worklogCreate, worklogResponse } from '../describe/definitions';
import { jiraOperation } from '../describe/operation';
import { inParallel } from '../../../platform/http-client/in-parallel';
import { api, issueKey, none, projectKey, worklogId } from './parameters';

/** Worklogs in one answer: about 1 MB, half of what the on-premises gateway lets through. */
const mostWorklogs = 8_000;
/** Issues whose worklogs are read at the same time. */
const parallelReads = 8;

/** Jira wants milliseconds and an offset without colon. */
const jiraMoment = (iso: string): string => new Date(iso).toISOString().replace('Z', '+0000');

async function worklogsOfProject(site: JiraSite, key: string): Promise<z.output<typeof projectWorklogs>> {
  const project = await site.http.call({
    method: 'GET',
    path: api + path`/project/${key}`,
    schema: projectResponse.pick({ id: true }),
  });
  const issues: { id: string; key: string }[] = [];
  const jql = `project = ${Number(project.id)} ORDER BY created ASC`;
  for await (const issue of site.profile.search(site.http, jql, ['timespent']))
    if ((issue.fields.timespent ?? 0) > 0) issues.push(issue);
  const lists = await inParallel(issues, parallelReads, async (issue) =>
    (await readWorklogs(site, issue.id)).map(({ id, started, timeSpentSeconds }) => ({
      id,
      issueId: issue.id,
      issueKey: issue.key,
      started,
      timeSpentSeconds,
    })),
  );
  const all = lists.flat();
  return {
    worklogs: all.slice(0, mostWorklogs),
    total: all.length,
    totalSeconds: all.reduce((sum, worklog) => sum + worklog.timeSpentSeconds, 0),
    truncated: all.length > mostWorklogs,
  };
}

/** Time through the connector. */
export const worklogOperations = [
  jiraOperation({
    operationId: 'AddWorklog',
    method: 'POST',
    path: '/api/2/issue/{issueKey}/worklog',
    summary: 'Add Worklog',
    description: 'Logs work on an issue as the service account.',
    params: issueKey,
    query: none,
    body: { name: 'worklog', schema: worklogCreate },
    answer: { status: 201, says: 'Work logged', schema: worklogResponse },
    handle: async ({ site }, { params, body }) => ({
      body: await site.http.call({
        method: 'POST',
        path: api + path`/issue/${params.issueKey}/worklog`,
        body: { ...body, started: jiraMoment(body.started) },
        schema: worklogResponse,
      }),
    }),
  }),
  jiraOperation({
    operationId: 'GetWorklog',
    method: 'GET',
    path: '/api/2/worklog/{worklogId}',
    summary: 'Get Worklog',
    description:
      'Reads one worklog. Jira has no such address; the answer comes from its list of worklogs by id (R-912).',
    params: worklogId,
    query: none,
    body: null,
    answer: { status: 200, says: 'The worklog', schema: worklogResponse },
    handle: async ({ site }, { params }) => {
      const [worklog] = await site.http.call({
        method: 'POST',
        path: `${api}/worklog/list`,
        body: { ids: [Number(params.worklogId)] },
        schema: worklogResponse.array(),
        repeatable: true,
      });
      if (worklog === undefined)
        throw new IntegrationError(`Jira has no worklog ${params.worklogId}, or the account may not see it.`, {
          code: 'jira-not-found',
          errorClass: 'permanent',
          status: 404,
        });
      return { body: worklog };
    },
  }),
  jiraOperation({
    operationId: 'GetProjectWorklogs',
    method: 'GET',
    path: '/tempo-timesheets/4/worklogs/project/{projectKey}',
    summary: 'Get Project Worklogs',
    description:
      'All worklogs of a project, without their authors, read from Jira itself: no timesheet product is needed.',
    params: projectKey,
    query: none,
    body: null,
    answer: { status: 200, says: 'Worklogs of the project', schema: projectWorklogs },
    handle: async ({ site }, { params }) => ({ body: await worklogsOfProject(site, params.projectKey) }),
  }),
];
