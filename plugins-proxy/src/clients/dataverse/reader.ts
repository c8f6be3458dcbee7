import type { DynamicsWebApi } from 'dynamics-web-api';
import { z } from 'zod';
import { classifyError } from '../../platform/errors/classify-error';
import { hasCode } from '../../platform/errors/has-code';

/** What to read of a table; `filter` is OData, made with the functions of `filter.ts`. */
export interface RowQuery {
  readonly select: readonly string[];
  readonly filter?: string;
  readonly orderBy?: readonly string[];
  readonly top?: number;
}

/** Typed reads. Errors are IntegrationErrors; answers are parsed where they come in. */
export interface DataverseReader {
  /** null: there is no such row */
  one<S extends z.ZodType>(
    collection: string,
    id: string,
    select: readonly string[],
    schema: S,
  ): Promise<z.output<S> | null>;
  many<S extends z.ZodType>(collection: string, query: RowQuery, schema: S): Promise<z.output<S>[]>;
  /**
   * Dataverse's own answer about what a user may do with a row: roles, teams, ownership and shares. Empty where the user or the row is
   * gone; every other failure is thrown, so that nobody is allowed something because a question failed.
   */
  rights(userId: string, record: RowReference): Promise<Rights>;
  /** Whether a user has a privilege at any depth, by roles of their own or of their teams, e.g. `prvCreatecrmjira_command`. */
  holds(userId: string, privilege: string): Promise<boolean>;
}

/** A row by the set of its table and its id. */
export interface RowReference {
  readonly collection: string;
  readonly id: string;
}

/** What RetrievePrincipalAccess grants, e.g. `WriteAccess`. */
export type Rights = ReadonlySet<string>;

/** Rows of a list that are held as they came, with all that comes along; beyond it only what was asked for is kept (F-504). */
export const rowsAtOnce = 500;

/** One row by its id, the first page of a query, what a user may do with a row, or whether they hold a privilege. */
export type ReadRequest =
  | { readonly collection: string; readonly id: string; readonly select: readonly string[] }
  | { readonly collection: string; readonly query: RowQuery }
  | { readonly userId: string; readonly record: RowReference }
  | { readonly userId: string; readonly privilege: string };

const accessAnswer = z.object({ AccessRights: z.string() });
const privilegeAnswer = z.object({ RolePrivileges: z.array(z.unknown()) });

/** A page of rows, as dynamics-web-api names its parts. */
export const pageAnswer = z.object({
  value: z.array(z.unknown()),
  oDataNextLink: z.string().optional(),
  oDataDeltaLink: z.string().optional(),
});

/** What Dataverse has answered, in the shape that is expected of it. @throws IntegrationError `unexpected-answer` */
export function asExpected<S extends z.ZodType>(schema: S, answer: unknown): z.output<S> {
  const { data, error } = schema.safeParse(answer);
  if (error !== undefined) throw classifyError(error, 'Dataverse');
  return data;
}

/** Reads; in a started batch it adds the read to it. */
export function sendRead(api: DynamicsWebApi, read: ReadRequest): Promise<unknown> {
  if ('privilege' in read)
    return api.callFunction({
      collection: 'systemusers',
      key: read.userId,
      name: 'Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeName',
      parameters: { PrivilegeName: read.privilege },
    });
  if ('userId' in read) {
    const target = { '@odata.id': `${read.record.collection}(${read.record.id})` };
    return api.callFunction({
      collection: 'systemusers',
      key: read.userId,
      name: 'Microsoft.Dynamics.CRM.RetrievePrincipalAccess',
      parameters: { Target: target },
    });
  }
  const { collection } = read;
  if ('id' in read) return api.retrieve({ collection, key: read.id, select: [...read.select] });
  const { select, filter, orderBy, top } = read.query;
  return api.retrieveMultiple({
    collection,
    select: [...select],
    ...(filter === undefined ? {} : { filter }),
    ...(orderBy === undefined ? {} : { orderBy: [...orderBy] }),
    ...(top === undefined ? { maxPageSize: rowsAtOnce } : { top }),
  });
}

/**
 * Typed reads over a transport.
 * @param rest the rows from a page's link on, page by page
 */
export function readerOver(
  send: (read: ReadRequest) => Promise<unknown>,
  rest: (collection: string, link: string) => AsyncIterable<readonly unknown[]>,
): DataverseReader {
  const sendOne = (read: ReadRequest): Promise<unknown> =>
    send(read).catch((error: unknown) => {
      if (hasCode(error, 'dataverse-not-found')) return null;
      throw error;
    });
  return {
    one: async (collection, id, select, schema) => {
      const answer = await sendOne({ collection, id, select });
      return answer === null ? null : asExpected(schema, answer);
    },
    rights: async (userId, record) => {
      const answer = await sendOne({ userId, record });
      if (answer === null) return new Set();
      return new Set(
        asExpected(accessAnswer, answer)
          .AccessRights.split(',')
          .map((right) => right.trim()),
      );
    },
    holds: async (userId, privilege) => {
      const answer = await sendOne({ userId, privilege });
      return answer !== null && asExpected(privilegeAnswer, answer).RolePrivileges.length > 0;
    },
    many: async (collection, query, schema) => {
      const page = z.array(schema);
      const { value, oDataNextLink } = asExpected(pageAnswer, await send({ collection, query }));
      const rows = asExpected(page, value);
      if (oDataNextLink !== undefined)
        for await (const more of rest(collection, oDataNextLink)) rows.push(...asExpected(page, more));
      return rows;
    },
  };
}
