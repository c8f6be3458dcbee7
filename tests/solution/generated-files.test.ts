import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { staleFiles, writeStaleFiles } from '../../solution/tools/generate';
import { readSolution } from '../../solution/tools/read/read-solution';
import { generatedFiles } from '../../solution/tools/write/generated-files';
import { REPOSITORY, SOLUTION_SOURCE } from './solution-folder';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'crmjira-generate-'));
  cpSync(SOLUTION_SOURCE, join(root, 'solution', 'src'), { recursive: true });
  cpSync(join(REPOSITORY, 'solution', 'cases'), join(root, 'solution', 'cases'), { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test('the generated files of the repository say what solution/src says', () => {
  expect(staleFiles(REPOSITORY)).toEqual([]);
});

test('a missing file and a changed one are named, and only these are written', () => {
  expect(writeStaleFiles(root)).toHaveLength(9);
  writeFileSync(join(root, 'domain/src/schema/generated/tables.ts'), 'export const tables = {};\n');
  rmSync(join(root, 'sandbox/src/dataverse/metadata/generated/solution-metadata.json'));
  const stale = [
    'domain/src/schema/generated/tables.ts',
    'sandbox/src/dataverse/metadata/generated/solution-metadata.json',
  ];
  expect(staleFiles(root)).toEqual(stale);
  expect(writeStaleFiles(root)).toEqual(stale);
  expect(staleFiles(root)).toEqual([]);
});

test('a changed label makes what shows it stale', () => {
  writeStaleFiles(root);
  const file = join(root, 'solution/src/OptionSets/crmjira_severity.xml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('Élevée', 'Haute'));
  expect(staleFiles(root)).toEqual([
    'docs/data-model.md',
    'domain/src/schema/generated/options.ts',
    'sandbox/src/dataverse/metadata/generated/solution-metadata.json',
  ]);
});

test('the same source gives the same output, byte for byte', () => {
  const cases = readSolution(join(REPOSITORY, 'solution', 'cases'));
  expect([...generatedFiles(readSolution(SOLUTION_SOURCE), cases)]).toEqual([
    ...generatedFiles(readSolution(SOLUTION_SOURCE), cases),
  ]);
});

test('npm run generate refuses arguments that it does not know', () => {
  const args = ['--import', 'tsx', 'solution/tools/generate.ts', '--chek'];
  const run = spawnSync(process.execPath, args, { cwd: REPOSITORY, encoding: 'utf8' });
  expect(run).toMatchObject({ status: 2, stderr: expect.stringContaining("Unknown option '--chek'") });
});
