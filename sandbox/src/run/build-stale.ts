import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export class BuildFailedError extends Error {
  static readonly code = 'BUILD_FAILED';
  readonly code = BuildFailedError.code;
}

/** Builds what is stale: controls, web resources, page and proxy. @throws BuildFailedError with what the build said */
export async function buildStale(root: string): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'solution', 'tools', 'build.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new BuildFailedError(`The build failed:\n${said.trim()}`);
}
