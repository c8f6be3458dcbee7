import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparePlan } from './replay';

/**
 * `npm run prove`: random traces of the SPIN model, and the shipped function on what each of its runs had read. `npm run prove -- 20000`
 * takes as many traces; `npm run prove -- models` checks the models themselves (`models.sh`), which takes an hour.
 */
const MODEL = join(__dirname, 'link.pml');
/** Sizes of the traces, as in the heads of the models. */
const SIZES = [
  '-DEC=2 -DEJ=2',
  '-DEC=3 -DEJ=3 -DZMAX=2 -DMAXVER=20',
  '-DEC=1 -DEJ=3',
  '-DEC=2 -DEJ=2 -DSW=3',
  '-DLINKS=2 -DEC=1 -DEJ=2',
];

function traces(count: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'sync-model-'));
  const differing: string[] = [];
  const met = new Map<string, number>();
  let plans = 0;
  try {
    for (let seed = 1; seed <= count; seed += 1) {
      const sizes = SIZES[seed % SIZES.length]!.split(' ');
      const trace = execFileSync('spin', [`-n${seed}`, '-u6000', ...sizes, MODEL], {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 1 << 26,
      });
      for (const line of trace.split('\n')) {
        const at = line.indexOf('PLAN ');
        // The last line of a trace is cut where its steps end.
        if (at < 0 || line.endsWith('-')) continue;
        plans += 1;
        const { model, shipped } = comparePlan(line.slice(at));
        const [kind] = model.split(',');
        met.set(kind!, (met.get(kind!) ?? 0) + 1);
        if (model !== shipped) differing.push(`trace ${seed}: the model says ${model}, we ${shipped}: ${line.trim()}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  for (const line of differing.slice(0, 10)) console.log(line);
  const kinds = [...met].map(([kind, times]) => `${kind} ${times}`).join(', ');
  console.log(`${count} traces, ${plans} plans (${kinds}): ${differing.length} differ`);
  return differing.length === 0 && plans > count ? 0 : 1;
}

function main(): number {
  if (spawnSync('spin', ['-V']).error !== undefined) {
    console.log('Skipped: SPIN is not installed (Debian package spin). No trace was replayed, no model checked.');
    return 0;
  }
  const [asked] = process.argv.slice(2);
  if (asked !== 'models') return traces(asked === undefined ? 5_000 : Number(asked));
  return spawnSync('bash', [join(__dirname, 'models.sh'), 'all'], { stdio: 'inherit' }).status ?? 1;
}

process.exitCode = main();
