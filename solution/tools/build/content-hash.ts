import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Folders that hold output, not source. pcf-scripts writes `generated` beside a control's manifest. */
const OUTPUT_FOLDER = /(^|\/)(node_modules|out|dist)$|^controls\/.*\/generated$/;

/**
 * Generated files of domain that reach no bundle, or only that of a target which names them among its inputs: types, and the lengths of
 * columns, which only the proxy's bundle holds.
 */
const LEFT_OUT: readonly string[] = [
  'domain/src/schema/generated/rows.ts',
  'domain/src/schema/generated/text-lengths.ts',
];

/**
 * SHA-256 over names and contents of the inputs, in a fixed order.
 *
 * @param root the repository's root
 * @param inputs files and folders from the root; what does not exist counts as absent, so that its coming changes the hash
 */
export function contentHash(root: string, inputs: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of inputs.flatMap((input) => filesBelow(root, input)).sort()) {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(root: string, path: string): string[] {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (stats === undefined || OUTPUT_FOLDER.test(path)) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(join(root, path))
    .map((name) => relative(root, join(root, path, name)).replaceAll('\\', '/'))
    .filter((below) => !LEFT_OUT.includes(below))
    .flatMap((below) => filesBelow(root, below));
}
