import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Faults } from '../../faults/fault-rules';
import { registerSwitches } from '../../faults/switch-routes';
import { resetMinute } from '../rate-limits';
import type { Site } from '../site/site';

/** Switches of the site and, as it is another company's service with outages of its own, of Tempo Cloud on the same listener. */
export interface SiteFaults {
  readonly jira: Faults;
  readonly tempo: Faults;
}

/** Whether a path is of Tempo Cloud's API 4. */
const isTempoCloud = (path: string): boolean => path.startsWith('/4/');

function errorPage(status: number): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Oops - an error has occurred</title></head><body class="error-page error${status}"><h1>${status}</h1><p>Something went wrong on our side.</p></body></html>`;
}

/** Makes requests misbehave as the switches say, before anything else looks at them. */
export function applyFaults(app: FastifyInstance, { jira, tempo }: SiteFaults): void {
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    if (path.startsWith('/sandbox/')) return undefined;
    const ofTempo = isTempoCloud(path);
    const rule = (ofTempo ? tempo : jira).take(request.method, path);
    if (!rule) return undefined;
    if (rule.delayMs > 0) await pause(rule.delayMs);
    if (rule.hangUp) {
      request.raw.socket.destroy();
      return reply.hijack();
    }
    if (rule.status === undefined) return undefined;
    reply.status(rule.status);
    if (rule.retryAfter !== undefined) reply.header('retry-after', String(rule.retryAfter));
    if (rule.status === 429 && rule.retryAfter !== undefined && !ofTempo)
      reply.header('x-ratelimit-reset', resetMinute(Date.now(), rule.retryAfter));
    if (rule.status === 429 && !ofTempo)
      reply.header('ratelimit-reason', 'jira-burst-based').header('x-ratelimit-remaining', '0');
    if (rule.html) return reply.type('text/html; charset=utf-8').send(errorPage(rule.status));
    const message = rule.says ?? `The sandbox was told to answer ${rule.status}.`;
    return reply.send(ofTempo ? { errors: [{ message }] } : { errorMessages: [message], errors: {} });
  });
}

/** The sandbox's own switches and its log of deliveries; no part of Jira. */
export function registerFaultRoutes(app: FastifyInstance, site: Site, { jira, tempo }: SiteFaults): void {
  registerSwitches(app, {
    url: '/sandbox/faults',
    faults: jira,
    refuse: (reply, problems) => reply.status(400).send({ errorMessages: problems, errors: {} }),
  });
  registerSwitches(app, {
    url: '/sandbox/tempo/faults',
    faults: tempo,
    refuse: (reply, problems) => reply.status(400).send({ errors: problems.map((message) => ({ message })) }),
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
