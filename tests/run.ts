/**
 * `npm test`: builds → every test in one run of jest, and types, format, order of imports, generated files and lint beside both, with one closing line
 * `N passed, N failed`; above it, each failure with its cause. A step that cannot run here is a named skip with its reason; with
 * NO_SKIPS=1 (as `.ci/run` sets it) a skip is a failure.
 *
 * `npm test -- --changed [REVISION]`: what the change since REVISION (by default everything that is not committed) can break, the
 * closest tests first, within about a minute; it says how many farther ones are left to the whole run.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './end-to-end/chromium';
import { changedFiles } from './run/changed-files';
import { failureLines, type JestReport } from './run/failure-lines';
import { withinBudget } from './run/within-budget';
import { findNotoSans } from './visual/made-with';

interface Tally {
  passed: number;
  failed: number;
  skipped: string[];
  readonly failures: string[];
}

const root = join(__dirname, '..');
const bin = join(root, 'node_modules', '.bin');
const node = process.execPath;
/** Cores of the smallest machine that runs this. */
const AT_ONCE = 2;
/** Four times the cores: tests of browsers and processes wait for most of their time. */
const WORKERS = 8;
/** Megabytes for new objects: what a test makes is mostly gone with it, and collecting it often is a twelfth of the whole run. */
const ROOM_FOR_NEW = 48;
const total: Tally = { passed: 0, failed: 0, skipped: [], failures: [] };

/** Runs a program to its end. @returns its exit code */
function run(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
    child.on('error', (error) => {
      console.error(`${command} did not start: ${error.message}`);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function fail(line: string): void {
  total.failed++;
  total.failures.push(`FAIL ${line}`);
}

interface Step {
  readonly name: string;
  readonly args: readonly string[];
}

/** Runs a step and prints what it said in one piece once it is over: another one may be under way. */
async function step({ name, args }: Step): Promise<boolean> {
  const started = Date.now();
  const child = spawn(node, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
  const ok = await new Promise<boolean>((resolve) => {
    child.on('error', (error) => {
      said.push(Buffer.from(`${name} did not start: ${error.message}\n`));
      resolve(false);
    });
    child.on('close', (code) => resolve(code === 0));
  });
  const text = Buffer.concat(said).toString('utf8');
  process.stdout.write(text);
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (ok) total.passed++;
  else fail(`${name}: ${text.split('\n').find((line) => line.trim() !== '') ?? 'it said nothing'}`);
  return ok;
}

/** Runs steps that each keep one core busy, as many at once as there are cores here. */
async function sideBySide(steps: readonly Step[], atOnce = AT_ONCE): Promise<void> {
  const waiting = [...steps];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await step(next);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** Runs jest and adds its counts; a suite that does not even load counts as one failure. */
async function jest(args: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-tests-'));
  const file = join(folder, 'report.json');
  const jestArgs = ['--json', `--outputFile=${file}`, '--testLocationInResults', `--maxWorkers=${WORKERS}`, ...args];
  const status = await run(node, [`--max-semi-space-size=${ROOM_FOR_NEW}`, join(bin, 'jest'), ...jestArgs]);
  if (!existsSync(file)) {
    fail(`tests: jest ended with ${status} and left no report`);
  } else {
    const report = JSON.parse(readFileSync(file, 'utf8')) as JestReport;
    total.passed += report.numPassedTests;
    total.failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
    total.failures.push(...failureLines(report, root));
    for (const { assertionResults } of report.testResults) {
      for (const { status: outcome, fullName } of assertionResults) {
        if (outcome === 'pending' || outcome === 'todo' || outcome === 'skipped') total.skipped.push(fullName);
      }
    }
    // A green report with a red exit (a leak, a crash on the way out) is not a pass.
    if (status !== 0 && report.numFailedTests + report.numRuntimeErrorTestSuites === 0)
      fail(`tests: every test passed but jest ended with ${status}`);
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Checks that need what no package brings and what lies beside the project, or not: the judge of solution packages, schemas, exports. */
const BESIDE_THE_PROJECT =
  /the (solution oracle|connector schema|schema of solutions|folder of exports) is not beside the project/;

const tsx = ['--import', 'tsx'];
const generated: Step = { name: 'generated files are fresh', args: [...tsx, 'solution/tools/generate.ts', '--check'] };
const builds: Step = { name: 'builds', args: [...tsx, 'solution/tools/build.ts'] };
/** What has not changed since the last run is not looked at again. */
const remembered = ['--incremental', '--tsBuildInfoFile', 'node_modules/.cache/crmjira-tests/types.tsbuildinfo'];
const types: Step = {
  name: 'types',
  // Version 7 takes a third of the time of version 5, whose interface in JavaScript eslint and pcf-scripts need. Several checkers would check
  // what they share several times.
  args: [
    join(root, 'node_modules', 'typescript-7', 'bin', 'tsc'),
    '-p',
    'tsconfig.json',
    '--checkers',
    '1',
    ...remembered,
  ],
};
const lint = (files: readonly string[]): Step => ({
  name: 'lint',
  args: [join(bin, 'eslint'), ...files, '--max-warnings', '0', '--no-warn-ignored'],
});
const imports: Step = { name: 'order of imports', args: [join(bin, 'depcruise'), '.'] };
const format = (files: readonly string[]): Step => ({
  name: 'format',
  args: [join(bin, 'oxfmt'), '--check', '--no-error-on-unmatched-pattern', ...files],
});

async function everything(): Promise<void> {
  // Tests of browsers need the builds. The other steps take the time in which tests wait; no step reads what another one writes.
  const others = sideBySide([types, format(['.']), imports, generated, lint(['.'])], 1);
  const isBuilt = await step(builds);
  const projects = ['node', 'browser', 'browser-react-17'];
  if (!findChromium()) {
    total.skipped.push('browser tests: Chromium is not installed (Debian: apt-get install chromium-headless-shell)');
  } else if (isBuilt) {
    projects.push('end-to-end');
    if (findNotoSans()) projects.push('visual');
    else total.skipped.push('states and looks: Noto Sans is not installed (Debian: apt-get install fonts-noto-core)');
  } else {
    fail('browser tests: nothing to load, the builds failed');
  }
  // A test that failed half way may leave a browser or a sandbox behind: that must not keep the run from its closing line.
  await jest(['--selectProjects', ...projects, '--forceExit']);
  await others;
}

async function changed(since: string): Promise<void> {
  const files = changedFiles(root, since);
  if (files.length === 0) {
    console.log(`Nothing has changed since ${since}. Name a revision: npm test -- --changed main`);
    return;
  }
  const present = files.filter((file) => existsSync(join(root, file)));
  const code = present.filter((file) => /\.(ts|tsx|cjs|mjs)$/.test(file));
  await sideBySide([types, ...(code.length > 0 ? [lint(code)] : []), format(present), imports, generated]);
  const { chosen, left } = await withinBudget(root, files);
  // Pictures are drawn from the bundles, which no import leads to.
  const pictured = files.map((file) => /^controls\/(?!form-data)([\w-]+)\//.exec(file)?.[1]).filter(Boolean);
  if (chosen.length > 0) await jest(['--selectProjects', 'node', 'browser', '--runTestsByPath', ...chosen]);
  console.log(
    `${chosen.length} files of tests run, the closest to the change; ${left} farther ones are left to npm test.`,
  );
  for (const control of new Set(pictured)) console.log(`Its pictures: npm run visual (${control})`);
}

function close(): void {
  for (const name of total.skipped) console.log(`skipped: ${name}`);
  const forbidden = process.env.NO_SKIPS === '1' ? total.skipped.filter((name) => !BESIDE_THE_PROJECT.test(name)) : [];
  for (const name of forbidden) fail(`skipped, and nothing may be: ${name}`);
  for (const line of total.failures) console.log(line);
  const skipped = total.skipped.length - forbidden.length;
  console.log(`${total.passed} passed, ${total.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

async function main(args: readonly string[]): Promise<void> {
  const [option, since = 'HEAD'] = args;
  if (option === undefined) await everything();
  else if (option === '--changed' && args.length <= 2) await changed(since);
  else throw new Error(`npm test takes nothing, or --changed [REVISION]; not "${args.join(' ')}".`);
  close();
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
