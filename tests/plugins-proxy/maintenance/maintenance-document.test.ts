import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checklist } from '@crmjira/domain';

const file = join(__dirname, '..', '..', '..', 'docs', 'maintenance.md');

test('R-1505 R-1508 docs/maintenance.md lists the plan as it is run, each item with its action', () => {
  const cells = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(cells).toEqual(
    checklist.map(({ id, rhythm, title, by, action }) => [
      `\`${id}\``,
      rhythm,
      by === 'job' ? title : `${title} (signed for)`,
      action,
    ]),
  );
});
