import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagePaths } from '@crmjira/solution';

export class NotPackedError extends Error {
  static readonly code = 'NOT_PACKED';
  readonly code = NotPackedError.code;

  constructor(path: string) {
    super(`${path} is not packed: run npm run build.`);
  }
}

/**
 * The product's managed packages from `dist/`, in the order of their import: what an administrator would upload.
 * @throws NotPackedError
 */
export function packedSolutions(root: string): readonly Uint8Array[] {
  return packagePaths(root, true).map((path) => {
    if (!existsSync(join(root, path))) throw new NotPackedError(path);
    return new Uint8Array(readFileSync(join(root, path)));
  });
}
