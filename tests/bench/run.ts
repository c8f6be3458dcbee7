/**
 * `npm run bench [-- --json] [-- --only <part>] [-- --write]`: each figure beside a named reference of the same run. Nothing is
 * asserted here. `--write` puts the rows into docs/performance.md, where the page has a place for the part.
 */
import { parseArgs } from 'node:util';
import type { BenchRow } from './bench-row';
import { measureBundles } from './measure-bundles';
import { measureCoalescing } from './measure-coalescing';
import { measureControls } from './measure-controls';
import { measureDailySync } from './measure-daily-sync';
import { measureDirectory } from './measure-directory';
import { measureAllEvents } from './measure-events';
import { measureIntake } from './measure-intake';
import { measureIntakeProfile } from './measure-intake-profile';
import { measureIssues } from './measure-issues';
import { measureMemory } from './measure-memory';
import { measureMirror } from './measure-mirror';
import { measurePortfolio } from './measure-portfolio';
import { measureRelay } from './measure-relay';
import { measureSandbox } from './measure-sandbox';
import { measureSecrets } from './measure-secrets';
import { measureSites } from './measure-sites';
import { measureStart } from './measure-start';
import { measureStore } from './measure-store';
import { measureTime } from './measure-time';
import { writePerformancePage } from './performance-page';

const PARTS: Readonly<Record<string, () => BenchRow[] | Promise<BenchRow[]>>> = {
  bundles: measureBundles,
  controls: measureControls,
  intake: measureIntake,
  'intake-profile': measureIntakeProfile,
  relay: measureRelay,
  issues: measureIssues,
  memory: measureMemory,
  mirror: measureMirror,
  portfolio: measurePortfolio,
  sandbox: measureSandbox,
  'daily-sync': measureDailySync,
  directory: measureDirectory,
  events: measureAllEvents,
  coalescing: measureCoalescing,
  secrets: measureSecrets,
  sites: measureSites,
  start: measureStart,
  store: measureStore,
  time: measureTime,
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      only: { type: 'string' },
      write: { type: 'boolean' },
      sizes: { type: 'string' },
    },
  });
  const names = values.only ? [values.only] : Object.keys(PARTS);
  const rows: BenchRow[] = [];
  for (const name of names) {
    const part = PARTS[name];
    if (!part) throw new Error(`--only ${name}: expected one of ${Object.keys(PARTS).join(', ')}`);
    if (!values.json) console.error(`measuring ${name} …`);
    const found = await part();
    if (values.write && !(await writePerformancePage(name, found, new Date())) && !values.json)
      console.error(`docs/performance.md has no place for ${name}`);
    rows.push(...found);
  }
  if (values.json) console.log(JSON.stringify(rows, null, 2));
  else console.table(Object.fromEntries(rows.map(({ what, ...row }) => [what, row])));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
