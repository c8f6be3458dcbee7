import type { FastifyInstance } from 'fastify';
import { mayRead } from '../metrics/may-read';
import type { HealthReport } from './health-report';

export interface HealthRoutesOptions {
  readonly report: () => Promise<HealthReport>;
  /** True once deliveries are accepted, false again while stopping and while the store can keep none. */
  readonly ready: () => boolean | Promise<boolean>;
  /** Any of them opens the details, as they are now; none, or left out: this machine only. */
  readonly tokens?: () => readonly string[];
}

/**
 * `/health`: the status for everybody, the rest for who may read the metrics as well (F-315). `/ready` for whatever sends traffic here.
 */
export async function healthRoutes(app: FastifyInstance, options: HealthRoutesOptions): Promise<void> {
  app.get('/health', { logLevel: 'warn' }, async (request, reply) => {
    const report = await options.report();
    const shown = mayRead(request, options.tokens?.() ?? []) ? report : { status: report.status };
    return reply.status(report.status === 'down' ? 503 : 200).send(shown);
  });
  app.get('/ready', { logLevel: 'warn' }, async (_request, reply) => {
    const ready = await options.ready();
    return reply.status(ready ? 200 : 503).send({ ready });
  });
}
