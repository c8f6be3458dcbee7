import type { FastifyInstance } from 'fastify';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { Faults } from '../faults/fault-rules';
import { registerSwitches } from '../faults/switch-routes';

const refusal = (status: number): string => `HTTP/1.1 ${status} Refused\r\ncontent-length: 0\r\n\r\n`;

/** The tunnels that stand. */
export interface Tunnels {
  /** Cuts all of them. */
  cut(): void;
}

/**
 * A forward gateway before Jira, as a company has it at its border: it opens a tunnel by CONNECT to the hosts that it knows, and to
 * nobody else (403). What passes it does not see. `/sandbox/faults` makes it misbehave as it does Jira: a rule's path is the host
 * that is asked for, `status` what the tunnel is refused with. While rules stand, no tunnel of before goes on.
 * @param targets `host:port` of each host it leads to
 */
export function openTunnels(app: FastifyInstance, targets: readonly string[]): Tunnels {
  const faults = new Faults();
  const standing = new Set<Duplex>();
  const cut = (): void => {
    for (const socket of standing) socket.destroy();
  };
  const keep = (socket: Duplex): void => {
    standing.add(socket);
    socket.once('close', () => standing.delete(socket));
    // What one side does to its end of the tunnel the other end hears as its own end.
    socket.on('error', () => socket.destroy());
  };
  app.register(async (scope) => {
    // What flows send passes as bytes; the switches are read.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, scope.getDefaultJsonParser('error', 'error'));
    registerSwitches(scope, {
      url: '/sandbox/faults',
      faults,
      refuse: (reply, problems) => reply.status(400).send({ error: problems.join(' ') }),
      onSet: ({ rules }) => {
        if (rules.length > 0) cut();
      },
    });
  });

  async function open(target: string, socket: Duplex): Promise<void> {
    const rule = faults.take('CONNECT', target);
    if (rule && rule.delayMs > 0) await pause(rule.delayMs);
    if (rule?.hangUp) return void socket.destroy();
    if (rule?.status !== undefined) return void socket.end(refusal(rule.status));
    if (!targets.includes(target)) return void socket.end(refusal(403));
    const [host, port] = target.split(':');
    const onward = connect({ host, port: Number(port), noDelay: true });
    keep(onward);
    onward.once('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    onward.once('close', () => socket.destroy());
    socket.once('close', () => onward.destroy());
  }

  app.server.on('connect', (request, socket) => {
    keep(socket);
    open(request.url ?? '', socket).catch((error: unknown) => {
      app.log.error(error);
      socket.destroy();
    });
  });
  return { cut };
}
