import { z } from 'zod';
import { path } from '../../../platform/http-client/path';
import { readMyself } from '../../../clients/jira/jira-site';
import { projectCreate, projectResponse } from '../describe/definitions';
import { jiraOperation } from '../describe/operation';
import { api, none, projectKey } from './parameters';

/** An empty description is null on some sites. */
const foundProject = z.looseObject({ description: z.string().nullish() });

/** Projects through the connector. Provisioning an opportunity's project is StartOperation's business. */
export const projectOperations = [
  jiraOperation({
    operationId: 'CreateProject',
    method: 'POST',
    path: '/api/2/project',
    summary: 'Create JIRA Project',
    description: 'Creates a project that belongs to no opportunity, led by the service account.',
    params: none,
    query: none,
    body: { name: 'project', schema: projectCreate },
    answer: { status: 201, says: 'Project created', schema: projectResponse },
    handle: async ({ site }, { body }) => ({
      body: await site.http.call({
        method: 'POST',
        path: `${api}/project`,
        body: {
          projectTypeKey: 'software',
          projectTemplateKey: site.profile.defaultTemplate,
          ...body,
          ...site.profile.lead(await readMyself(site)),
        },
        schema: projectResponse,
      }),
    }),
  }),
  jiraOperation({
    operationId: 'GetProject',
    method: 'GET',
    path: '/api/2/project/{projectKey}',
    summary: 'Get JIRA Project',
    description: 'Reads a project by its key or id.',
    params: projectKey,
    query: none,
    body: null,
    answer: { status: 200, says: 'The project', schema: projectResponse },
    handle: async ({ site }, { params }) => {
      const found = await site.http.call({
        method: 'GET',
        path: api + path`/project/${params.projectKey}`,
        schema: foundProject,
      });
      return { body: { ...found, description: found.description ?? undefined } };
    },
  }),
];
