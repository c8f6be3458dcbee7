import type { FastifyInstance } from 'fastify';
import { type IntakeAnswer, intakeAnswers } from '../../inbound/webhooks/answers';
import { afterAnswersOf } from './after-answers-of';
import type { Metrics } from './create-metrics';
import { mayRead } from './may-read';

export interface MetricsRoutesOptions {
  readonly metrics: Metrics;
  /** Any of them opens it, as they are now; none: this machine only. */
  readonly tokens: () => readonly string[];
  /** Brings the figures up to date that are only known when asked for. */
  readonly refresh: () => Promise<void>;
}

/** Counts and times every answered delivery; on the app itself and before its routes, so that it sees those of all plugins. */
export function countDeliveries(app: FastifyInstance, metrics: Metrics): void {
  afterAnswersOf(app, (url) => {
    if (!url.startsWith('/webhooks/')) return null;
    const source = (['jira', 'sentry'] as const).find((one) => url.startsWith(`/webhooks/${one}/`)) ?? 'dataverse';
    return (_request, reply) => {
      const name = reply.intakeAnswer;
      // A synchronous step has an answer of its own: allowed or not.
      const known: IntakeAnswer | null = name === undefined ? null : intakeAnswers[name];
      const answer = known?.code ?? (reply.statusCode < 300 ? 'allowed' : 'denied');
      metrics.deliveries.inc({ source, answer });
      metrics.intakeSeconds.observe({ source }, reply.elapsedTime / 1_000);
      if (known?.counter !== undefined) metrics.securityEvents.inc({ event: known.counter });
    };
  });
}

/** `/metrics` in Prometheus' text form. Who may not read it gets the answer of an address that does not exist. */
export async function metricsRoutes(app: FastifyInstance, options: MetricsRoutesOptions): Promise<void> {
  const { metrics } = options;
  app.get('/metrics', { logLevel: 'warn' }, async (request, reply) => {
    const tokens = options.tokens();
    if (!mayRead(request, tokens)) {
      metrics.securityEvents.inc({ event: 'metrics.refused' });
      return tokens.length === 0 ? reply.callNotFound() : reply.status(401).header('www-authenticate', 'Bearer').send();
    }
    await options.refresh();
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
