import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { type BenchRow, milliseconds, rounded } from './bench-row';
import type { Started } from './relay-server';
import { nginxExists, startNginx } from './start-nginx';

const SECONDS = 6;
const WARM_UP_SECONDS = 2;
const CONNECTIONS = 32;
const PATH = '/relay/jira/rest/api/3/project/ACME';

async function startPart(part: 'jira' | 'relay' | 'bare', jiraUrl = ''): Promise<Started & { child: ChildProcess }> {
  const child = fork(join(__dirname, 'relay-server.ts'), [part, jiraUrl], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  // The child sends one message, of this type.
  const [started] = (await once(child, 'message')) as [Started];
  return { ...started, child };
}

/** Ticks a second in which Linux counts CPU time, on every architecture that Node runs on. */
const TICKS = 100;

/** Seconds of CPU that a process has used so far, all of its threads together. */
function cpuSeconds(child: ChildProcess): number {
  // proc(5): utime and stime are fields 14 and 15; the name in field 2 may have blanks.
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Requests per second of CPU: what one core would carry, however much of it the load generator takes away meanwhile. */
async function load(at: { address: string; token?: string; child: ChildProcess }) {
  const headers = { authorization: `Bearer ${at.token ?? ''}` };
  const run = (duration: number) =>
    autocannon({ url: `${at.address}${PATH}`, connections: CONNECTIONS, duration, headers });
  try {
    await run(WARM_UP_SECONDS);
    const before = cpuSeconds(at.child);
    const result = await run(SECONDS);
    const used = cpuSeconds(at.child) - before;
    if (result.non2xx > 0 || result.errors > 0)
      throw new Error(`relay: ${result.non2xx} refused, ${result.errors} failed of ${result.requests.total}`);
    return {
      perCore: result.requests.total / used,
      perSecond: result.requests.total / result.duration,
      p99: result.latency.p99,
    };
  } finally {
    at.child.kill();
  }
}

/** A relayed read with everything on (token, table, limit, log), beside nginx on one core, or a bare pass-through without it. */
export async function measureRelay(): Promise<BenchRow[]> {
  const jira = await startPart('jira');
  try {
    const nginx = nginxExists();
    const reference = await load(nginx ? await startNginx(jira.address) : await startPart('bare', jira.address));
    const measured = await load(await startPart('relay', jira.address));
    const referenceName = nginx ? 'nginx proxy_pass, one process' : 'node:http with undici pool.stream, nothing else';
    return [
      {
        what: 'relay GET, 2 KB, token checked',
        measured: `${Math.round(measured.perCore)}/s of CPU`,
        reference: referenceName,
        referenceMeasured: `${Math.round(reference.perCore)}/s of CPU`,
        ratio: rounded(measured.perCore / reference.perCore),
        aim: nginx ? '≥ 0.33' : null,
      },
      {
        what: 'relay GET, 2 KB, where the load generator bounds the reference',
        measured: `${Math.round(measured.perSecond)}/s`,
        reference: referenceName,
        referenceMeasured: `${Math.round(reference.perSecond)}/s`,
        ratio: rounded(measured.perSecond / reference.perSecond),
        aim: null,
      },
      {
        what: 'relay GET, 2 KB, p99',
        measured: milliseconds(measured.p99),
        reference: referenceName,
        referenceMeasured: milliseconds(reference.p99),
        ratio: rounded(measured.p99 / reference.p99),
        aim: nginx ? '≤ 3' : null,
      },
    ];
  } finally {
    jira.child.kill();
  }
}
