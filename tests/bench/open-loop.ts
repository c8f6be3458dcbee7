import { Pool } from 'undici';

export interface OpenLoopOptions {
  readonly url: string;
  readonly perSecond: number;
  readonly seconds: number;
  /** Connections; far above what is in flight at one time, so that nothing waits for one. */
  readonly connections?: number;
  readonly request: (number: number) => { method: string; headers: Record<string, string>; body?: Buffer };
}

/**
 * Sends requests at a constant rate whether or not the earlier ones have been answered, and counts each from the moment at which it
 * was due: a server that stands still for a second is seen by all who would have asked meanwhile (no coordinated omission).
 * autocannon's correction assumes a request a millisecond at every rate below 1,000/s and so invents answers; wrk2 is not in Debian.
 * @returns milliseconds of each request, and how many failed or were not 2xx
 */
export async function openLoop(
  options: OpenLoopOptions,
): Promise<{ readonly times: number[]; readonly failed: number }> {
  const { url, perSecond, seconds, connections = 256, request } = options;
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const total = perSecond * seconds;
  const times: number[] = [];
  let failed = 0;
  const running: Promise<void>[] = [];
  const began = performance.now();
  const send = async (number: number, due: number): Promise<void> => {
    try {
      // The pool takes methods from a list; `request` names one of it.
      const given = request(number) as { method: 'GET' | 'POST'; headers: Record<string, string>; body?: Buffer };
      const answer = await pool.request({ path: pathname, ...given });
      await answer.body.dump();
      if (answer.statusCode >= 300) failed += 1;
    } catch {
      failed += 1;
    }
    times.push(performance.now() - due);
  };
  for (let sent = 0; sent < total;) {
    const due = began + (sent * 1_000) / perSecond;
    if (performance.now() < due)
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    // Whatever has become due meanwhile goes out at once.
    for (; sent < total; sent += 1) {
      const at = began + (sent * 1_000) / perSecond;
      if (at > performance.now()) break;
      running.push(send(sent, at));
    }
  }
  await Promise.all(running);
  await pool.close();
  return { times, failed };
}
