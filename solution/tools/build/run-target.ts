import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BuildError, type BuildTarget } from './build-target';
import { contentHash } from './content-hash';

export interface BuildResult {
  readonly target: string;
  readonly outcome: 'built' | 'fresh';
  readonly seconds: number;
  /** of the first output, in bytes */
  readonly raw: number;
  readonly gzip: number;
}

/** Whether the outputs exist and were built from what the inputs hold now. */
export function isFresh(root: string, target: BuildTarget): boolean {
  const stamp = join(root, target.stamp);
  return (
    target.outputs.every((output) => existsSync(join(root, output))) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === contentHash(root, target.inputs)
  );
}

/**
 * Builds a target unless it is fresh.
 *
 * @param began told before a build begins
 * @throws BuildError
 */
export async function runTarget(
  root: string,
  target: BuildTarget,
  force: boolean,
  began: () => void = () => undefined,
): Promise<BuildResult> {
  const start = performance.now();
  const fresh = !force && isFresh(root, target);
  if (!fresh) {
    began();
    await build(root, target);
  }
  const content = readFileSync(join(root, target.outputs[0] ?? ''));
  return {
    target: target.name,
    outcome: fresh ? 'fresh' : 'built',
    seconds: (performance.now() - start) / 1000,
    raw: content.length,
    gzip: gzipSync(content).length,
  };
}

async function build(root: string, target: BuildTarget): Promise<void> {
  // Hashed before: a source that changes meanwhile makes the result stale, as it should.
  const hash = contentHash(root, target.inputs);
  const stamp = join(root, target.stamp);
  rmSync(stamp, { force: true });
  await target.build();
  const missing = target.outputs.find((output) => !existsSync(join(root, output)));
  if (missing !== undefined) throw new BuildError(target.name, `The tool ended well but did not write ${missing}.`);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}
