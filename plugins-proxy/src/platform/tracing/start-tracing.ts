import type { SpanOptions } from '@opentelemetry/api';
import type { Config } from '../config/read-config';
import { guardOf } from '../http-client/guard-addresses';
import { guardedLookup } from '../http-client/site-guard';
import { setTracing } from './spans';
import { traceDataverseCalls } from './trace-dataverse-calls';
import { traceOf } from './trace-of';
import type { TracingConfig } from './tracing-config';

/** Spans that wait for their export at most; more are dropped rather than kept in memory. */
const longestQueue = 4_096;
/** How long an export may take, in milliseconds. */
const exportTimeoutMs = 10_000;

/**
 * Sends spans to the configured collector. The libraries are loaded here and nowhere else: a service without traces never reads
 * them.
 * @returns sends what still waits, then ends
 */
export async function startTracing(
  config: TracingConfig,
  dataverse: Pick<Config['dataverse'], 'url'>,
): Promise<() => Promise<void>> {
  const api = await import('@opentelemetry/api');
  const sdk = await import('@opentelemetry/sdk-trace-node');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');

  const random = new sdk.RandomIdGenerator();
  let next: { readonly traceId: string; readonly spanId: string } | null = null;
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': config.serviceName, 'service.namespace': 'crmjira' }),
    sampler: new sdk.ParentBasedSampler({
      root: new sdk.TraceIdRatioBasedSampler(config.ratio),
      // The first span may be another replica's or not have been made: the trace's id decides for all of them alike.
      remoteParentSampled: new sdk.TraceIdRatioBasedSampler(config.ratio),
    }),
    idGenerator: {
      generateTraceId: () => next?.traceId ?? random.generateTraceId(),
      generateSpanId: () => next?.spanId ?? random.generateSpanId(),
    },
    spanLimits: { attributeValueLengthLimit: 200 },
    spanProcessors: [
      new sdk.BatchSpanProcessor(
        new OTLPTraceExporter({
          url: `${config.endpoint}/v1/traces`,
          headers: { ...config.headers },
          timeoutMillis: exportTimeoutMs,
          httpAgentOptions: {
            keepAlive: true,
            lookup: guardedLookup(guardOf(config.endpoint, 'OTEL_EXPORTER_OTLP_ENDPOINT')),
          },
        }),
        { maxQueueSize: longestQueue },
      ),
    ],
  });
  provider.register({ propagator: null });
  const tracer = provider.getTracer('crmjira-proxy');
  setTracing({
    api,
    tracer,
    startFirst: (name: string, options: SpanOptions, correlationId: string) => {
      // Read by the generator within this very call.
      next = traceOf(correlationId);
      try {
        return tracer.startSpan(name, { ...options, root: true });
      } finally {
        next = null;
      }
    },
  });
  const untrace = traceDataverseCalls(new URL(dataverse.url).origin);
  return async () => {
    untrace();
    setTracing(null);
    try {
      await provider.shutdown();
    } finally {
      api.trace.disable();
      api.context.disable();
    }
  };
}
