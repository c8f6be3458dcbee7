import { z } from 'zod';
import { recordedServer } from './recorded-server';

const value = z.object({
  stringValue: z.string().optional(),
  intValue: z.union([z.string(), z.number()]).optional(),
  doubleValue: z.number().optional(),
  boolValue: z.boolean().optional(),
});
const attributes = z.array(z.object({ key: z.string(), value })).default([]);
/** What OTLP over HTTP with JSON carries (opentelemetry-proto, trace service), as far as it is looked at. */
const exported = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string().regex(/^[0-9a-f]{32}$/),
              spanId: z.string().regex(/^[0-9a-f]{16}$/),
              parentSpanId: z.string().optional(),
              name: z.string(),
              attributes,
              status: z.object({ code: z.number().optional(), message: z.string().optional() }).optional(),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** A span as the collector got it. */
export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly status: { readonly code?: number | undefined; readonly message?: string | undefined } | undefined;
}

const plain = (one: z.output<typeof value>): unknown =>
  one.stringValue ?? one.intValue ?? one.doubleValue ?? one.boolValue;

/** A collector for OTLP over HTTP, as far as traces go. */
export async function startCollector() {
  const server = await recordedServer(({ method, path }) =>
    method === 'POST' && path === '/v1/traces' ? { body: { partialSuccess: {} } } : undefined,
  );
  return {
    url: server.url,
    seen: server.seen,
    close: server.close,
    spans: (): readonly CollectedSpan[] =>
      server.seen
        .flatMap(({ body }) => exported.parse(JSON.parse(body)).resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
        .map(({ parentSpanId, status, attributes: given, ...span }) => ({
          ...span,
          parentSpanId,
          status,
          attributes: Object.fromEntries(given.map((one) => [one.key, plain(one.value)])),
        })),
  };
}
