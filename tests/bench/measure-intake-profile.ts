import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { join } from 'node:path';
import { postgresMissing, startPostgres } from '../plugins-proxy/temporary-postgres';
import { type BenchRow, rounded } from './bench-row';
import { bundle, cpuSeconds, startBundled, SUBJECT_CORE } from './bundled-process';
import { atFullLoad } from './measure-intake';
import { layerShares, modulesOf } from './profile-layers';

/** Layers below this share stand together in the last row. */
const LEAST_SHARE = 0.03;

/** What bounds the intake: the time of its thread at full load, by layer, for both stores. */
export async function measureIntakeProfile(): Promise<BenchRow[]> {
  if (postgresMissing !== null) throw new Error(`intake-profile: ${postgresMissing}`);
  const file = await bundle(join(__dirname, 'intake-server.ts'), { readable: true });
  const moduleOf = modulesOf(readFileSync(file, 'utf8'));
  const postgres = await startPostgres();
  const rows: BenchRow[] = [];
  try {
    for (const [name, store] of [
      ['SQLite', 'sqlite'],
      ['PostgreSQL', postgres.url],
    ] as const) {
      const { address, child } = await startBundled<{ readonly address: string }>(SUBJECT_CORE, file, [store]);
      try {
        await atFullLoad(address);
        child.send('profile');
        await once(child, 'message');
        const before = cpuSeconds(child);
        const { requests } = await atFullLoad(address);
        const microseconds = (1e6 * (cpuSeconds(child) - before)) / requests;
        child.send('profiled');
        // The child answers this order with the profile.
        const [profile] = (await once(child, 'message')) as [Profiler.Profile];
        const shares = layerShares(profile, moduleOf);
        const small = [...shares.values()]
          .filter((share) => share < LEAST_SHARE)
          .reduce((sum, share) => sum + share, 0);
        const shown = [...[...shares].filter(([, share]) => share >= LEAST_SHARE), ['all others', small] as const];
        for (const [layer, share] of shown)
          rows.push({
            what: `intake (${name}): ${layer}`,
            measured: `${(100 * share).toFixed(1)} %`,
            reference: 'CPU time of a delivery, profiled',
            referenceMeasured: `${microseconds.toFixed(0)} µs`,
            ratio: rounded(share),
            aim: null,
          });
      } finally {
        child.kill();
      }
    }
    return rows;
  } finally {
    await postgres.stop();
  }
}
