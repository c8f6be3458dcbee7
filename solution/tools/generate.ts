import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll } from './build/build-all';
import { resultLine } from './build/result-line';
import { leftToDo } from './consequences/left-to-do';
import { readSolution } from './read/read-solution';
import { readControlKeys, readStrings } from './read/read-strings';
import { SolutionSourceError } from './solution-source-error';
import { StringSourceError } from './string-source-error';
import { failureResx } from './write/write-failure-texts';
import { formsWithAllColumns } from './write/write-form-cells';
import { generatedFiles } from './write/generated-files';
import { stringKeyModules, stringModules } from './write/write-strings';

const ROOT = join(__dirname, '..', '..');
const USAGE = 'Use: npm run generate [-- --check | -- --no-pack]';

/**
 * Paths, from the repository's root, of generated files that do not say what `solution/src` and the texts of controls and web resources say.
 *
 * @throws SolutionSourceError when the solution cannot be read
 * @throws StringSourceError when a text lacks a language
 */
export function staleFiles(root: string = ROOT): string[] {
  return [...filesOf(root)]
    .filter(([path, content]) => currentContent(join(root, path)) !== content)
    .map(([path]) => path);
}

/** Every generated file: path from the root → content. */
function filesOf(root: string): ReadonlyMap<string, string> {
  const solution = readSolution(join(root, 'solution', 'src'));
  return new Map([
    ...generatedFiles(solution, readSolution(join(root, 'solution', 'cases'))),
    ...formsWithAllColumns(root, solution),
    ...stringModules(readStrings(root)),
    ...failureResx(root),
    ...stringKeyModules(readControlKeys(root)),
  ]);
}

function currentContent(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** Writes the stale files and nothing else; answers their paths. */
export function writeStaleFiles(root: string = ROOT): string[] {
  const stale = staleFiles(root);
  const files = filesOf(root);
  for (const path of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files.get(path) ?? '');
  }
  // The keys of a control's texts follow from a resx that may just have been written.
  return stale.length > 0 ? [...stale, ...writeStaleFiles(root)] : stale;
}

/** Whether everything follows from `solution/src`, told line by line; nothing is written. */
function check(): boolean {
  const stale = staleFiles();
  const left = leftToDo(ROOT);
  for (const path of stale) console.log(`stale  ${path}`);
  for (const { file, what } of left) console.log(`left to do  ${file}: ${what}`);
  if (stale.length > 0) console.error('Run `npm run generate` and commit the result.');
  if (stale.length + left.length === 0) console.log('Generated files say what solution/src says.');
  return stale.length + left.length === 0;
}

/**
 * The one command after a change of `solution/src`: writes what is generated from it and the packages, and says what it cannot write.
 *
 * @param packs without the packages when false: building the parts that they hold may take a minute
 * @returns whether the packages could be built
 */
export async function generate(root: string, packs: boolean, say: (line: string) => void): Promise<boolean> {
  const written = writeStaleFiles(root);
  for (const path of written) say(`written  ${path}`);
  if (written.length === 0) say('Generated files say what solution/src says.');
  for (const { file, what } of leftToDo(root)) say(`left to do  ${file}: ${what}`);
  if (!packs) return true;
  const failed = await buildAll(root, {
    began: (target) => say(`building  ${target} …`),
    built: (result) => result.outcome === 'built' && say(resultLine(result)),
    failed: ({ detail, message }) => say(`${detail.trimEnd()}\n${message}`),
  });
  return failed === 0;
}

async function main(args: readonly string[]): Promise<number> {
  const wanted = readArguments(args);
  if (wanted === undefined) return 2;
  try {
    if (wanted.check) return check() ? 0 : 1;
    return (await generate(ROOT, !wanted['no-pack'], (line) => console.log(line))) ? 0 : 1;
  } catch (error) {
    if (error instanceof SolutionSourceError) console.error(`solution/src/${error.message}`);
    else if (error instanceof StringSourceError) console.error(error.message);
    else throw error;
    return 1;
  }
}

function readArguments(args: readonly string[]) {
  const options = { check: { type: 'boolean' }, 'no-pack': { type: 'boolean' } } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return undefined;
  }
}

if (require.main === module)
  main(process.argv.slice(2)).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
