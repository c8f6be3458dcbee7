import { z } from 'zod';
import type { FieldIds } from '../../../clients/jira/resolve-fields';
import type { JiraSite } from '../../../clients/jira/jira-site';
import type { LongRunning } from '../long-running';
import type { MappedBudgets } from '../mapped-budgets';
import { requestWords } from './request-words';

/** What the operations reach, of one Jira connection. */
export interface ConnectorContext {
  /** The same of the connection that has this id or name. @throws IntegrationError with status 404 where there is none */
  readonly at: (connection: string) => Promise<ConnectorContext>;
  readonly site: JiraSite;
  /** Custom fields of this site. */
  readonly fields: () => Promise<FieldIds>;
  readonly longRunning: LongRunning;
  /**
   * Path of the budget module's contract below the site's address (`budgetPath`); null: there is none, budgets stand on the mappings.
   * @throws IntegrationError `budget-source-not-available` where the configured address is not of the site
   */
  readonly budgetModule: () => Promise<string | null>;
  readonly mappedBudgets: MappedBudgets;
}

/** What an operation answers; the status stands in its description. */
export interface Answer {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request is not as described; the message says what is wrong with which part. */
export class InvalidRequest extends Error {
  static readonly code = 'invalid-request';
  readonly code = InvalidRequest.code;
}

interface Raw {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** One operation of the connector: its description, from which route, OpenAPI and Swagger are made, and what it does. */
export interface Operation {
  /** e.g. `CreateIssue`; flows call it by this name */
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/rest`, parameters in braces. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: { readonly name: string; readonly schema: z.ZodType } | null;
  readonly answer: { readonly status: 200 | 201 | 202 | 204; readonly says: string; readonly schema: z.ZodType | null };
  /** @param prefix path before that of the operation in the request, for `Location` */
  run(context: ConnectorContext, raw: Raw, prefix: string, correlationId: string): Promise<Answer>;
}

interface Described<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> {
  readonly operationId: string;
  readonly method: Operation['method'];
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly params: P;
  readonly query: Q;
  readonly body: { readonly name: string; readonly schema: B } | null;
  readonly answer: Operation['answer'];
  readonly handle: (
    context: ConnectorContext,
    input: { readonly params: z.output<P>; readonly query: z.output<Q>; readonly body: z.output<B> },
    request: { readonly prefix: string; readonly correlationId: string },
  ) => Promise<Answer>;
}

/** What every operation that reaches Jira takes. */
const connectionQuery = z.object({
  connection: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('Name or id of the Jira connection in Dynamics; left out: the first connection'),
});

/** @param part where the value stands: `path`, `query`, or the name of the body @throws InvalidRequest */
export function check<S extends z.ZodType>(schema: S, value: unknown, part: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidRequest(requestWords(parsed.error, schema, value, part));
}

/** Makes an operation whose input is checked against its own description before it runs. */
export function operation<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  described: Described<P, Q, B>,
): Operation {
  const { handle, ...description } = described;
  return {
    ...description,
    run: async (context, raw, prefix, correlationId) => {
      const params = check(described.params, raw.params, 'path');
      const query = check(described.query, raw.query, 'query');
      // Without a described body none is read: B is then z.undefined() or unused.
      const body = described.body === null ? undefined : check(described.body.schema, raw.body, described.body.name);
      return handle(context, { params, query, body: body as z.output<B> }, { prefix, correlationId });
    },
  };
}

/** The same for one that reaches Jira: at the first connection, or at the one that the request names. */
export function jiraOperation<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  described: Described<P, Q, B>,
): Operation {
  const made = operation(described);
  const query = described.query.extend(connectionQuery.shape);
  return {
    ...made,
    query,
    run: async (context, raw, prefix, correlationId) => {
      const { connection } = check(connectionQuery, raw.query, 'query');
      return made.run(connection === undefined ? context : await context.at(connection), raw, prefix, correlationId);
    },
  };
}
