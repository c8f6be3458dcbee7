import type { FastifyInstance } from 'fastify';
import type { HealthReport } from './health-report';

export interface HealthRoutesOptions {
  readonly report: () => Promise<HealthReport>;
  /** True once deliveries are accepted, false again while stopping and while the store can keep none. */
  readonly ready: () => boolean | Promise<boolean>;
}

/** `/health` for people and monitors, `/ready` for whatever sends traffic here. */
export async function healthRoutes(app: FastifyInstance, options: HealthRoutesOptions): Promise<void> {
  app.get('/health', { logLevel: 'warn' }, async (_request, reply) => {
    const report = await options.report();
    return reply.status(report.status === 'down' ? 503 : 200).send(report);
  });
  app.get('/ready', { logLevel: 'warn' }, async (_request, reply) => {
    const ready = await options.ready();
    return reply.status(ready ? 200 : 503).send({ ready });
  });
}
