import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const document = readFileSync(join(__dirname, '..', '..', '..', '..', 'docs', 'host-fidelity.md'), 'utf8');
const rows = [...document.matchAll(/^\| (H-\d+) +\| (.+?) \| (.+?) \|$/gm)].map(([, id, behaviour, source]) => ({
  id,
  behaviour,
  source: source?.trim() ?? '',
}));
const named = readdirSync(__dirname)
  .filter((file) => file.endsWith('.test.ts') && file !== 'table.test.ts')
  .flatMap((file) => [...readFileSync(join(__dirname, file), 'utf8').matchAll(/test\(\s*'(H-\d+) /g)])
  .map(([, id]) => id);

test('every behaviour of docs/host-fidelity.md has one test that names it, and every test its row', () => {
  expect(rows.length).toBeGreaterThan(50);
  expect(named.toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
});

test('every behaviour names its page of the client API reference, or is marked as assumed', () => {
  // The elements of a RibbonDiff are documented with the version that brought them, and nowhere else.
  const page =
    /^\[[^\]]+\]\(https:\/\/learn\.microsoft\.com\/en-us\/(power-apps\/developer\/[a-z0-9/-]+|previous-versions\/dynamicscrm-2016\/developers-guide\/gg\d+%28v=crm\.8%29)\)$/;
  expect(rows.filter(({ source }) => source !== '**assumed**' && !page.test(source))).toEqual([]);
});
