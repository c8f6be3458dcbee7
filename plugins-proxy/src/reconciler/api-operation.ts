import type { Language } from '@crmjira/domain';
import type { z } from 'zod';

/** Who calls: a person of this environment. */
export interface ApiCaller {
  readonly userId: string;
  /** Of the sentences that they read. */
  readonly language: Language;
}

/** What an operation works with: parts of its capability, and what one request brings. */
export interface ApiContext<Parts> {
  readonly parts: Parts;
  readonly caller: ApiCaller;
  /** Starts jobs at once: somebody waits. */
  readonly enqueue: (keys: readonly string[]) => Promise<void>;
  /** Lets so many milliseconds pass. */
  readonly pause: (ms: number) => Promise<void>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An operation says no; the message is a sentence for the person. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: 400 | 404 | 409 | 422 | 503,
    /** Names the reason for programs. */
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ApiRefusal';
  }
}

export interface ApiDescription {
  /** e.g. `SearchIssues` */
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/jira`, parameters in braces. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  /** What it answers where it goes well. */
  readonly answers: readonly { readonly status: number; readonly says: string; readonly schema: z.ZodType | null }[];
}

/** One operation of the API for other clients: routes and descriptions are made from it. */
export interface ApiOperation<Parts> extends ApiDescription {
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodType | null;
  /** @param input checked by these schemas @throws ApiRefusal, IntegrationError */
  run(
    context: ApiContext<Parts>,
    input: { readonly params: unknown; readonly query: unknown; readonly body: unknown },
  ): Promise<ApiAnswer>;
}

interface Described<Parts, P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> extends ApiDescription {
  readonly params: P;
  readonly query: Q;
  readonly body: B | null;
  readonly handle: (
    context: ApiContext<Parts>,
    input: { readonly params: z.output<P>; readonly query: z.output<Q>; readonly body: z.output<B> },
  ) => Promise<ApiAnswer>;
}

/** Makes an operation whose handler sees what its schemas say. */
export const apiOperation = <Parts, P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>({
  handle,
  ...described
}: Described<Parts, P, Q, B>): ApiOperation<Parts> => ({
  ...described,
  // The route has checked each part against the schema that stands beside the handler.
  run: (context, input) => handle(context, input as Parameters<typeof handle>[1]),
});
