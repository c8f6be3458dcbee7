import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** Below are the ports that sandbox, proxy and databases use by default. */
const LOWEST = 10_240;
/** Each jest worker asks in a part of its own, so that no two ever hold the same port between question and use. */
const PARTS = 16;

/**
 * One past the last port that the system never gives to an outgoing connection by itself. A port from above it, found free and let
 * go, may be taken by any connection of the run before its server listens (EADDRINUSE), and again while a server restarts.
 */
function end(): number {
  try {
    const [from = ''] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').split(/\s/);
    return Math.max(Number(from), LOWEST + PARTS * 100);
  } catch {
    return 32_768; // no Linux: the lowest of the usual ranges
  }
}

const size = Math.floor((end() - LOWEST) / PARTS);
const from = LOWEST + (Number(process.env['JEST_WORKER_ID'] ?? 0) % PARTS) * size;
let next = Math.floor(Math.random() * size);

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/** A port that is free and stays so until its server listens: for addresses that must be known before, and for servers that come back. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < size; tried++) {
    const port = from + (next++ % size);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port from ${from} to ${from + size - 1}: end the servers of earlier runs`);
}

/** Ports of one sandbox: the form host, and what follows it in steps of ten. */
const SANDBOX_STEPS = 8;

/** A base port for a whole sandbox: it and the ports in steps of ten above it are free. */
export async function freeBasePort(): Promise<number> {
  for (let tried = 0; tried < size; tried++) {
    const base = from + (next++ % (size - SANDBOX_STEPS * 10));
    const ports = Array.from({ length: SANDBOX_STEPS }, (_, step) => base + step * 10);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return base;
  }
  throw new Error(
    `no ${SANDBOX_STEPS} free ports in steps of ten from ${from} to ${from + size - 1}: end the servers of earlier runs`,
  );
}
