import { z } from 'zod';
import { path } from '../../../platform/http-client/path';
import { nothing } from '../../../clients/jira/wire/answers';
import { issueCreate, issueResponse, issueUpdate } from '../describe/definitions';
import { type ConnectorContext, jiraOperation } from '../describe/operation';
import { fromSite, namesContractField, toSite } from './issue-fields';
import { api, issueKey, none } from './parameters';

const foundIssue = z.object({
  id: z.string(),
  key: z.string(),
  self: z.string().optional(),
  fields: z.record(z.string(), z.unknown()),
});
const shown = ['summary', 'description', 'status', 'issuetype', 'project'];

async function asSite(context: ConnectorContext, fields: Parameters<typeof toSite>[0]): Promise<unknown> {
  return namesContractField(fields) ? toSite(fields, await context.fields()) : fields;
}

/** Issues through the connector. */
export const issueOperations = [
  jiraOperation({
    operationId: 'CreateIssue',
    method: 'POST',
    path: '/api/2/issue',
    summary: 'Create JIRA Issue',
    description:
      'Creates an issue. The four budget fields go by the ids of the contract, whatever their ids on the site.',
    params: none,
    query: none,
    body: { name: 'issue', schema: issueCreate },
    answer: { status: 201, says: 'Issue created', schema: issueResponse },
    handle: async (context, { body }) => {
      const fields = await asSite(context, body.fields);
      return {
        body: await context.site.http.call({
          method: 'POST',
          path: `${api}/issue`,
          body: { fields },
          schema: issueResponse,
        }),
      };
    },
  }),
  jiraOperation({
    operationId: 'GetIssue',
    method: 'GET',
    path: '/api/2/issue/{issueKey}',
    summary: 'Get JIRA Issue',
    description: 'Reads an issue with its budget fields.',
    params: issueKey,
    query: none,
    body: null,
    answer: { status: 200, says: 'The issue', schema: issueResponse },
    handle: async (context, { params }) => {
      const ids = await context.fields();
      const names = [...shown, ids.opportunityId, ids.accountId, ids.budgetStatus, ids.approvedAmount];
      const issue = await context.site.http.call({
        method: 'GET',
        path: api + path`/issue/${params.issueKey}`,
        query: { fields: names.join(',') },
        schema: foundIssue,
      });
      return { body: { ...issue, fields: fromSite(issue.fields, ids) } };
    },
  }),
  jiraOperation({
    operationId: 'UpdateIssue',
    method: 'PUT',
    path: '/api/2/issue/{issueKey}',
    summary: 'Update JIRA Issue',
    description: 'Changes the fields that are given.',
    params: issueKey,
    query: none,
    body: { name: 'issue', schema: issueUpdate },
    answer: { status: 204, says: 'Issue changed', schema: null },
    handle: async (context, { params, body }) => {
      const fields = await asSite(context, body.fields);
      await context.site.http.call({
        method: 'PUT',
        path: api + path`/issue/${params.issueKey}`,
        body: { fields },
        schema: nothing,
      });
      return {};
    },
  }),
];
