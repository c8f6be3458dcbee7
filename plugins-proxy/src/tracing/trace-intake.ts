import type { FastifyInstance } from 'fastify';
import { activeTracing } from './spans';

/** Makes the first span of a delivery's trace once it is answered, so that refused ones are seen too. */
export function traceIntake(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const tracing = activeTracing();
    const route = request.routeOptions.url;
    if (tracing === null || route === undefined || !route.startsWith('/webhooks/')) return;
    const endedAt = Date.now();
    const span = tracing.startFirst(
      'intake',
      {
        kind: tracing.api.SpanKind.SERVER,
        startTime: endedAt - reply.elapsedTime,
        attributes: {
          'crmjira.correlation_id': request.id,
          'http.request.method': request.method,
          'http.route': route,
          'http.response.status_code': reply.statusCode,
          ...(reply.intakeAnswer === undefined ? {} : { 'crmjira.intake.answer': reply.intakeAnswer }),
        },
      },
      request.id,
    );
    if (reply.statusCode >= 500) span.setStatus({ code: tracing.api.SpanStatusCode.ERROR });
    span.end(endedAt);
  });
}
