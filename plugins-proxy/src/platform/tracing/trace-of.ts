import { createHash } from 'node:crypto';

/** Identifiers of a trace and of its first span, in hex as W3C Trace Context writes them. */
export interface TraceIds {
  readonly traceId: string;
  readonly spanId: string;
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The trace of a correlation id. Derived, so that the job that another replica runs later continues the trace of the delivery
 * without the queue knowing of traces, and so that the id in a log row or an e-mail is the trace's own: a UUID without its dashes.
 */
export function traceOf(correlationId: string): TraceIds {
  const hash = digest(correlationId);
  return {
    traceId: uuid.test(correlationId) ? correlationId.replaceAll('-', '').toLowerCase() : hash.slice(0, 32),
    spanId: hash.slice(32, 48),
  };
}

/** The correlation id that belongs to a `traceparent` header, so that a caller's trace is continued; undefined when it is none. */
export function correlationOfTraceparent(header: string | undefined): string | undefined {
  const [, id] = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(header ?? '') ?? [];
  if (id === undefined || /^0+$/.test(id)) return undefined;
  return [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-');
}
