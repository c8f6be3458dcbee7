import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { coverageLines } from '../run/least-covered';

const reached = (covered: number, total: number) => ({ covered, total });
const file = (covered: number, total: number) => {
  const all = reached(covered, total);
  return { statements: all, branches: all, functions: reached(1, 1), lines: all };
};

test('npm run coverage says the figure, workspace by workspace, and where most is left (F-223, R-2205)', () => {
  const summary = {
    total: file(190, 300),
    '/root/domain/src/a.ts': file(100, 100),
    '/root/plugins-proxy/src/b.ts': file(40, 100),
    '/root/plugins-proxy/src/c.ts': file(50, 100),
  };
  expect(coverageLines(summary, '/root', 1)).toEqual([
    'domain           statements 100.0 %, branches 100.0 %, functions 100.0 %',
    'plugins-proxy    statements 45.0 %, branches 45.0 %, functions 100.0 %',
    'all              statements 63.3 %, branches 63.3 %, functions 100.0 %',
    '',
    'Most left to reach:',
    '    60 of 100  plugins-proxy/src/b.ts',
  ]);
});

test('what the measurement leaves out are tests that there are (F-223)', () => {
  const tests = readdirSync(join(__dirname, '..', 'plugins-proxy', 'service'));
  for (const name of ['kill-nine', 'scale-out-replicas', 'against-the-sandbox', 'hundred-updates', 'load-profile'])
    expect(tests).toContain(`${name}.test.ts`);
});
