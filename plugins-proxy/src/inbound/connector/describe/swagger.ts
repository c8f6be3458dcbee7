import { allOperations } from '../all-operations';
import { problem, nameOf } from './definitions';
import { type JsonSchema, namedSchemas, parametersOf } from './json-schemas';
import type { Operation } from './operation';

/** Title, version and base path of the connector. */
export const title = 'JIRA Budget Module Connector';
export const version = '1.0';
export const basePath = '/rest';
export const about = 'Jira issues, budgets and time for cloud flows, through the integration service.';

/** Replaced by the address of the service when the connector is imported. */
export const placeholderHost = 'crm-jira-proxy.company.com';
const root = '#/definitions/';

function parameters({ params, query, body }: Operation): JsonSchema[] {
  const plain = [...parametersOf(params, 'path', 'draft-4'), ...parametersOf(query, 'query', 'draft-4')].map(
    ({ name, place, required, schema }) => ({
      name,
      in: place,
      required,
      ...schema,
      'x-ms-summary': words(name),
      ...(required ? {} : { 'x-ms-visibility': 'advanced' }),
      ...(place === 'path' ? { 'x-ms-url-encoding': 'single' } : {}),
    }),
  );
  if (body === null) return plain;
  const given = { name: body.name, in: 'body', required: true, schema: { $ref: root + nameOf(body.schema) } };
  return [...plain.filter(({ required }) => required), given, ...plain.filter(({ required }) => !required)];
}

/** `projectKey` → `Project Key` */
function words(name: string): string {
  return name.replace(/([A-Z])/g, ' $1').replace(/^./, (first) => first.toUpperCase());
}

function describe(operation: Operation): JsonSchema {
  const { answer } = operation;
  return {
    operationId: operation.operationId,
    summary: operation.summary,
    description: operation.description,
    'x-ms-visibility': 'important',
    parameters: parameters(operation),
    responses: {
      [answer.status]: {
        description: answer.says,
        ...(answer.schema === null ? {} : { schema: { $ref: root + nameOf(answer.schema) } }),
        ...(answer.status === 202
          ? { headers: { Location: { type: 'string', description: 'Where the state of the operation is' } } }
          : {}),
      },
      default: { description: 'Refused or failed', schema: { $ref: root + nameOf(problem) } },
    },
  };
}

/** Operations by path and method. */
export function byPath(entry: (operation: Operation) => JsonSchema): Record<string, JsonSchema> {
  const paths: Record<string, JsonSchema> = {};
  for (const operation of allOperations)
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: entry(operation) };
  return paths;
}

/** The custom connector's definition, Swagger 2.0. */
export function swagger(): JsonSchema {
  return {
    swagger: '2.0',
    info: { title, description: about, version },
    host: placeholderHost,
    basePath,
    schemes: ['https'],
    consumes: ['application/json'],
    produces: ['application/json'],
    paths: byPath(describe),
    definitions: namedSchemas('draft-4', root),
    securityDefinitions: {
      basic_auth: { type: 'basic' },
      bearer_token: { type: 'apiKey', name: 'Authorization', in: 'header' },
    },
    security: [{ basic_auth: [] }, { bearer_token: [] }],
  };
}
