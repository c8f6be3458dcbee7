/**
 * `npm test`: format, lint, types and generated files side by side → builds → unit and integration tests → browser tests, every step counted,
 * one closing line `N passed, N failed`. A step that can not run here is a named skip with its reason; with NO_SKIPS=1 (as
 * `.ci/run` sets it) a skip is a failure.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './end-to-end/chromium';
import { findNotoSans } from './visual/made-with';

interface Tally {
  passed: number;
  failed: number;
  skipped: string[];
}

const root = join(__dirname, '..');
const bin = join(root, 'node_modules', '.bin');
const node = process.execPath;
/** Cores of the smallest machine that runs this. */
const AT_ONCE = 2;
const total: Tally = { passed: 0, failed: 0, skipped: [] };

function run(command: string, args: string[], env: NodeJS.ProcessEnv = {}): number {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  if (error) console.error(`${command} did not start: ${error.message}`);
  return status ?? 1;
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
  process.stdout.write(Buffer.concat(said));
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (ok) total.passed++;
  else total.failed++;
  return ok;
}

/** Runs steps that each keep one core busy, as many at once as there are cores here. */
async function sideBySide(steps: readonly Step[]): Promise<void> {
  const waiting = [...steps];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await step(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
  testResults: { assertionResults: { status: string; fullName: string }[] }[];
}

/** Runs jest and adds its counts; a suite that does not even load counts as one failure. */
function jest(name: string, args: string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-tests-'));
  const file = join(folder, 'report.json');
  const status = run(node, [join(bin, 'jest'), '--json', `--outputFile=${file}`, '--testLocationInResults', ...args]);
  if (!existsSync(file)) {
    console.log(`FAIL ${name}: jest ended with ${status} and left no report`);
    total.failed++;
  } else {
    const report = JSON.parse(readFileSync(file, 'utf8')) as JestReport;
    total.passed += report.numPassedTests;
    total.failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
    for (const { assertionResults } of report.testResults) {
      for (const { status: outcome, fullName } of assertionResults) {
        if (outcome === 'pending' || outcome === 'todo' || outcome === 'skipped') total.skipped.push(fullName);
      }
    }
    // A green report with a red exit (a leak, a crash on the way out) is not a pass.
    if (status !== 0 && report.numFailedTests + report.numRuntimeErrorTestSuites === 0) {
      console.log(`FAIL ${name}: every test passed but jest ended with ${status}`);
      total.failed++;
    }
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Checks that need what no package brings and what lies beside the project, or not: the judge of solution packages, schemas. */
const BESIDE_THE_PROJECT = /the (solution oracle|connector schema|schema of solutions) is not beside the project/;

const tsx = ['--import', 'tsx'];

async function main(): Promise<void> {
  // They read the source and write nothing; the longest first.
  await sideBySide([
    { name: 'lint', args: [join(bin, 'eslint'), '.', '--max-warnings', '0'] },
    { name: 'types', args: [join(bin, 'tsc'), '-p', 'tsconfig.json', '--noEmit'] },
    { name: 'format', args: [join(bin, 'prettier'), '--check', '--log-level', 'warn', '.'] },
    { name: 'generated files are fresh', args: [...tsx, 'solution/tools/generate.ts', '--check'] },
  ]);
  const built = await step({ name: 'builds', args: [...tsx, 'solution/tools/build.ts'] });
  jest('unit and integration', ['--selectProjects', 'node', 'browser', 'browser-react-17', '--maxWorkers=2']);
  if (!findChromium()) {
    total.skipped.push('browser tests: Chromium is not installed (Debian: apt-get install chromium)');
  } else if (built) {
    // A test that failed half way may leave a browser or a sandbox behind: that must not keep the run from its closing line.
    jest('browser', ['--selectProjects', 'end-to-end', '--runInBand', '--forceExit']);
    if (findNotoSans()) jest('states and looks', ['--selectProjects', 'visual', '--maxWorkers=2', '--forceExit']);
    else total.skipped.push('states and looks: Noto Sans is not installed (Debian: apt-get install fonts-noto-core)');
  } else {
    console.log('FAIL browser tests: nothing to load, the builds failed');
    total.failed++;
  }

  for (const name of total.skipped) console.log(`skipped: ${name}`);
  const forbidden = process.env.NO_SKIPS === '1' ? total.skipped.filter((name) => !BESIDE_THE_PROJECT.test(name)) : [];
  const skipped = total.skipped.length - forbidden.length;
  total.failed += forbidden.length;
  console.log(`${total.passed} passed, ${total.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
