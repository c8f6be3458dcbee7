import { z } from 'zod';
import type { Connector } from '../engine/connector';
import type { Json, JsonObject } from '../expression/json';
import { httpAnswer } from './http-answer';

const parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'body']),
  required: z.boolean().optional(),
});
const swagger = z.object({
  basePath: z.string(),
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ operationId: z.string(), parameters: parameter.array().optional() })),
  ),
});

interface OperationOfConnector {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly z.output<typeof parameter>[];
}

function operationsOf(definition: unknown): ReadonlyMap<string, OperationOfConnector> {
  const { basePath, paths } = swagger.parse(definition);
  return new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId, parameters = [] }]) => [
        operationId,
        { method: method.toUpperCase(), path: basePath + path, parameters },
      ]),
    ),
  );
}

/** `name/property` of the parameters, as the designer flattens a body. */
function bodyOf(name: string, parameters: JsonObject): JsonObject {
  const own = Object.entries(parameters).filter(([key]) => key.startsWith(`${name}/`));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(name.length + 1), value]));
}

/**
 * A custom connector from its definition, as the platform makes calls of it.
 *
 * @param definition the Swagger 2.0 document that is imported
 * @param address where the connection leads to, without the base path
 */
export function customConnector(definition: unknown, address: string): Connector {
  const operations = operationsOf(definition);
  return async (operationId, parameters) => {
    const operation = operations.get(operationId);
    if (operation === undefined) throw new Error(`the connector has no operation ${operationId}`);
    const names = operation.parameters.map(({ name }) => name);
    const unknown = Object.keys(parameters).filter((key) => !names.includes(key.split('/')[0] ?? ''));
    if (unknown.length > 0) throw new Error(`${operationId} has no parameter ${unknown.join(', ')}`);
    let path = operation.path;
    const query = new URLSearchParams();
    let body: JsonObject | null = null;
    for (const { name, in: place, required = false } of operation.parameters) {
      const value: Json | undefined = parameters[name];
      if (place === 'body') body = bodyOf(name, parameters);
      else if (value === undefined && required) throw new Error(`${operationId} needs ${name}`);
      else if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent(String(value)));
      else if (value !== undefined) query.set(name, String(value));
    }
    const response = await fetch(`${address}${path}${query.size > 0 ? `?${query}` : ''}`, {
      method: operation.method,
      headers: body === null ? {} : { 'content-type': 'application/json' },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    });
    return httpAnswer(response);
  };
}
