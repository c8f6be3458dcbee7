import type { FastifyInstance, FastifyReply, FastifyRequest, onResponseHookHandler } from 'fastify';

/** What is done once a request has been answered. */
export type AfterAnswer = (request: FastifyRequest, reply: FastifyReply) => void;

/**
 * Adds an onResponse hook to matching routes of all plugins that are registered later. Chosen when a route is added and not
 * at each request: a hook that looks whether it is meant costs every relayed request as much as its log line.
 * @param choose what to do after an answer of the route with this address; null: nothing
 */
export function afterAnswersOf(app: FastifyInstance, choose: (url: string) => AfterAnswer | null): void {
  app.addHook('onRoute', (route) => {
    const act = choose(route.url);
    if (act === null) return;
    const hook: onResponseHookHandler = (request, reply, done) => {
      act(request, reply);
      done();
    };
    const before = route.onResponse ?? [];
    route.onResponse = [...(Array.isArray(before) ? before : [before]), hook];
  });
}
