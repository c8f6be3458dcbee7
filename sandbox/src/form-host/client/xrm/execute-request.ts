import { entitySetOf } from '../web-api/tables';
import { callOperation } from '../web-api/web-api';

/** Numbers of `operationType`. Source: client API reference, Xrm.WebApi.online.execute. */
const ACTION = 0;
const FUNCTION = 1;

interface RequestMetadata {
  readonly boundParameter?: string | null;
  readonly operationName: string;
  readonly operationType: number;
  readonly parameterTypes: Readonly<Record<string, unknown>>;
}

interface Request {
  readonly getMetadata: () => RequestMetadata;
  readonly [parameter: string]: unknown;
}

/** A row that an operation is bound to, or is given. */
interface RowParameter {
  readonly entityType: string;
  readonly id: string;
}

/**
 * `Xrm.WebApi.online.execute` of an action or a function, bound to a row or not.
 * @returns the answer as `fetch` gives it
 * @throws Error for a create, retrieve, update or delete, which have functions of their own
 */
export async function executeRequest(request: Request): Promise<Response> {
  const { boundParameter, operationName, operationType, parameterTypes } = request.getMetadata();
  if (operationType !== ACTION && operationType !== FUNCTION)
    throw new Error(`The host executes actions and functions, not ${operationName}.`);
  const bound = boundParameter ? rowOf(request[boundParameter]) : null;
  if (boundParameter && bound === null) throw new Error(`${operationName} is bound to a row, which is missing.`);
  const names = Object.keys(parameterTypes).filter((name) => name !== boundParameter && request[name] !== undefined);
  const path =
    bound === null
      ? operationName
      : `${entitySetOf(bound.entityType)}(${bare(bound.id)})/Microsoft.Dynamics.CRM.${operationName}`;
  if (operationType === ACTION)
    return callOperation('POST', path, Object.fromEntries(names.map((name) => [name, asBody(request[name])])));
  const inline = names.map((name, index) => `${name}=@p${index + 1}`).join();
  const values = names.map((name, index) => `@p${index + 1}=${encodeURIComponent(asLiteral(request[name]))}`);
  return callOperation('GET', `${path}(${inline})${values.length > 0 ? `?${values.join('&')}` : ''}`);
}

const bare = (id: string): string => id.replace(/[{}]/g, '').toLowerCase();

function rowOf(value: unknown): RowParameter | null {
  if (typeof value !== 'object' || value === null) return null;
  const { entityType, id } = value as Partial<RowParameter>;
  return typeof entityType === 'string' && typeof id === 'string' ? { entityType, id } : null;
}

const reference = (row: RowParameter) => ({ '@odata.id': `${entitySetOf(row.entityType)}(${bare(row.id)})` });

function asBody(value: unknown): unknown {
  const row = rowOf(value);
  if (row === null) return value;
  return { '@odata.type': `Microsoft.Dynamics.CRM.${row.entityType}`, [`${row.entityType}id`]: bare(row.id) };
}

/** A value in the address of a function, as OData writes it. */
function asLiteral(value: unknown): string {
  const row = rowOf(value);
  if (row !== null) return JSON.stringify(reference(row));
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
}
