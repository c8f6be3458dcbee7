import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { resetMinute } from '../rate-limits';
import type { Site } from '../site/site';
import type { Faults } from './fault-rules';
import { NO_FAULTS, faultSettings } from './fault-rules';

function errorPage(status: number): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Oops - an error has occurred</title></head><body class="error-page error${status}"><h1>${status}</h1><p>Something went wrong on our side.</p></body></html>`;
}

/** Makes requests misbehave as the switches say, before anything else looks at them. */
export function applyFaults(app: FastifyInstance, faults: Faults): void {
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    if (path.startsWith('/sandbox/')) return undefined;
    const rule = faults.take(request.method, path);
    if (!rule) return undefined;
    if (rule.delayMs > 0) await pause(rule.delayMs);
    if (rule.hangUp) {
      request.raw.socket.destroy();
      return reply.hijack();
    }
    if (rule.status === undefined) return undefined;
    reply.status(rule.status);
    if (rule.retryAfter !== undefined) reply.header('retry-after', String(rule.retryAfter));
    if (rule.status === 429 && rule.retryAfter !== undefined)
      reply.header('x-ratelimit-reset', resetMinute(Date.now(), rule.retryAfter));
    if (rule.status === 429) reply.header('ratelimit-reason', 'jira-burst-based').header('x-ratelimit-remaining', '0');
    if (rule.html) return reply.type('text/html; charset=utf-8').send(errorPage(rule.status));
    return reply.send({ errorMessages: [`The sandbox was told to answer ${rule.status}.`], errors: {} });
  });
}

/** The sandbox's own switches and its log of deliveries; no part of Jira. */
export function registerFaultRoutes(app: FastifyInstance, site: Site, faults: Faults): void {
  app.get('/sandbox/faults', () => faults.settings);
  for (const method of ['PUT', 'POST'] as const)
    app.route({
      method,
      url: '/sandbox/faults',
      handler: (request, reply) => {
        const settings = faultSettings.safeParse(request.body);
        if (!settings.success)
          return reply.status(400).send({
            errorMessages: settings.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
            errors: {},
          });
        faults.set(settings.data);
        return settings.data;
      },
    });
  app.delete('/sandbox/faults', (_request, reply) => {
    faults.set(NO_FAULTS);
    return reply.status(204).send();
  });
  app.get<{ Querystring: { state?: string; event?: string; limit?: string } }>('/sandbox/deliveries', (request) => {
    const { state, event, limit = '100' } = request.query;
    const rows = site.deliveries
      .all()
      .filter((row) => (state === undefined || row.state === state) && (event === undefined || row.event === event));
    // the secret stays inside
    const shown = rows
      .slice(-Number(limit))
      .reverse()
      .map(({ secret, ...row }) => ({ ...row, signed: secret !== null }));
    return { total: rows.length, deliveries: shown };
  });
}
