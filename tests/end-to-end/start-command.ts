import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repositoryRoot } from '../../sandbox/src/form-host/index';
import { eventually } from '../plugins-proxy/eventually';

export interface Started {
  /** Everything that it has printed so far. */
  said(): string;
  /** Resolves when it has printed something. @throws when it ends before */
  untilItSays(text: string, withinMs: number): Promise<void>;
  /** Ctrl+C. @returns the exit code */
  interrupt(): Promise<number | null>;
  ended(): Promise<number | null>;
}

/** `npm start` without npm: the same file, a process of its own. */
export function runStart(
  environment: Readonly<Record<string, string>>,
  options: { readonly args?: readonly string[]; readonly nodeArgs?: readonly string[] } = {},
): Started {
  const child: ChildProcess = spawn(
    process.execPath,
    [...(options.nodeArgs ?? []), join(repositoryRoot, 'sandbox', 'start.cjs'), ...(options.args ?? [])],
    { env: { PATH: process.env['PATH'] ?? '', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  const end = once(child, 'close').then(() => child.exitCode);
  return {
    said: () => output,
    untilItSays: async (text, withinMs) => {
      const ended = end.then(() => 'ended');
      const said = eventually(async () => {
        if (!output.includes(text)) throw new Error(`Not said within ${withinMs} ms: ${output}`);
        return 'said';
      }, withinMs);
      if ((await Promise.race([ended, said])) === 'ended') throw new Error(`It ended: ${output}`);
    },
    interrupt: async () => {
      if (child.exitCode === null) child.kill('SIGINT');
      return end;
    },
    ended: () => end,
  };
}
