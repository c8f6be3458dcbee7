import { createServer, type IncomingHttpHeaders } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { freePort } from '../../../free-port';

/** How a relay treats what passes. */
export interface Chaos {
  /** Share that never arrives, and share that arrives twice. */
  readonly lost: number;
  readonly doubled: number;
  /** Milliseconds that each may be held back, so that one overtakes another. */
  readonly heldMs: number;
}

export interface ChaosRelay {
  readonly url: string;
  readonly counts: { readonly taken: number; readonly lost: number; readonly doubled: number };
  /** Where the service is now; null: it is gone. */
  pointTo(address: string | null): void;
  setChaos(chaos: Chaos): void;
  /** Waits until all that was held back has been sent. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const calm: Chaos = { lost: 0, doubled: 0, heldMs: 0 };

/** Headers that speak of one connection only. */
const ofConnection = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'expect', 'keep-alive']);
const passed = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' && !ofConnection.has(name) ? [[name, value]] : [],
    ),
  );

/**
 * Stands where both sides call the service. It answers each webhook with 200 at once, as a network that swallows it would look to its
 * sender, and then loses it, doubles it or holds it back; what meets a service that is gone is lost too. Reads pass as they are.
 */
export async function startChaosRelay(random: () => number): Promise<ChaosRelay> {
  const port = await freePort();
  const counts = { taken: 0, lost: 0, doubled: 0 };
  let target: string | null = null;
  let chaos = calm;
  const underWay = new Set<Promise<void>>();

  const send = async (path: string, headers: Record<string, string>, body: Buffer): Promise<void> => {
    await pause(random() * chaos.heldMs);
    try {
      if (target === null) throw new Error('the service is gone');
      const answer = await request(target + path, { method: 'POST', headers, body });
      await answer.body.dump();
      if (answer.statusCode >= 300) counts.lost += 1;
    } catch {
      // Killed before it could answer: its sender has been told otherwise.
      counts.lost += 1;
    }
  };

  const server = createServer((incoming, reply) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const [path, headers, body] = [incoming.url ?? '/', passed(incoming.headers), Buffer.concat(chunks)];
      if (incoming.method === 'POST') {
        counts.taken += 1;
        reply.end();
        const fate = random();
        const copies = fate < chaos.lost ? 0 : fate < chaos.lost + chaos.doubled ? 2 : 1;
        if (copies === 0) counts.lost += 1;
        if (copies === 2) counts.doubled += 1;
        for (let copy = 0; copy < copies; copy += 1) {
          const sent = send(path, headers, body).finally(() => underWay.delete(sent));
          underWay.add(sent);
        }
        return;
      }
      void (async () => {
        const answer = await request((target ?? 'http://localhost:1') + path, { headers });
        reply.writeHead(answer.statusCode).end(Buffer.from(await answer.body.arrayBuffer()));
      })().catch(() => reply.writeHead(502).end());
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${port}`,
    counts,
    pointTo: (address) => void (target = address),
    setChaos: (wanted) => void (chaos = wanted),
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
