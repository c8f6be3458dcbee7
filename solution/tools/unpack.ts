import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { asWeWrite, readFolder, writeFolder } from './package/folder-files';
import { unpackFiles } from './package/unpack-files';
import { unzip } from './package/zip';
import { SolutionSourceError } from './solution-source-error';
import { ALL_SOLUTIONS } from './stage-solution';

const ROOT = join(__dirname, '..', '..');
const USAGE = 'Use: npm run unpack -- <zip, or what SolutionPackager unpacked> <folder>';

/**
 * Writes an unpacked solution into a folder. Into a source folder of ours go only files that are source: what the build adds to the package
 * is left out. A file that already says the same stays untouched; what the package no longer has
 * is named and not removed, as a folder given by mistake would lose its content. From a folder that Microsoft's tool has unpacked come its
 * files without byte order marks and the like, so that a maker's change stands alone there too.
 */
function main([zip, folder, ...others]: readonly string[]): number {
  if (zip === undefined || folder === undefined || others.length > 0) {
    console.error(USAGE);
    return 2;
  }
  if (!existsSync(zip)) {
    console.error(`There is no file ${zip}. ${USAGE}`);
    return 2;
  }
  try {
    const unpacked = statSync(zip).isDirectory()
      ? asWeWrite(readFolder(zip))
      : unpackFiles(unzip(basename(zip), new Uint8Array(readFileSync(zip))));
    const ours = ALL_SOLUTIONS.find(({ source }) => resolve(ROOT, source) === resolve(folder));
    const files = new Map([...unpacked].filter(([path]) => ours?.isBuilt(path) !== true));
    const present = existsSync(folder) ? readFolder(folder) : new Map<string, Uint8Array>();
    const written = writeFolder(folder, files, present);
    for (const path of written) console.log(`written  ${path}`);
    for (const path of present.keys()) if (!files.has(path)) console.log(`not in the package  ${path}`);
    const built = unpacked.size - files.size;
    if (built > 0) console.log(`${built} files are built from other sources and left out`);
    console.log(`${written.length} of ${files.size} files written.`);
    return 0;
  } catch (error) {
    if (!(error instanceof SolutionSourceError)) throw error;
    console.error(error.message);
    return 1;
  }
}

process.exitCode = main(process.argv.slice(2));
