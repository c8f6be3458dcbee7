/**
 * Which tests a change can break: those whose own code, after unused exports are dropped, holds something of a changed file.
 * esbuild does the tree shaking, so that a test which imports one function of a package does not count for all of its files.
 */
import { readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { packagesFromNpmStayOutside } from '../../solution/tools/build/esbuild-bundle';

export interface AffectedTest {
  /** Relative to the repository, with slashes. */
  readonly file: string;
  /** Files whose code is part of the test: the fewer, the closer the test is to the change. */
  readonly parts: number;
}

const isTest = /\.test\.tsx?$/;
const isCode = /\.(ts|tsx)$/;

/** Every test file below `tests/`, relative to `root`. */
export function allTests(root: string): string[] {
  return readdirSync(join(root, 'tests'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isTest.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

const options = (root: string, tests: readonly string[]) =>
  ({
    absWorkingDir: root,
    entryPoints: [...tests],
    bundle: true,
    write: false,
    metafile: true,
    treeShaking: true,
    platform: 'node',
    target: 'node22.13',
    logLevel: 'silent',
    outdir: 'out-of-tests',
    plugins: [packagesFromNpmStayOutside],
    loader: { '.resx': 'empty', '.css': 'empty', '.svg': 'empty' },
  }) satisfies BuildOptions;

const partsIn = ({ inputs }: Metafile['outputs'][string]): string[] =>
  Object.keys(inputs).filter((file) => (inputs[file]?.bytesInOutput ?? 0) > 0);

/** Tests that may hold something of the changed code, and others: each file is printed once, which takes a tenth of the time. */
async function candidates(root: string, tests: readonly string[], code: ReadonlySet<string>): Promise<string[]> {
  const { metafile } = await build({ ...options(root, tests), splitting: true, format: 'esm' });
  const outputs: Record<string, Metafile['outputs'][string] | undefined> = metafile.outputs;
  const chunksFrom = (chunk: string, found = new Set<string>()): ReadonlySet<string> => {
    if (found.has(chunk)) return found;
    found.add(chunk);
    for (const { path, external } of outputs[chunk]?.imports ?? []) if (external !== true) chunksFrom(path, found);
    return found;
  };
  const holdsCode = (chunk: string): boolean => {
    const output = outputs[chunk];
    return output !== undefined && partsIn(output).some((file) => code.has(file));
  };
  return Object.entries(metafile.outputs).flatMap(([chunk, { entryPoint }]) =>
    entryPoint !== undefined && tests.includes(entryPoint) && [...chunksFrom(chunk)].some(holdsCode)
      ? [entryPoint]
      : [],
  );
}

async function partsOf(root: string, tests: readonly string[]): Promise<Map<string, readonly string[]>> {
  const { metafile } = await build({ ...options(root, tests), format: 'cjs' });
  const outputs = Object.values(metafile.outputs) as Metafile['outputs'][string][];
  return new Map(
    outputs.flatMap((output) =>
      output.entryPoint === undefined ? [] : [[output.entryPoint, partsIn(output)] as const],
    ),
  );
}

/** Tests that read a file which no code imports: by the folders that mirror it. */
function readersOf(file: string, tests: readonly string[]): string[] {
  const [top = ''] = file.split('/');
  const folders: Readonly<Record<string, readonly string[]>> = {
    solution: ['tests/solution/', 'tests/deployment/'],
    docs: ['tests/workspace/', 'tests/deployment/'],
    controls: ['tests/solution/string-modules', `tests/${dirname(file).split('/').slice(0, 2).join('/')}/`],
    webresources: ['tests/webresources/', 'tests/solution/string-modules'],
    'plugins-proxy': ['tests/plugins-proxy/operations', 'tests/deployment/'],
  };
  const places = folders[top] ?? ['tests/workspace/'];
  return tests.filter((test) => places.some((place) => test.startsWith(place)));
}

/** @returns the tests that the changed files can break, the closest first */
export async function affectedTests(root: string, changed: readonly string[]): Promise<AffectedTest[]> {
  const tests = allTests(root);
  const read = new Set(changed.filter((file) => !isCode.test(file)).flatMap((file) => readersOf(file, tests)));
  const code = new Set(changed.filter((file) => isCode.test(file)));
  const parts = await partsOf(root, [...read, ...(await candidates(root, tests, code))]);
  return tests
    .map((file) => ({ file, holds: parts.get(file) ?? [] }))
    .filter(({ file, holds }) => read.has(file) || code.has(file) || holds.some((part) => code.has(part)))
    .map(({ file, holds }) => ({ file, parts: holds.length }))
    .sort((one, other) => one.parts - other.parts || one.file.localeCompare(other.file));
}
