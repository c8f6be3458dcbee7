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
 * Lets the server end when the last answer has left. By itself node waits for callers to go: for those that keep a connection after
 * their answer as long as fastify allows that (72 s), for one that never asked anything for ever.
 * @param answersMs for tests
 */
export function endConnections(app: FastifyInstance, answersMs = lastAnswersMs): void {
  const open = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  let looking: NodeJS.Timeout | undefined;
  let ending: NodeJS.Timeout | undefined;
  app.addHook('preClose', (done) => {
    looking = setInterval(() => {
      app.server.closeIdleConnections();
      // To node a connection is not idle before its first request. Over TLS its handshake counts as asking: it has until the end.
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    }, lookEveryMs);
    ending = setTimeout(() => {
      app.log.warn({ connections: open.size }, 'connections are cut: their answers took too long to wait for');
      for (const socket of open) socket.destroy();
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
