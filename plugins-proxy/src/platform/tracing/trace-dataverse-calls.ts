import type { Span } from '@opentelemetry/api';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { currentCorrelation } from '../log/correlation';
import { activeTracing } from './spans';

/** The channels' messages are documented by Node, but untyped. */
const parts = (message: unknown) => message as { request: ClientRequest; response?: IncomingMessage };

/** Table and operation; ids, alternate keys and filters may hold names and are left out (R-1220). */
function operationOf(path: string): string {
  return /^\/api\/data\/v[\d.]+\/([$\w]+)/.exec(path)?.[1] ?? 'other';
}

/**
 * Makes a span of each HTTP call to Dataverse, where Node announces it: the client library lets nobody add a header to a batch of
 * its own making.
 * @returns ends it
 */
export function traceDataverseCalls(origin: string): () => void {
  const spans = new WeakMap<ClientRequest, Span>();
  const created = (message: unknown): void => {
    const { request } = parts(message);
    const tracing = activeTracing();
    if (tracing === null || `${request.protocol}//${String(request.getHeader('host'))}` !== origin) return;
    const { api, tracer } = tracing;
    const correlationId = currentCorrelation();
    const span = tracer.startSpan(`dataverse ${request.method}`, {
      kind: api.SpanKind.CLIENT,
      attributes: {
        'http.request.method': request.method,
        'server.address': request.host,
        'crmjira.dataverse.operation': operationOf(request.path),
        ...(correlationId === undefined ? {} : { 'crmjira.correlation_id': correlationId }),
      },
    });
    spans.set(request, span);
    const { traceId, spanId, traceFlags } = span.spanContext();
    request.setHeader('traceparent', `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`);
  };
  const end = (message: unknown): void => {
    const { request, response } = parts(message);
    const span = spans.get(request);
    const tracing = activeTracing();
    if (span === undefined || tracing === null) return;
    spans.delete(request);
    const status = response?.statusCode;
    if (status !== undefined) span.setAttribute('http.response.status_code', status);
    if (status === undefined || status >= 400) span.setStatus({ code: tracing.api.SpanStatusCode.ERROR });
    span.end();
  };
  const listeners: [string, (message: unknown) => void][] = [
    ['http.client.request.created', created],
    ['http.client.response.finish', end],
    ['http.client.request.error', end],
  ];
  for (const [channel, listener] of listeners) subscribe(channel, listener);
  return () => {
    for (const [channel, listener] of listeners) unsubscribe(channel, listener);
  };
}
