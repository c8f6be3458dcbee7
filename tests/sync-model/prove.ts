import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { hasSpin, LINK, replayTraces, TIME, type TracedModel } from './traces';

/**
 * `npm run prove`: random traces of the SPIN models, and the shipped functions on what each of their runs had read. `npm run prove -- 20000`
 * takes as many traces; `npm run prove -- models` checks the models themselves (`models.sh`), which takes an hour.
 */
function traces(model: TracedModel, count: number): boolean {
  const { plans, met, differing } = replayTraces(model, count);
  for (const line of differing.slice(0, 10)) console.log(line);
  const kinds = [...met].map(([kind, times]) => `${kind} ${times}`).join(', ');
  console.log(`${model.file}: ${count} traces, ${plans} plans (${kinds}): ${differing.length} differ`);
  return differing.length === 0 && plans > count;
}

function main(): number {
  if (!hasSpin) {
    console.log('Skipped: SPIN is not installed (Debian packages spin, gcc). No trace was replayed, no model checked.');
    return 0;
  }
  const [asked] = process.argv.slice(2);
  if (asked !== 'models') {
    const count = asked === undefined ? 5_000 : Number(asked);
    return [LINK, TIME].map((model) => traces(model, count)).every(Boolean) ? 0 : 1;
  }
  return spawnSync('bash', [join(__dirname, 'models.sh'), 'all'], { stdio: 'inherit' }).status ?? 1;
}

process.exitCode = main();
