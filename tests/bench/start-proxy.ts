import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { allocator, nodeFlags } from './container';

const line = z.looseObject({ msg: z.string().optional() });
export type LogLine = z.output<typeof line>;

const health = z.object({ queue: z.object({ pending: z.number() }).nullable() });
const answered = z.object({
  responses: z.array(z.object({ ms: z.number(), status: z.number() })),
  /** Connections to Jira on which a request was under way, at most. */
  connectionsInUse: z.number(),
});
export type Answered = z.output<typeof answered>;

/** The service in a process of its own. */
export interface MeasuredProxy {
  readonly url: string;
  readonly pid: number;
  /** The next line of its log with that message, from now on. */
  next(message: string, withinMs?: number): Promise<LogLine>;
  /** Waits for a line with that message, if there was none yet. */
  seen(message: string): Promise<void>;
  /** Lines with that message so far. */
  count(message: string): number;
  /** Waits until it has reconciled so many records and nothing is queued. */
  quiet(reconciled: number): Promise<void>;
  /** Its answers and its connections since the last time, or its start. */
  takeAnswered(): Promise<Answered>;
  /** Moves its clock on. */
  advance(ms: number): void;
  stop(): Promise<void>;
}

/**
 * Starts it with a SQLite store of its own, unless `environment` names another.
 * @param bundled the bundle of proxy-server.ts, to be run as the container runs the service; left out: from the source
 */
export async function startMeasuredProxy(
  environment: Readonly<Record<string, string>>,
  bundled: string | null = null,
): Promise<MeasuredProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-measured-'));
  const child = fork(bundled ?? join(__dirname, 'proxy-server.ts'), {
    execArgv: bundled === null ? ['--import', 'tsx'] : nodeFlags(),
    env: {
      PATH: process.env['PATH'] ?? '',
      STORE_FILE: join(folder, 'proxy.sqlite'),
      ...(bundled === null ? {} : allocator),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const counts = new Map<string, number>();
  const waiting = new Set<{ message: string; told: (line: LogLine) => void }>();
  if (child.stdout === null) throw new Error('the child has no output');
  createInterface(child.stdout).on('line', (text) => {
    const parsed = line.parse(JSON.parse(text));
    const message = parsed.msg ?? '';
    counts.set(message, (counts.get(message) ?? 0) + 1);
    for (const one of waiting) if (one.message === message) one.told(parsed);
  });
  const exited = once(child, 'exit');
  const [url] = z
    .tuple([z.string()])
    .rest(z.unknown())
    .parse(
      await Promise.race([
        once(child, 'message'),
        exited.then(() => {
          throw new Error('the proxy ended before it was ready');
        }),
      ]),
    );
  const next: MeasuredProxy['next'] = (message, withinMs = 300_000) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(entry);
        reject(new Error(`the proxy did not say "${message}" within ${withinMs / 1_000} s`));
      }, withinMs);
      const entry = {
        message,
        told: (told: LogLine) => {
          clearTimeout(timer);
          waiting.delete(entry);
          resolve(told);
        },
      };
      waiting.add(entry);
    });

  return {
    url,
    pid: child.pid ?? 0,
    next,
    seen: async (message) => {
      if (!counts.has(message)) await next(message);
    },
    count: (message) => counts.get(message) ?? 0,
    quiet: async (reconciled) => {
      const until = Date.now() + 300_000;
      for (;;) {
        const { queue } = health.parse(await (await fetch(`${url}/health`)).json());
        if (queue?.pending === 0 && (counts.get('reconciled') ?? 0) >= reconciled) return;
        if (Date.now() > until) throw new Error(`${queue?.pending ?? 'unknown'} jobs are still queued`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    takeAnswered: async () => {
      const told = once(child, 'message');
      child.send('answered');
      return answered.parse((await told)[0]);
    },
    advance: (ms) => void child.send({ advance: ms }),
    stop: async () => {
      child.send('stop');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
