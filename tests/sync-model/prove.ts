import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { hasSpin, replayTraces } from './traces';

/**
 * `npm run prove`: random traces of the SPIN model, and the shipped function on what each of its runs had read. `npm run prove -- 20000`
 * takes as many traces; `npm run prove -- models` checks the models themselves (`models.sh`), which takes an hour.
 */
function traces(count: number): number {
  const { plans, met, differing } = replayTraces(count);
  for (const line of differing.slice(0, 10)) console.log(line);
  const kinds = [...met].map(([kind, times]) => `${kind} ${times}`).join(', ');
  console.log(`${count} traces, ${plans} plans (${kinds}): ${differing.length} differ`);
  return differing.length === 0 && plans > count ? 0 : 1;
}

function main(): number {
  if (!hasSpin) {
    console.log('Skipped: SPIN is not installed (Debian packages spin, gcc). No trace was replayed, no model checked.');
    return 0;
  }
  const [asked] = process.argv.slice(2);
  if (asked !== 'models') return traces(asked === undefined ? 5_000 : Number(asked));
  return spawnSync('bash', [join(__dirname, 'models.sh'), 'all'], { stdio: 'inherit' }).status ?? 1;
}

process.exitCode = main();
