import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { allocator, nodeFlags } from '../bench/container';
import { keepLog } from '../log-scan/kept-logs';
import { eventually } from './eventually';
import { proxyBundle } from './proxy-bundle';

/** A proxy in a process of its own, configured by environment variables only, as an administrator runs it. */
export interface ProxyChild {
  readonly url: string;
  readonly pid: number;
  /** Ends it without warning. */
  kill(): void;
  /** Asks it to end, as a restart does. */
  end(): void;
  gone(): Promise<void>;
  lines(): string;
}

/** Several start at once on a machine that does other things as well. */
const startsWithinMs = 60_000;

/** Starts one, with the settings of node and the allocator that the image gives it, and waits until it takes deliveries; one that is killed before is waited for no longer. */
export async function startProxyChild(environment: Record<string, string>): Promise<ProxyChild> {
  const child: ChildProcess = spawn(process.execPath, [...nodeFlags(), await proxyBundle()], {
    env: { PATH: process.env['PATH'] ?? '', ...allocator, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = keepLog();
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      keep(chunk.toString());
    });
  const exited = once(child, 'exit').then(() => undefined);
  const url = environment['PUBLIC_URL'] ?? '';
  await eventually(async () => {
    if (child.signalCode === 'SIGKILL') return;
    if (child.exitCode !== null) throw new Error(`the proxy ended: ${output}`);
    const response = await fetch(`${url}/ready`);
    if (!response.ok) throw new Error(`not ready: ${output}`);
  }, startsWithinMs);
  return {
    url,
    // It has answered: it has been started.
    pid: child.pid ?? 0,
    kill: () => void child.kill('SIGKILL'),
    end: () => void child.kill('SIGTERM'),
    gone: () => exited,
    lines: () => output,
  };
}
