import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { affectedTests } from '../run/affected-tests';
import { causeOf, failureLines } from '../run/failure-lines';

const failureOf = (check: () => void): string => {
  try {
    check();
  } catch (error) {
    return String((error as Error).stack);
  }
  throw new Error('it did not fail');
};

test('a red test names its cause in its first line', () => {
  expect(causeOf(failureOf(() => expect({ a: 1, b: 2 }).toEqual({ a: 1, b: 3 })))).toMatch(
    /^expect\(received\)\.toEqual\(expected\).* \| - +"b": 3, \| \+ +"b": 2,$/,
  );
  expect(causeOf(failureOf(() => expect(1).toBe(2)))).toContain('| Expected: 2 | Received: 1');
  const report = {
    numPassedTests: 0,
    numFailedTests: 1,
    numRuntimeErrorTestSuites: 1,
    testResults: [
      {
        name: '/house/tests/a.test.ts',
        message: '',
        assertionResults: [
          { status: 'passed', fullName: 'fine', failureMessages: [] },
          { status: 'failed', fullName: 'adds', failureMessages: ['Error: no answer within 30 s\n    at x.ts:1'] },
        ],
      },
      {
        name: '/house/tests/b.test.ts',
        message: '  ● Test suite failed to run\n\n    x is not y\n',
        assertionResults: [],
      },
    ],
  };
  expect(failureLines(report, '/house')).toEqual([
    'FAIL tests/a.test.ts › adds: no answer within 30 s',
    'FAIL tests/b.test.ts did not load: x is not y',
  ]);
});

test('a change reaches the tests that use what it changes, the closest first, and no others of the same package', async () => {
  const root = mkdtempSync(join(tmpdir(), 'crmjira-affected-'));
  const files = {
    'package.json': '{"sideEffects":false}',
    'src/index.ts': "export * from './money';\nexport * from './day';",
    'src/money.ts': 'export const add = (a: number, b: number) => a + b;',
    'src/day.ts': 'export const day = () => 1;',
    'src/bill.ts': "import { add } from './index';\nexport const bill = () => add(1, 2);",
    'tests/bill.test.ts': "import { bill } from '../src/bill';\nbill();",
    'tests/day.test.ts': "import { day } from '../src/index';\nday();",
    'tests/money.test.ts': "import { add } from '../src/index';\nadd(1, 2);",
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const found = async (...changed: string[]) => (await affectedTests(root, changed)).map(({ file }) => file);
  expect(await found('src/money.ts')).toEqual(['tests/money.test.ts', 'tests/bill.test.ts']);
  expect(await found('src/day.ts')).toEqual(['tests/day.test.ts']);
  expect(await found('tests/day.test.ts')).toEqual(['tests/day.test.ts']);
  rmSync(root, { recursive: true });
});
