import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NotBuiltError, stageSolution } from '../../solution/tools/stage-solution';
import { REPOSITORY } from './solution-folder';

/** Independent checker of solution packages; stands beside the repository where it exists at all. */
const ORACLE = join(REPOSITORY, '..', 'shared', 'tools', 'check-solution', 'check-solution');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crmjira-staged-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Built parts are there after npm run build, which npm test runs before this. */
function stage(): boolean {
  try {
    stageSolution(REPOSITORY, folder);
    return true;
  } catch (error) {
    if (error instanceof NotBuiltError) return false;
    throw error;
  }
}

const judge = existsSync(ORACLE) ? test : test.skip;
const name = existsSync(ORACLE)
  ? 'an independent checker finds neither error nor warning in the staged solution'
  : 'skipped: the solution oracle is not beside the project';

judge(
  name,
  () => {
    if (!stage()) throw new Error('The controls or web resources are not built. Run npm run build first.');
    const { status, stdout, stderr } = spawnSync(
      ORACLE,
      ['--closed', '--strict', '--langs', '1033,3084', '--level', 'warning', folder],
      { encoding: 'utf8' },
    );
    expect(`${stdout}${stderr}`).toMatch(/ 0 errors, 0 warnings/);
    expect(status).toBe(0);
  },
  120_000,
);

test('a part that was not built is named, not left out', () => {
  const root = join(folder, 'repository');
  cpSync(join(REPOSITORY, 'solution', 'src'), join(root, 'solution', 'src'), { recursive: true });
  expect(() => stageSolution(root, join(folder, 'staged'))).toThrow(
    'webresources/dist/opportunity-form.js is not built. Run npm run build.',
  );
});
