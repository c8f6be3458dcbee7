import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readSolution } from './read/read-solution';
import { SolutionSourceError } from './solution-source-error';
import { generatedFiles } from './write/generated-files';

const ROOT = join(__dirname, '..', '..');

/**
 * Paths, from the repository's root, of generated files that do not say what `solution/src` says.
 *
 * @throws SolutionSourceError when the solution cannot be read
 */
export function staleFiles(root: string = ROOT): string[] {
  return [...generatedFiles(readSolution(join(root, 'solution', 'src')))]
    .filter(([path, content]) => currentContent(join(root, path)) !== content)
    .map(([path]) => path);
}

function currentContent(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** Writes the stale files and nothing else; answers their paths. */
export function writeStaleFiles(root: string = ROOT): string[] {
  const stale = staleFiles(root);
  const files = generatedFiles(readSolution(join(root, 'solution', 'src')));
  for (const path of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files.get(path) ?? '');
  }
  return stale;
}

function main(args: readonly string[]): number {
  const unknown = args.filter((arg) => arg !== '--check');
  if (unknown.length > 0) {
    console.error(`Unknown argument ${unknown.join(' ')}. Use: npm run generate [-- --check]`);
    return 2;
  }
  try {
    const check = args.includes('--check');
    const stale = check ? staleFiles() : writeStaleFiles();
    for (const path of stale) console.log(`${check ? 'stale' : 'written'}  ${path}`);
    if (stale.length === 0) console.log('Generated files say what solution/src says.');
    else if (check) console.error('Run `npm run generate` and commit the result.');
    return check && stale.length > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof SolutionSourceError)) throw error;
    console.error(`solution/src/${error.message}`);
    return 1;
  }
}

if (require.main === module) process.exitCode = main(process.argv.slice(2));
