import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acceptedWarnings, judge } from '../../solution/tools/package/accepted-warnings';
import { buildPackages } from '../../solution/tools/package/build-packages';
import { askOracle, findOracle } from '../../solution/tools/package/oracle';
import { stageSolution } from '../../solution/tools/stage-solution';
import { REPOSITORY } from './solution-folder';

const ORACLE = findOracle(REPOSITORY);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crmjira-oracle-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const accepted = acceptedWarnings(REPOSITORY);

const judged = ORACLE === undefined ? test.skip : test;
const name =
  ORACLE === undefined
    ? 'skipped: the solution oracle is not beside the project'
    : 'an independent checker finds no error in the packages, and the warnings that docs/solution-checks.md explains';

judged(
  name,
  () => {
    const zips = buildPackages(REPOSITORY).map(({ fileName, content }) => {
      writeFileSync(join(folder, fileName), content);
      return join(folder, fileName);
    });
    expect(judge(askOracle(ORACLE ?? '', zips), accepted)).toEqual([]);
  },
  120_000,
);

test('an error, a warning without a reason and a reason without its warning are each named', () => {
  const finding = { level: 'warning', rule: 'OPT002', component: 'crmjira_x', message: 'small values' } as const;
  expect(judge([finding], new Set(['OPT002 crmjira_x']))).toEqual([]);
  expect(judge([{ ...finding, level: 'error' }], new Set(['OPT002 crmjira_x']))).toEqual([
    'error OPT002 crmjira_x: small values',
  ]);
  expect(judge([finding], new Set())).toEqual(['warning OPT002 crmjira_x: small values']);
  expect(judge([], new Set(['OPT002 crmjira_x']))).toEqual([
    'docs/solution-checks.md explains OPT002 crmjira_x, which is no longer found',
  ]);
});

test('a part that was not built is named, not left out', () => {
  const root = join(folder, 'repository');
  cpSync(join(REPOSITORY, 'solution', 'src'), join(root, 'solution', 'src'), { recursive: true });
  expect(() => stageSolution(root, join(folder, 'staged'))).toThrow(
    'webresources/dist/opportunity-form.js is not built. Run npm run build.',
  );
});
