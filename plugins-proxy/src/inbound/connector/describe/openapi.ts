import { nameOf, problem } from './definitions';
import { type JsonSchema, namedSchemas, parametersOf } from './json-schemas';
import type { Operation } from './operation';
import { about, basePath, byPath, title, version } from './swagger';

const root = '#/components/schemas/';
const dialect = 'draft-2020-12';

const json = (name: string): JsonSchema => ({ 'application/json': { schema: { $ref: root + name } } });

function describe(operation: Operation): JsonSchema {
  const { answer, body } = operation;
  const parameters = [
    ...parametersOf(operation.params, 'path', dialect),
    ...parametersOf(operation.query, 'query', dialect),
  ].map(({ place, ...rest }) => ({ in: place, ...rest }));
  return {
    operationId: operation.operationId,
    summary: operation.summary,
    description: operation.description,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === null ? {} : { requestBody: { required: true, content: json(nameOf(body.schema)) } }),
    responses: {
      [answer.status]: {
        description: answer.says,
        ...(answer.schema === null ? {} : { content: json(nameOf(answer.schema)) }),
        ...(answer.status === 202
          ? {
              headers: { Location: { description: 'Where the state of the operation is', schema: { type: 'string' } } },
            }
          : {}),
      },
      default: { description: 'Refused or failed', content: json(nameOf(problem)) },
    },
  };
}

/** The same operations for everybody else, OpenAPI 3.1. @param publicUrl address of the service, without a slash at its end */
export function openApi(publicUrl: string): JsonSchema {
  return {
    openapi: '3.1.0',
    info: { title, description: about, version },
    servers: [{ url: publicUrl + basePath }],
    paths: byPath(describe),
    components: {
      schemas: namedSchemas(dialect, root),
      securitySchemes: {
        basic_auth: { type: 'http', scheme: 'basic' },
        bearer_token: { type: 'http', scheme: 'bearer' },
      },
    },
    security: [{ basic_auth: [] }, { bearer_token: [] }],
  };
}
