import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allTargets } from '../../solution/tools/build/build-all';
import { runStart } from '../end-to-end/start-command';
import { type BenchRow, median, rounded } from './bench-row';

const root = join(__dirname, '..', '..');
const port = 4604;
/** Milliseconds; a machine that does something else may need many times the aim. */
const atMost = 600_000;
const LATER_STARTS = 5;
/** Seconds. */
const AIM = { first: 30, later: 3 };

/** Seconds from the command to its line that everything is ready. */
async function seconds(state: string): Promise<number> {
  const began = performance.now();
  const started = runStart({ SANDBOX_PORT: String(port), SANDBOX_STATE: state });
  await started.untilItSays('Ready after', atMost);
  const took = (performance.now() - began) / 1000;
  await started.interrupt();
  return took;
}

/** `npm start` as after `npm ci`, nothing built and no state, and as on every later day. */
export async function measureStart(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-bench-start-'));
  const state = join(folder, 'state');
  try {
    for (const { stamp } of allTargets(root)) rmSync(join(root, stamp), { force: true });
    for (const path of ['sandbox/out', 'node_modules/.cache/crmjira-compile'])
      rmSync(join(root, path), { recursive: true, force: true });
    const first = await seconds(state);
    const later: number[] = [];
    for (let run = 0; run < LATER_STARTS; run += 1) later.push(await seconds(state));
    return [
      row('npm start after npm ci: controls, pages, proxy, packages built, imported, seeded', first, AIM.first),
      row(`npm start later, nothing changed, median of ${LATER_STARTS}`, median(later), AIM.later),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function row(what: string, measured: number, aim: number): BenchRow {
  return {
    what,
    measured: `${measured.toFixed(1)} s`,
    reference: 'the aim',
    referenceMeasured: `${aim} s`,
    ratio: rounded(measured / aim),
    aim: '≤ 1',
  };
}
