import fastify, { type FastifyInstance } from 'fastify';
import { setTimeout as pause } from 'node:timers/promises';
import { Faults } from '../faults/fault-rules';
import { registerSwitches } from '../faults/switch-routes';
import { registerPages } from './pages';
import { createLimiter, DEFAULT_LIMITS, type RateLimits } from './rate-limits';
import { registerApi, type SentryToken } from './routes';
import { createSite, type SentrySite } from './site';
import { issueView, type Place } from './views';
import { createSender, type WebhookTarget } from './webhooks';

export { seedSentry } from './sample';
export { ALL_SCOPES } from './routes';

export interface SentryOptions {
  /** JSON file, or `:memory:` */
  readonly stateFile: string;
  /** origin under which people and programs reach it */
  readonly publicUrl: string;
  /** slug of its one organization */
  readonly organization: string;
  readonly tokens: readonly SentryToken[];
  /** null: nobody wants webhooks */
  readonly webhook: WebhookTarget | null;
  readonly rateLimits?: RateLimits;
  readonly clock?: () => Date;
}

export interface Sentry {
  readonly app: FastifyInstance;
  readonly site: SentrySite;
  /** resolves when no delivery is under way */
  deliveriesSettled(): Promise<void>;
  close(): Promise<void>;
}

/** Makes requests misbehave as the switches say, before anything else looks at them. */
function applyFaults(app: FastifyInstance, faults: Faults): void {
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    if (!path.startsWith('/api/')) return undefined;
    const rule = faults.take(request.method, path);
    if (rule === undefined) return undefined;
    if (rule.delayMs > 0) await pause(rule.delayMs);
    if (rule.hangUp) {
      request.raw.socket.destroy();
      return reply.hijack();
    }
    if (rule.status === undefined) return undefined;
    reply.status(rule.status);
    if (rule.retryAfter !== undefined && rule.status === 503) reply.header('retry-after', String(rule.retryAfter));
    if (rule.status === 429) {
      const reset = Math.ceil(Date.now() / 1_000 + (rule.retryAfter ?? 1));
      reply.header('x-sentry-rate-limit-remaining', '0').header('x-sentry-rate-limit-reset', String(reset));
    }
    if (rule.html)
      return reply.type('text/html; charset=utf-8').send(`<html><body><h1>${rule.status}</h1></body></html>`);
    return reply.send({ detail: `The sandbox was told to answer ${rule.status}.` });
  });
}

/**
 * Sentry's Web API 0 and the webhooks of an internal integration, built from its documents (docs.sentry.io/api, and the webhooks of its
 * integration platform): lists by Link cursors, one second for the answer of a webhook, no second try.
 */
export function createSentry(options: SentryOptions): Sentry {
  const clock = options.clock ?? (() => new Date());
  const place: Place = { publicUrl: options.publicUrl.replace(/\/$/, ''), organization: options.organization };
  const site = createSite({ stateFile: options.stateFile, clock });
  const faults = new Faults();
  const sender = createSender(options.webhook, () => faults.settings.deliveries, clock);
  site.onEvent((action, issue, actor) => {
    const project = site.projects().find(({ id }) => id === issue.projectId);
    if (project !== undefined) sender.send(action, issueView(place, issue, project, clock()), actor);
  });
  const app = fastify({ forceCloseConnections: true, routerOptions: { ignoreTrailingSlash: true } });
  applyFaults(app, faults);
  const take = createLimiter(options.rateLimits ?? DEFAULT_LIMITS, clock);
  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/api/')) return undefined;
    const { allowed, headers } = take(`${request.method} ${request.routeOptions.url ?? 'unknown'}`);
    reply.headers(headers);
    if (allowed) return undefined;
    const { requests, windowSeconds } = options.rateLimits ?? DEFAULT_LIMITS;
    const words = `You are attempting to use this endpoint too frequently. Limit is ${requests} requests in ${windowSeconds} seconds`;
    return reply.status(429).send({ detail: words });
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.status(404).send({ detail: 'The requested resource does not exist' }),
  );
  registerApi(app, { site, place, tokens: options.tokens, clock });
  registerPages(app, site, place, sender.sent);
  registerSwitches(app, {
    url: '/sandbox/faults',
    faults,
    refuse: (reply, problems) => reply.status(400).send({ detail: problems.join(' ') }),
  });
  return {
    app,
    site,
    deliveriesSettled: sender.settled,
    close: async () => {
      await app.close();
      await sender.settled();
    },
  };
}
