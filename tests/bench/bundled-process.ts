import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { allocatorArguments, nodeFlags } from './container';

/** What is measured has the first core for itself; what asks it, and what it asks, share the last. */
export const SUBJECT_CORE = 0;
export const OTHERS_CORE = availableParallelism() - 1;
const everyCore = `0-${OTHERS_CORE}`;

/** Ticks a second in which Linux counts CPU time, on every architecture that Node runs on. */
const TICKS = 100;

/**
 * Bundles an entry with everything it needs, as the Containerfile does: what is measured is what an administrator runs.
 * @param options `readable` leaves the lines, and the path before each module, for a profile
 */
export async function bundle(entry: string, options: { readonly readable?: boolean } = {}): Promise<string> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'crmjira-bench-')), `${basename(entry, '.ts')}.cjs`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    external: ['pg-native'],
    minifyWhitespace: options.readable !== true,
    minifySyntax: true,
    logLevel: 'error',
  });
  return outfile;
}

/** Starts a command on one core. taskset becomes the command, so that the child's id is that of the process. */
export function onCore(
  core: number,
  command: string,
  arguments_: readonly string[],
  out: 'ignore' | 'pipe' | 'ipc',
): ChildProcess {
  return spawn('taskset', ['-c', String(core), command, ...arguments_], {
    stdio: out === 'ipc' ? ['ignore', 'ignore', 'inherit', 'ipc'] : ['ignore', out, 'inherit'],
  });
}

/**
 * Has work of this process done on one core. Left to itself it may be put on the subject's, and what it takes of that core counts as the
 * subject's wait.
 */
export async function keptTo<T>(core: number, work: () => Promise<T>): Promise<T> {
  const move = (to: string): void => {
    // All threads, those that collect garbage too.
    const { status } = spawnSync('taskset', ['-a', '-c', '-p', to, String(process.pid)], { stdio: 'ignore' });
    if (status !== 0) throw new Error(`taskset cannot move this process to the cores ${to}`);
  };
  move(String(core));
  try {
    return await work();
  } finally {
    move(everyCore);
  }
}

/**
 * Starts a bundled child on one core and waits for the one message it sends.
 * @param options `asInContainer` gives it the flags and the allocator of the Containerfile
 */
export async function startBundled<Message>(
  core: number,
  file: string,
  arguments_: readonly string[],
  options: { readonly asInContainer?: boolean } = {},
): Promise<Message & { readonly child: ChildProcess }> {
  const child =
    options.asInContainer === true
      ? onCore(core, 'env', [...allocatorArguments, process.execPath, ...nodeFlags(), file, ...arguments_], 'ipc')
      : onCore(core, process.execPath, [file, ...arguments_], 'ipc');
  // The children of the benches send one message, of the type that their file says.
  const [message] = (await once(child, 'message')) as [Message];
  return { ...message, child };
}

/** Seconds of CPU that a process has used so far, all of its threads together. */
export function cpuSeconds(child: ChildProcess): number {
  // proc(5): utime and stime are fields 14 and 15; the name in field 2 may have blanks.
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
