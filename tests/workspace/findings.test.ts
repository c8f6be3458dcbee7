import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const text = readFileSync(join(root, 'docs', 'findings.md'), 'utf8');
/** First and last number of each group of findings. */
const GROUPS = [
  [101, 125],
  [201, 223],
  [301, 320],
  [401, 407],
  [501, 512],
] as const;

const entries = new Map(
  text.split(/^- (?=\*\*F-\d)/m).flatMap((entry) => {
    const [, id, state] = /^\*\*(F-\d+) (mended|partly|left)\./.exec(entry) ?? [];
    return id === undefined || state === undefined ? [] : [[id, { state, entry }] as const];
  }),
);

test('every finding is settled: mended, partly with what is left, or left with its reason', () => {
  const ids = GROUPS.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, n) => `F-${String(first + n)}`),
  );
  expect([...entries.keys()]).toEqual(ids);
});

test.each([...entries])('%s names tests that exist', (_id, { state, entry }) => {
  const named = [...entry.matchAll(/tests\/[\w/.-]+\.test\.tsx?/g)].map(([file]) => file);
  expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  if (state === 'mended') expect(entry).toMatch(/\.test\.tsx?|npm run bench/);
});
