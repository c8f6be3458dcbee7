import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { SolutionFiles } from './solution-files';

/** Every file below a folder. */
export function readFolder(folder: string): SolutionFiles {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [relative(folder, file).split(sep).join('/'), new Uint8Array(readFileSync(file))];
    }),
  );
}

/** Writes the files that differ from what is there, so that time stamps tell the truth. @returns their paths */
export function writeFolder(folder: string, files: SolutionFiles, present: SolutionFiles): string[] {
  const changed = [...files].filter(([path, content]) => !sameBytes(present.get(path), content));
  for (const [path, content] of changed) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return changed.map(([path]) => path);
}

export function sameBytes(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && Buffer.compare(one, other) === 0;
}
