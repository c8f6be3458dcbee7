import type { Attributes, Context, Span, SpanOptions, Tracer } from '@opentelemetry/api';
import type * as OpenTelemetry from '@opentelemetry/api';
import { classifyError } from '../errors/classify-error';
import { currentCorrelation, withCorrelation } from '../log/correlation';
import { traceOf } from './trace-of';

/** What `startTracing` has loaded. */
export interface ActiveTracing {
  readonly api: typeof OpenTelemetry;
  readonly tracer: Tracer;
  /** Starts the first span of a trace under the identifiers that `traceOf` derives. */
  readonly startFirst: (name: string, options: SpanOptions, correlationId: string) => Span;
}

/** Null while tracing is off: then a span costs one comparison. */
let active: ActiveTracing | null = null;

/** Switches spans on or off for this process. */
export function setTracing(tracing: ActiveTracing | null): void {
  active = tracing;
}

/** Tracing as it is on; null while off. */
export const activeTracing = (): ActiveTracing | null => active;

/**
 * What spans may carry: identifiers, counts and codes of our own. No amounts, names or texts of others (R-1220): an error is shown
 * by its code, never by its message.
 */
export type SpanFacts = Readonly<Record<string, string | number | boolean>>;

const attributesOf = (facts: SpanFacts): Attributes => {
  const correlationId = currentCorrelation();
  return correlationId === undefined ? { ...facts } : { 'crmjira.correlation_id': correlationId, ...facts };
};

async function inside<T>(tracing: ActiveTracing, span: Span, context: Context, work: () => Promise<T>): Promise<T> {
  const { api } = tracing;
  try {
    return await api.context.with(api.trace.setSpan(context, span), work);
  } catch (error) {
    span.setStatus({ code: api.SpanStatusCode.ERROR, message: classifyError(error).code });
    throw error;
  } finally {
    span.end();
  }
}

/** Does `work` inside a span of the trace that is under way. */
export function inSpan<T>(
  name: string,
  facts: SpanFacts,
  work: () => Promise<T>,
  kind: 'internal' | 'outgoing' = 'internal',
): Promise<T> {
  if (active === null) return work();
  const { api, tracer } = active;
  const context = api.context.active();
  const span = tracer.startSpan(
    name,
    { attributes: attributesOf(facts), kind: kind === 'outgoing' ? api.SpanKind.CLIENT : api.SpanKind.INTERNAL },
    context,
  );
  return inside(active, span, context, work);
}

/** Does `work` under a correlation id, inside a span of the trace that belongs to it, whoever has begun that trace. */
export function inTrace<T>(correlationId: string, name: string, facts: SpanFacts, work: () => Promise<T>): Promise<T> {
  return withCorrelation(correlationId, () => {
    if (active === null) return work();
    const { api, tracer } = active;
    const first = { ...traceOf(correlationId), traceFlags: api.TraceFlags.SAMPLED, isRemote: true };
    const context = api.trace.setSpanContext(api.ROOT_CONTEXT, first);
    const span = tracer.startSpan(name, { attributes: attributesOf(facts), kind: api.SpanKind.CONSUMER }, context);
    return inside(active, span, context, work);
  });
}

/** Does `work` under a correlation id, inside the first span of its trace: nobody has begun it before. */
export function inFirstSpan<T>(
  correlationId: string,
  name: string,
  facts: SpanFacts,
  work: () => Promise<T>,
): Promise<T> {
  return withCorrelation(correlationId, () => {
    if (active === null) return work();
    const span = active.startFirst(name, { attributes: attributesOf(facts) }, correlationId);
    return inside(active, span, active.api.ROOT_CONTEXT, work);
  });
}

/** The `traceparent` header of the span that is under way; nothing while tracing is off. */
export function traceHeaders(): Readonly<Record<string, string>> {
  if (active === null) return {};
  const context = active.api.trace.getSpanContext(active.api.context.active());
  if (context === undefined) return {};
  const flags = context.traceFlags.toString(16).padStart(2, '0');
  return { traceparent: `00-${context.traceId}-${context.spanId}-${flags}` };
}
