import type { z } from 'zod';
import type { configSchema } from '../config/config-schema';
import type { ConfigurationProblem } from '../config/invalid-configuration';

/** Where traces go. */
export interface TracingConfig {
  /** Address of an OTLP collector, without `/v1/traces`. */
  readonly endpoint: string;
  /** Headers of each export, e.g. the key of a collector; secret. */
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  /** Share of traces that is kept, 0 to 1; decided by the trace's id, so that all replicas agree. */
  readonly ratio: number;
}

/** `name=value,name=value`, values percent-encoded, as OpenTelemetry defines the variable; null when it is not that. */
function parseHeaders(text: string): Record<string, string> | null {
  const headers: Record<string, string> = {};
  for (const pair of text.split(',')) {
    const [, name, value] = /^\s*([\w-]+)\s*=\s*(\S.*?)\s*$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) return null;
    headers[name.toLowerCase()] = decodeURIComponent(value);
  }
  return headers;
}

/** What the variables say about traces; null = none are made. */
export function tracingConfig(
  values: z.output<typeof configSchema>,
  problems: ConfigurationProblem[],
): TracingConfig | null {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: given } = values;
  if (endpoint === undefined) return null;
  const headers = given === undefined ? {} : parseHeaders(given);
  if (headers === null)
    problems.push({
      variable: 'OTEL_EXPORTER_OTLP_HEADERS',
      expected: 'name=value pairs separated by commas',
      received: 'a value that is not shown',
    });
  return {
    endpoint,
    headers: headers ?? {},
    serviceName: values.OTEL_SERVICE_NAME,
    ratio: values.OTEL_TRACES_SAMPLER_ARG,
  };
}
