import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

interface Test {
  readonly path: string;
  readonly context: {
    readonly config: { readonly id: string; readonly rootDir: string; readonly cacheDirectory: string };
    readonly hasteFS: { getSize(path: string): number };
  };
}
// A module of jest's own kind, without types.
const DearestFirst = jest.requireActual<{
  new (): { sort(tests: Test[]): Test[] };
  readonly dearest: readonly string[];
}>('../dearest-first.cjs');

const root = join(__dirname, '..', '..');

test('each file that is begun first is there', () => {
  expect(DearestFirst.dearest.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test('jest begins with the dearest files, in their order, then with the largest', () => {
  // A place without a memory of durations, as on a clean clone.
  const config = { id: 'none', rootDir: root, cacheDirectory: join(root, 'nowhere') };
  const hasteFS = { getSize: (path: string) => statSync(path).size };
  const of = (file: string): Test => ({ path: join(root, file), context: { config, hasteFS } });
  const [first = '', second = ''] = DearestFirst.dearest;
  const [small, large] = ['tests/plugins-proxy/eventually.ts', 'tests/plugins-proxy/stand-ins.ts'];
  const sorted = new DearestFirst().sort([small, second, large, first].map(of));
  expect(sorted.map(({ path }) => path)).toEqual([first, second, large, small].map((file) => join(root, file)));
});
