import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checklist } from '@crmjira/domain';
import { describeProgram } from '../../../../plugins-proxy/src/cli/program';

const file = join(__dirname, '..', '..', '..', '..', 'docs', 'maintenance.md');

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

test('R-1508 an action that calls a command names all that the command asks for', () => {
  const program = describeProgram(() => undefined);
  const called = checklist.flatMap(({ action }) =>
    [...action.matchAll(/"crmjira ([a-z-]+)/g)].map(([, name]) => ({ action, name })),
  );
  expect(called.length).toBeGreaterThan(3);
  const missing = called.flatMap(({ action, name }) => {
    const command = program.commands.find((one) => one.name() === name);
    if (command === undefined) return [`no command ${name}`];
    return command.options
      .filter(({ mandatory, long }) => mandatory && !action.includes(long ?? ''))
      .map(({ long }) => `${action}: ${long}`);
  });
  expect(missing).toEqual([]);
});
