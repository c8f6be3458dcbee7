import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { staleFiles, writeStaleFiles } from '../../solution/tools/generate';
import { REPOSITORY, SOLUTION_SOURCE } from './solution-folder';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'crmjira-generate-'));
  cpSync(SOLUTION_SOURCE, join(root, 'solution', 'src'), { recursive: true });
  cpSync(join(REPOSITORY, 'solution', 'cases'), join(root, 'solution', 'cases'), { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

// That those of the repository say what solution/src says is a step of `npm test`.
test('a missing file, a changed one and what shows a changed label are named; only these are written, the same at each run', () => {
  expect(writeStaleFiles(root)).toHaveLength(9);
  writeFileSync(join(root, 'domain/src/schema/generated/tables.ts'), 'export const tables = {};\n');
  rmSync(join(root, 'sandbox/src/dataverse/metadata/generated/solution-metadata.json'));
  const file = join(root, 'solution/src/OptionSets/crmjira_severity.xml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('Élevée', 'Haute'));
  expect(writeStaleFiles(root)).toEqual([
    'docs/data-model.md',
    'domain/src/schema/generated/options.ts',
    'domain/src/schema/generated/tables.ts',
    'sandbox/src/dataverse/metadata/generated/solution-metadata.json',
  ]);
  expect(staleFiles(root)).toEqual([]);
});

test('npm run generate refuses arguments that it does not know', () => {
  const args = ['--import', 'tsx', 'solution/tools/generate.ts', '--chek'];
  const run = spawnSync(process.execPath, args, { cwd: REPOSITORY, encoding: 'utf8' });
  expect(run).toMatchObject({ status: 2, stderr: expect.stringContaining("Unknown option '--chek'") });
});
