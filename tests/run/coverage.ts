/**
 * `npm run coverage`: what tests in this process reach of domain, proxy, controls and web resources. Left out is what reaches them through
 * bundles, processes and browsers, or not at all, and what repeats the same paths for minutes (storms, outages): it would cost the time and
 * count for nothing. Below 80 % it fails (R-2205).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { coverageLines, type Summary } from './least-covered';

const root = join(__dirname, '..', '..');
/** Files that are named at the end. */
const NAMED = 15;
/** `npm run coverage -- tests/domain/money/` looks at what these reach: far below 80 %, and done in a minute. */
const [within = 'tests/(domain|plugins-proxy|controls|webresources)/'] = process.argv.slice(2);
const leftOut = [
  'tests/plugins-proxy/service/faults/',
  'tests/plugins-proxy/service/(kill-nine|scale-out-replicas|against-the-sandbox|hundred-updates|load-profile)\\.test',
];

const began = Date.now();
const folder = join(root, 'coverage');
const file = join(folder, 'coverage-summary.json');
rmSync(file, { force: true });
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', '.bin', 'jest'),
    within,
    '--coverage',
    '--coverageReporters=json-summary',
    `--coverageDirectory=${folder}`,
    '--selectProjects=node',
    '--selectProjects=browser',
    '--maxWorkers=2',
    '--silent',
    ...['/node_modules/', ...leftOut].map((pattern) => `--testPathIgnorePatterns=${pattern}`),
  ],
  { cwd: root, stdio: 'inherit' },
);
if (existsSync(file))
  for (const line of coverageLines(JSON.parse(readFileSync(file, 'utf8')) as Summary, root, NAMED)) console.log(line);
console.log(`Measured in ${Math.round((Date.now() - began) / 1000)} s.`);
process.exitCode = status ?? 1;
