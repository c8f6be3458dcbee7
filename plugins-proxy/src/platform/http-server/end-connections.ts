import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How often connections that have had their answer are looked for once the service ends, in milliseconds. */
const lookEveryMs = 100;
/**
 * How long answers that are under way may take once the service ends, in milliseconds: longer than Jira may by default (30 s), and
 * shorter than the 60 s that the platform gives a replica (docs/deployment.md).
 */
export const lastAnswersMs = 35_000;
/**
 * How long a connection may be in its TLS handshake, or in the head of its first request, once the service ends, in milliseconds: a few
 * round trips of a slow way. What comes in time is still told to come again.
 */
export const firstRequestMs = 3_000;

/** Callers that are connected, and which of them have asked something. */
function watchCallers(server: FastifyInstance['server']) {
  const asked = new WeakSet<Socket>();
  /** By address and port of the caller: after its handshake the same connection goes on as another socket. */
  const open = new Map<string, Socket>();
  const add = (socket: Socket): void => {
    const caller = `${socket.remoteAddress ?? ''} ${socket.remotePort ?? ''}`;
    open.set(caller, socket);
    socket.once('close', () => {
      if (open.get(caller) === socket) open.delete(caller);
    });
  };
  server.on('connection', add);
  server.on('secureConnection', add);
  server.on('request', ({ socket }: IncomingMessage) => asked.add(socket));
  return {
    count: (): number => open.size,
    /** @param which told of each connection whether it has asked and how many bytes it has sent; true = it is cut */
    cut: (which: (hasAsked: boolean, bytes: number) => boolean): void => {
      for (const socket of open.values()) if (which(asked.has(socket), socket.bytesRead)) socket.destroy();
    },
  };
}

/**
 * Lets the server end when the last answer has left. By itself node waits for callers to go: for those that keep a connection after
 * their answer as long as fastify allows that (72 s), for one that never asked anything for ever.
 * @param limits for tests; milliseconds
 */
export function endConnections(
  app: FastifyInstance,
  limits: { answersMs?: number; firstRequestMs?: number } = {},
): void {
  const callers = watchCallers(app.server);
  const answersMs = limits.answersMs ?? lastAnswersMs;
  const askWithinMs = limits.firstRequestMs ?? firstRequestMs;
  let looking: NodeJS.Timeout | undefined;
  let ending: NodeJS.Timeout | undefined;
  app.addHook('preClose', (done) => {
    const began = performance.now();
    looking = setInterval(() => {
      app.server.closeIdleConnections();
      // To node a connection is not idle before its first request. One that is silent from the start need not be waited for at all.
      const late = performance.now() - began >= askWithinMs;
      callers.cut((hasAsked, bytes) => !hasAsked && (late || bytes === 0));
    }, lookEveryMs);
    ending = setTimeout(() => {
      app.log.warn({ connections: callers.count() }, 'connections are cut: their answers took too long to wait for');
      callers.cut(() => true);
    }, answersMs);
    done();
  });
  // Once the server has closed; timers of an application that never listened end as well.
  app.addHook('onClose', (_app, done) => {
    clearInterval(looking);
    clearTimeout(ending);
    done();
  });
}
