import { spawn } from 'node:child_process';
import { loadavg } from 'node:os';
import { z } from 'zod';
import {
  bindDn,
  groupSearch,
  hasSlapd,
  password,
  startSlapd,
  suffix,
  userSearch,
} from '../plugins-proxy/clients/directory/slapd';
import { type BenchRow, milliseconds, rounded } from './bench-row';
import { bundle } from './bundled-process';
import { allocatorArguments, nodeFlags } from './container';
import { CHANGES, GROUPS, integrationId, largeDirectory, largeDynamics, mappings, PEOPLE } from './large-company';

const LIMIT_MS = 60_000;
const LIMIT_MB = 300;
const changes = CHANGES.added + CHANGES.removed + CHANGES.moved;

const outcome = z.object({
  ms: z.number(),
  megabytes: z.number(),
  counts: z.object({ processed: z.number(), changed: z.number(), removed: z.number(), failed: z.number() }),
});

/** Runs the bundle as the container does, and reads what it tells. */
async function run(file: string, given: unknown): Promise<z.output<typeof outcome>> {
  const child = spawn(
    'env',
    ['-i', `PATH=${process.env['PATH'] ?? ''}`, ...allocatorArguments, process.execPath, ...nodeFlags(), file],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  child.stdin.end(JSON.stringify(given));
  const said: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => said.push(part));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`the run ended with code ${code}`);
  return outcome.parse(JSON.parse(Buffer.concat(said).toString()));
}

/** A run over a real OpenLDAP after 500 changes (R-1605): time and memory of the process that runs it. */
export async function measureDirectory(): Promise<BenchRow[]> {
  if (!hasSlapd) throw new Error('install the package slapd first');
  const slapd = await startSlapd(largeDirectory(), { database: 'maxsize 4294967296\nsizelimit unlimited' });
  const dynamics = await largeDynamics();
  try {
    const { ms, megabytes, counts } = await run(await bundle('tests/bench/directory-process.ts'), {
      url: dynamics.url,
      authorities: slapd.authorities,
      integrationId,
      settings: { host: '127.0.0.1', port: slapd.tlsPort, baseDn: suffix, userSearch, groupSearch, groups: mappings },
      secrets: { bindDn, password },
    });
    if (counts.processed !== PEOPLE || counts.changed + counts.removed !== changes || dynamics.written() !== changes)
      throw new Error(`${JSON.stringify(counts)}, ${dynamics.written()} written, where ${changes} were expected`);
    const what = `directory of ${PEOPLE} people and ${GROUPS} groups, ${changes} changes`;
    const reference = `limit (load of the machine ${(loadavg()[0] ?? 0).toFixed(1)})`;
    return [
      {
        what: `${what}: time`,
        measured: milliseconds(ms),
        reference,
        referenceMeasured: milliseconds(LIMIT_MS),
        ratio: rounded(ms / LIMIT_MS),
        aim: '≤ 1',
      },
      {
        what: `${what}: memory`,
        measured: `${megabytes.toFixed(0)} MB`,
        reference,
        referenceMeasured: `${LIMIT_MB} MB`,
        ratio: rounded(megabytes / LIMIT_MB),
        aim: '≤ 1',
      },
    ];
  } finally {
    dynamics.close();
    await slapd.stop();
  }
}
