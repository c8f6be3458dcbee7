import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { correlationOfTraceparent } from '../tracing/trace-of';
import { correlationHeader } from './correlation';

/** Correlation ids of others are taken over when they look like one, so that a trace runs through (R-1101). */
const correlationPattern = /^[\w-]{8,64}$/;

/** The correlation id of a request: the caller's own, that of its trace, or a new one. None of its characters is ever escaped. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-ms-correlation-request-id'] ?? headers[correlationHeader];
  if (typeof given === 'string' && correlationPattern.test(given)) return given;
  const { traceparent } = headers;
  return (typeof traceparent === 'string' ? correlationOfTraceparent(traceparent) : undefined) ?? randomUUID();
}
