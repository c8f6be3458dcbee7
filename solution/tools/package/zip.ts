import { unzipSync, zipSync } from 'fflate';
import { SolutionSourceError } from '../solution-source-error';
import type { SolutionFiles } from './solution-files';

/** Most that a package may unfold to, in bytes: a zip from elsewhere is not trusted with the memory. */
const MOST_UNFOLDED = 256 * 1024 * 1024;

/** Compressed by code of this repository's dependencies, not by the machine's zlib: the same bytes everywhere. */
export function zip(parts: SolutionFiles): Uint8Array {
  // Zip's first day, in the local time that it is written in: an entry says when it was made, and must say the same everywhere.
  return zipSync(Object.fromEntries(parts), { level: 9, mtime: new Date(1980, 0, 1) });
}

/** @throws SolutionSourceError when it is no zip, unfolds to too much, or names a path outside of it */
export function unzip(name: string, content: Uint8Array): SolutionFiles {
  let total = 0;
  try {
    const entries = unzipSync(content, {
      filter: (entry) => {
        total += entry.originalSize;
        if (total > MOST_UNFOLDED) throw new SolutionSourceError(name, 'zip', 'unfolds to more than 256 MB');
        if (/(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:/.test(entry.name)) {
          throw new SolutionSourceError(name, 'zip', `names a path outside of it: ${entry.name}`);
        }
        return !entry.name.endsWith('/');
      },
    });
    return new Map(Object.entries(entries));
  } catch (cause) {
    if (cause instanceof SolutionSourceError) throw cause;
    throw new SolutionSourceError(name, 'zip', 'cannot be read as a zip', { cause });
  }
}
