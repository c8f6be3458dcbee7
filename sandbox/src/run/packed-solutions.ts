import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagePaths } from '@crmjira/solution';

/** The product's managed packages from `dist/`, in the order of their import: what an administrator would upload. */
export function packedSolutions(root: string): readonly Uint8Array[] {
  return packagePaths(root, true).map((path) => new Uint8Array(readFileSync(join(root, path))));
}
