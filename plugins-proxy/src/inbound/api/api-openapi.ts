import { apiOperations } from '../../capabilities/register';
import { problem } from '../connector/describe/definitions';
import { type JsonSchema, parametersOf, schemaOf } from '../connector/describe/json-schemas';
import { apiPath } from './api-routes';

type Operation = (typeof apiOperations)[number];

/** What every operation may say instead of its answer. */
const refusals: Readonly<Record<string, string>> = {
  400: 'The request is not as described here',
  401: 'No token, or one that is not valid here',
  403: 'The token has not the scope, or its person may not',
  404: 'There is none, or it is somebody else’s',
  409: 'The person has no connection to Jira that works, or all of this is switched off',
  413: 'The body is too large',
  415: 'The body is not JSON',
  422: 'Jira or its rules say no',
  429: 'Too many requests; Retry-After says how long to wait',
  502: 'Jira or Dynamics 365 answered in a way that nobody expected',
  503: 'Try again; Retry-After says when',
};
const withRetryAfter = new Set(['429', '503']);

const json = (schema: JsonSchema) => ({ 'application/json': { schema } });
const header = (description: string) => ({ description, schema: { type: 'string' } });

function answersOf({ answers }: Operation): JsonSchema {
  return Object.fromEntries(
    answers.map(({ status, says, schema }) => [
      status,
      {
        description: says,
        ...(schema === null ? {} : { content: json(schemaOf(schema, 'output')) }),
        ...(status === 202
          ? {
              headers: {
                Location: header('Where the state is, of one record'),
                'Retry-After': header('Seconds until it is worth while to ask'),
              },
            }
          : {}),
      },
    ]),
  );
}

function describe(operation: Operation): JsonSchema {
  const { operationId, summary, description, params, query, body } = operation;
  const parameters = [
    ...parametersOf(params, 'path', 'draft-2020-12'),
    ...parametersOf(query, 'query', 'draft-2020-12'),
  ].map(({ place, ...rest }) => ({ in: place, ...rest }));
  const refused = Object.keys(refusals).map((status) => [status, { $ref: `#/components/responses/${status}` }]);
  return {
    ...{ operationId, summary, description },
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === null ? {} : { requestBody: { required: true, content: json(schemaOf(body, 'input')) } }),
    responses: { ...answersOf(operation), ...Object.fromEntries(refused) },
  };
}

function paths(): JsonSchema {
  const byPath: Record<string, JsonSchema> = {};
  for (const operation of apiOperations)
    byPath[operation.path] = { ...byPath[operation.path], [operation.method.toLowerCase()]: describe(operation) };
  return byPath;
}

const responses = (): JsonSchema =>
  Object.fromEntries(
    Object.entries(refusals).map(([status, description]) => [
      status,
      {
        description,
        content: json({ $ref: '#/components/schemas/Problem' }),
        ...(withRetryAfter.has(status) ? { headers: { 'Retry-After': header('Seconds') } } : {}),
      },
    ]),
  );

/** The API for other clients as OpenAPI 3.1, from the schemas that check its requests. @param publicUrl without a slash at its end */
export const apiOpenApi = (publicUrl: string): JsonSchema => ({
  openapi: '3.1.0',
  info: {
    title: 'CRM-JIRA API',
    version: '1.0',
    description: 'Jira connections, issues and worklogs of whoever calls, as in Dynamics 365.',
  },
  servers: [{ url: publicUrl + apiPath }],
  paths: paths(),
  components: {
    schemas: { Problem: schemaOf(problem, 'output') },
    responses: responses(),
    securitySchemes: {
      entra: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'Access token of Microsoft Entra that a client has in the name of a person',
      },
    },
  },
  security: [{ entra: [] }],
});
