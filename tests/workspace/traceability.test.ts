import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentMap, mapFile } from '../../solution/tools/traceability';
import { type Citations, findCitations, idsIn } from '../../solution/tools/traceability/find-citations';
import { isDemanded, readPartlyKept, readRequirements } from '../../solution/tools/traceability/requirements';
import { mapText, notCovered } from '../../solution/tools/traceability/write-map';

const root = join(__dirname, '..', '..');
const { groups, all } = readRequirements();
const citations = findCitations(root);

/** How many of the demanded requirements had no test when this was last written. It may only go down; at 0 the map is complete. */
const NOT_COVERED_AT_MOST = 0;

test('the map of requirements to tests says what the repository says (npm run generate:traceability)', () => {
  expect(readFileSync(join(root, mapFile), 'utf8')).toBe(currentMap(root));
});

test('the list holds every requirement of the demanded groups once, and none that is only planned', () => {
  const ids = all.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const counts = [...groups.keys()].map((group) => [
    group,
    all.filter((one) => isDemanded(one) && one.group === group).length,
  ]);
  // Group 9 without its two documentation-only requirements.
  expect(Object.fromEntries(counts.filter(([, count]) => count !== 0))).toEqual({
    4: 16,
    5: 20,
    6: 9,
    7: 9,
    8: 9,
    9: 13,
    10: 11,
    11: 12,
    12: 31,
    14: 11,
    15: 9,
    16: 22,
    17: 19,
    18: 37,
    23: 6,
  });
  expect(all.filter((one) => one.documentationOnly).map(({ id }) => id)).toEqual(['R-910', 'R-911']);
});

test('no requirement loses its last test', () => {
  const open = notCovered(all, citations);
  const listed = open.map(({ id, words }) => `${id} ${words}`).join('\n');
  if (open.length > NOT_COVERED_AT_MOST) throw new Error(`${open.length} without a test:\n${listed}`);
  expect(open.length).toBeLessThanOrEqual(NOT_COVERED_AT_MOST);
});

test('a range names all between its ends, inside one group only', () => {
  expect([...idsIn('R-501 to R-504, (R-908) and R-1401–R-1402; PR-101, R-12, R-99 to R-101')]).toEqual([
    'R-501',
    'R-502',
    'R-503',
    'R-504',
    'R-908',
    'R-1401',
    'R-1402',
    'R-101',
  ]);
  expect([...idsIn('R-520 to R-601')]).toEqual(['R-520', 'R-601']);
});

test('a requirement without a test is said to be open, one with a test is not, a document counts where no test can be', () => {
  const cited = (over: Partial<Citations>): Citations => ({ code: [], tests: [], documents: [], ...over });
  const some = all.filter(({ id }) => ['R-904', 'R-908', 'R-910'].includes(id));
  const found = new Map([
    ['R-904', cited({ code: ['plugins-proxy/src/a.ts'] })],
    ['R-908', cited({ tests: ['tests/a.test.ts'] })],
    ['R-910', cited({ documents: ['docs/licences.md'] })],
  ]);
  expect(notCovered(some, found).map(({ id }) => id)).toEqual(['R-904']);
  const text = mapText(groups, some, found, new Map([['R-908', 'one half of it']]));
  expect(text).toContain('Of 3 requirements 1 are named by a test, 2 by code or documents alone, 0 by nothing.');
  expect(text).toContain('- R-908: one half of it.');
  expect(text).toContain('- R-904 Gateway set-up');
  expect(text).toContain('| R-910 | Licence notes | `docs/licences.md` | document |');
});

test('the map has a row for every requirement, says which nothing names, and what is kept in part (F-220)', () => {
  const text = mapText(groups, all, new Map(), readPartlyKept());
  for (const { id } of all) expect(text).toMatch(new RegExp(`^\\| ${id} \\|`, 'm'));
  expect(text).toContain(`${all.length} by nothing.`);
  const known = new Set(all.map(({ id }) => id));
  expect([...readPartlyKept().keys()].filter((id) => !known.has(id))).toEqual([]);
  expect(text).toMatch(/^\| R-1218 \| .* \(in part\) \|/m);
});
