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

/**
 * What Microsoft's tool has unpacked, as our files are written: without byte order mark, lines ended by LF, the last one too. Nothing else
 * is touched, so that two files that say the same are the same.
 */
export function asWeWrite(files: SolutionFiles): SolutionFiles {
  return new Map([...files].map(([path, content]) => [path, path.endsWith('.xml') ? plain(content) : content]));
}

function plain(content: Uint8Array): Uint8Array {
  // The decoder takes the byte order mark off.
  const text = new TextDecoder().decode(content).replaceAll('\r\n', '\n');
  return new TextEncoder().encode(text.endsWith('\n') ? text : `${text}\n`);
}
