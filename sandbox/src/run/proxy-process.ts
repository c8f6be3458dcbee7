import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';

export interface ProxyProcessOptions {
  readonly root: string;
  /** The built bundle, as an administrator runs it, or the source. */
  readonly from: 'bundle' | 'source';
  /** Its whole configuration; nothing else of this process's environment reaches it but the search path and the
   * place of compiled code. */
  readonly environment: Readonly<Record<string, string>>;
  readonly url: string;
  readonly report: (message: string) => void;
  /** Where its log goes; this process's own output when left out. */
  readonly logFile?: string;
}

export interface ProxyProcess {
  readonly pid: () => number | undefined;
  /** Ends the process without warning; it is started again. */
  readonly kill: () => void;
  /** @throws Error when it is not ready in time */
  readonly ready: (withinMs: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Milliseconds before a proxy that ended is started again; longer each time it ends at once. */
const restartAfter = [200, 1_000, 5_000];
/** Milliseconds after which a start counts as a good one. */
const steadyAfter = 10_000;
const lookEvery = 100;
/** Milliseconds that the process has to stop by itself. */
const stopWithin = 5_000;

/** Runs the proxy as a process of its own and keeps it running. */
export function startProxyProcess(options: ProxyProcessOptions): ProxyProcess {
  let child: ChildProcess | null = null;
  let stopping = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastWords = '';

  const log = options.logFile === undefined ? 'inherit' : openSync(options.logFile, 'a');
  const start = () => {
    const startedAt = Date.now();
    const running = spawn(process.execPath, commandLine(options), {
      cwd: options.root,
      env: { PATH: process.env['PATH'] ?? '', ...compileCache(), ...options.environment },
      // The channel ends the proxy with this process, however this one ends.
      stdio: ['ignore', log, 'pipe', 'ipc'],
    });
    child = running;
    running.stderr?.on('data', (chunk: Buffer) => {
      lastWords = `${lastWords}${chunk.toString('utf8')}`.slice(-2_000);
    });
    running.on('exit', (code, signal) => {
      if (stopping) return;
      failures = Date.now() - startedAt > steadyAfter ? 0 : failures + 1;
      const wait = restartAfter[Math.min(failures, restartAfter.length - 1)] ?? 0;
      const how = signal ? `by ${signal}` : `with code ${code ?? 'unknown'}`;
      // Ctrl+C in a terminal reaches the proxy as well: by then this process is stopping too, and nothing is to be said.
      timer = setTimeout(() => {
        options.report(`The proxy ended ${how}; starting it again.${lastWords ? `\n${lastWords.trim()}` : ''}`);
        lastWords = '';
        start();
      }, wait);
    });
  };
  start();

  return {
    pid: () => child?.pid,
    kill: () => void child?.kill('SIGKILL'),
    ready: async (withinMs) => {
      const until = Date.now() + withinMs;
      while (Date.now() < until) {
        if (await isReady(options.url)) return;
        await new Promise((resolve) => setTimeout(resolve, lookEvery));
      }
      throw new Error(`The proxy was not ready within ${withinMs / 1000} seconds. ${lastWords.trim()}`);
    },
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      if (typeof log === 'number') closeSync(log);
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const force = setTimeout(() => child?.kill('SIGKILL'), stopWithin);
      await gone;
      clearTimeout(force);
    },
  };
}

/** Where Node keeps compiled code from one start to the next; nothing that the proxy itself could see. */
function compileCache(): Record<string, string> {
  const folder = process.env['NODE_COMPILE_CACHE'];
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}

function commandLine({ root, from }: ProxyProcessOptions): string[] {
  const bundle = join(root, 'plugins-proxy', 'dist', 'server.js');
  const quiet = '--disable-warning=ExperimentalWarning';
  if (from === 'bundle' && existsSync(bundle)) return [quiet, '--enable-source-maps', bundle];
  return [quiet, '--import', 'tsx', join(root, 'plugins-proxy', 'src', 'server.ts')];
}

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await request(`${url}/ready`);
    await answer.body.dump();
    return answer.statusCode === 200;
  } catch {
    // not listening yet
    return false;
  }
}
