import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What a stand-in was asked for since the last `reset`. */
export interface RequestCounts {
  readonly http: number;
  /** HTTP requests that write: of batches those with a change set. */
  readonly writes: number;
  /** Operations, those inside batches one by one: what an entitlement counts. */
  readonly operations: number;
  /** Rows written: operations that are no reads. */
  readonly rowsWritten: number;
  /** Milliseconds that each answer took. */
  readonly times: readonly number[];
  reset(): void;
}

const batchedMethod = /^(GET|POST|PATCH|PUT|DELETE) .+ HTTP\/1\.1\r?$/gm;

function methodsOf(request: FastifyRequest): readonly string[] {
  if (!request.url.endsWith('/$batch')) return [request.method];
  return [...String(request.body).matchAll(batchedMethod)].map(([, method]) => method ?? '');
}

/**
 * Counts requests to addresses that begin so; before `listen`.
 */
export function countRequests(app: FastifyInstance, prefix: string): RequestCounts {
  const none = { http: 0, writes: 0, operations: 0, rowsWritten: 0 };
  const counts = { ...none, times: [] as number[], reset: () => void Object.assign(counts, none, { times: [] }) };
  app.addHook('preHandler', async (request) => {
    if (!request.url.startsWith(prefix)) return;
    const methods = methodsOf(request);
    const written = methods.filter((method) => method !== 'GET').length;
    counts.http += 1;
    counts.operations += methods.length;
    counts.rowsWritten += written;
    if (written > 0) counts.writes += 1;
  });
  app.addHook('onResponse', async (request, reply) => {
    if (!request.url.startsWith(prefix)) return;
    counts.times.push(reply.elapsedTime);
  });
  return counts;
}
