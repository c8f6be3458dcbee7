import type { FastifyInstance } from 'fastify';
import { activeTracing } from './spans';

/** What comes in and has a trace, by the beginning of its route. */
const spanNames = { '/webhooks/': 'intake', '/relay/': 'relay' } as const;
const prefixes = Object.keys(spanNames) as readonly (keyof typeof spanNames)[];

/** Makes the first span of a request's trace once it is answered, so that refused ones are seen too. */
export function traceIntake(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const tracing = activeTracing();
    const route = request.routeOptions.url;
    const prefix = prefixes.find((each) => route?.startsWith(each) === true);
    if (tracing === null || route === undefined || prefix === undefined) return;
    const endedAt = Date.now();
    const span = tracing.startFirst(
      spanNames[prefix],
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
