import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const forms = join(root, 'solution', 'src', 'Entities', 'Opportunity', 'FormXml', 'main');

/** Columns that a code component of the main form is bound to: cells that a controlDescription names by their unique id. */
function boundColumns(): readonly string[] {
  const xml = readdirSync(forms)
    .map((file) => readFileSync(join(forms, file), 'utf8'))
    .join('\n');
  const described = new Set([...xml.matchAll(/forControl="(\{[^"]+\})"/g)].map(([, id]) => id));
  return [...xml.matchAll(/datafieldname="(\w+)"[^>]*uniqueid="(\{[^"]+\})"/g)].flatMap(([, column, id]) =>
    described.has(id) && column ? [column] : [],
  );
}

test('R-2206 the page for administrators names the column of every control of the form', () => {
  const text = readFileSync(join(root, 'docs', 'add-a-control.md'), 'utf8');
  const named = [...text.matchAll(/^\| [A-Z][\w ]+ \| `(\w+)` +\|$/gm)].map(([, column]) => column);
  expect(boundColumns().length).toBeGreaterThan(3);
  expect(named.toSorted()).toEqual([...boundColumns()].toSorted());
});
