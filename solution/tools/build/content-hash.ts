import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Folders that hold output, not source. pcf-scripts writes `generated` beside a control's manifest. */
const OUTPUT_FOLDER = /(^|\/)(node_modules|out|dist)$|^controls\/.*\/generated$/;

/** Types alone: nothing of them reaches what is built, and the type check looks at them everywhere. */
const TYPES_ONLY = 'domain/src/schema/generated/rows.ts';

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
  if (stats === undefined || OUTPUT_FOLDER.test(path) || path === TYPES_ONLY) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(join(root, path)).flatMap((name) =>
    filesBelow(root, relative(root, join(root, path, name)).replaceAll('\\', '/')),
  );
}
