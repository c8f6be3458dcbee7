import type { Connector, ConnectorAnswer } from '../engine/connector';
import { isObject, type Json, type JsonObject } from '../expression/json';
import { httpAnswer } from './http-answer';

export interface DataverseConnectorOptions {
  /** Address of the Web API, e.g. `https://contoso.crm3.dynamics.com/api/data/v9.2`. */
  readonly api: string;
  /** Token of the connection; `drop` forgets one that is no longer taken. */
  readonly tokens: { token(): Promise<string>; drop(): void };
}

const queryOptions = ['$select', '$filter', '$expand', '$orderby', '$top'] as const;

function text(parameters: JsonObject, name: string): string {
  const value = parameters[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new Error(`the Dataverse connector needs ${name}`);
}

function queryOf(parameters: JsonObject): string {
  const query = new URLSearchParams();
  for (const name of queryOptions) if (parameters[name] !== undefined) query.set(name, String(parameters[name]));
  if (parameters['fetchXml'] !== undefined) query.set('fetchXml', text(parameters, 'fetchXml'));
  return query.size > 0 ? `?${query}` : '';
}

/** Columns of a row to write: what stands behind `item/`. */
function itemOf(parameters: JsonObject): JsonObject {
  const columns = Object.entries(parameters).filter(([key]) => key.startsWith('item/'));
  return Object.fromEntries(
    columns.map(([key, value]) => {
      const isBinding = key.endsWith('@odata.bind');
      return [key.slice('item/'.length), isBinding ? `/${String(value).replace(/^\//, '')}` : value];
    }),
  );
}

/**
 * The Dataverse connector as far as the flows use it: ListRecords (to the last page), GetItem, CreateRecord. Rows carry `@odata.id`,
 * as the real one's do.
 */
export function dataverseConnector({ api, tokens }: DataverseConnectorOptions): Connector {
  const send = async (method: string, address: string, body?: JsonObject): Promise<Response> =>
    fetch(address, {
      method,
      headers: {
        authorization: `Bearer ${await tokens.token()}`,
        accept: 'application/json',
        prefer: 'odata.include-annotations="*",return=representation',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const call = async (method: string, address: string, body?: JsonObject): Promise<ConnectorAnswer> => {
    const first = await send(method, address, body);
    if (first.status !== 401) return httpAnswer(first);
    // A connection renews its token by itself.
    tokens.drop();
    return httpAnswer(await send(method, address, body));
  };
  const list = async (address: string): Promise<ConnectorAnswer> => {
    const page = await call('GET', address);
    const next = page.body?.['@odata.nextLink'];
    if (page.statusCode >= 400 || typeof next !== 'string' || page.body === null) return page;
    const rest = await list(next);
    if (rest.statusCode >= 400) return rest;
    return { ...page, body: { value: [...rowsOf(page), ...rowsOf(rest)] } };
  };
  return async (operationId, parameters) => {
    const collection = `${api}/${text(parameters, 'entityName')}`;
    switch (operationId) {
      case 'ListRecords':
        return list(collection + queryOf(parameters));
      case 'GetItem': {
        const row = `${collection}(${text(parameters, 'recordId')})`;
        const answer = await call('GET', row + queryOf(parameters));
        return { ...answer, body: answer.body === null ? null : { '@odata.id': row, ...answer.body } };
      }
      case 'CreateRecord':
        return call('POST', collection, itemOf(parameters));
      default:
        throw new Error(`the runner’s Dataverse connector has no operation ${operationId}`);
    }
  };
}

function rowsOf({ body }: ConnectorAnswer): readonly Json[] {
  const value = isObject(body) ? body['value'] : undefined;
  // Array.isArray does not narrow a readonly array.
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
