import { join } from 'node:path';
import { type BenchRow, median, milliseconds, percentile, rounded } from './bench-row';
import { bundle, keptTo, OTHERS_CORE, startBundled, SUBJECT_CORE } from './bundled-process';
import { openLoop } from './open-loop';
import type { Started } from './relay-server';
import { runWrk, wrkExists, type WrkResult } from './run-wrk';
import { nginxExists, startNginxAnswer, startNginxProxy } from './start-nginx';

const ROUNDS = 5;
const SECONDS = 3;
const WARM_UP_SECONDS = 2;
const CONNECTIONS = 32;
const BODY_BYTES = 2 * 1024;
const PATH = '/relay/jira/rest/api/3/project/ACME';
/** Requests a second that both carry with ease, for comparing what a caller waits. */
const EVEN_RATE = 1_000;
const EVEN_SECONDS = 3;
/** R-1309 and R-1311: so many requests at one time, and what each may take; wrk tells the p99, which is stricter than the P95. */
const CONCURRENT = 1_000;
const CONCURRENT_MS = 300;
/** Beyond what the relay takes at one time. */
const STRESS = 4_000;

function answer(): string {
  const project = { id: '10150', key: 'ACME', description: '' };
  return JSON.stringify({ ...project, description: 'x'.repeat(BODY_BYTES - JSON.stringify(project).length) });
}

/**
 * A relayed read with everything on (token, table, limits, log, metrics) beside nginx, each one process on the same core, the load
 * and Jira's stand-in on the other; in turn, the medians of several rounds.
 */
export async function measureRelay(): Promise<BenchRow[]> {
  if (!nginxExists() || !wrkExists()) throw new Error('relay: nginx and wrk are needed (apt-get install nginx wrk)');
  const jira = await startNginxAnswer(OTHERS_CORE, answer());
  const file = await bundle(join(__dirname, 'relay-server.ts'));
  const nginx = await startNginxProxy(SUBJECT_CORE, jira.address);
  const relay = await startBundled<Started>(SUBJECT_CORE, file, ['relay', jira.address], { asInContainer: true });
  const bare = await startBundled<Started>(SUBJECT_CORE, file, ['bare', jira.address]);
  const authorization = `Bearer ${relay.token}`;
  const subjects = { nginx, relay, bare };
  try {
    const names = ['nginx', 'relay', 'bare'] as const;
    const all: Record<keyof typeof subjects, WrkResult[]> = { nginx: [], relay: [], bare: [] };
    const even: Record<keyof typeof subjects, number[]> = { nginx: [], relay: [], bare: [] };
    // The same headers for all: a token is long, and reading it is part of the work.
    const run = async (name: keyof typeof subjects, seconds: number, connections = CONNECTIONS) => {
      const result = await runWrk(subjects[name].child, `${subjects[name].address}${PATH}`, {
        connections,
        seconds,
        header: `Authorization: ${authorization}`,
      });
      if (result.refused > 0 && connections <= CONCURRENT) throw new Error(`${name}: ${result.refused} refused`);
      return result;
    };
    for (const name of names) await run(name, WARM_UP_SECONDS);
    for (let round = 0; round < ROUNDS; round += 1)
      for (const name of names) {
        all[name].push(await run(name, SECONDS));
        const { times } = await keptTo(OTHERS_CORE, () =>
          openLoop({
            url: `${subjects[name].address}${PATH}`,
            perSecond: EVEN_RATE,
            seconds: EVEN_SECONDS,
            request: () => ({ method: 'GET', headers: { authorization } }),
          }),
        );
        even[name].push(percentile(times, 0.99));
      }
    const of = (name: keyof typeof subjects, figure: keyof WrkResult) => median(all[name].map((one) => one[figure]));
    const against = (
      what: string,
      reference: 'nginx' | 'bare',
      figure: 'perSecond' | 'perCpuSecond',
      aim: string | null,
    ): BenchRow => {
      const [measured, beside] = [of('relay', figure), of(reference, figure)];
      const per = figure === 'perSecond' ? '/s' : '/s of CPU';
      return {
        what,
        measured: `${Math.round(measured)}${per}`,
        reference: reference === 'nginx' ? 'nginx proxy_pass on the same core' : 'node:http with undici, nothing else',
        referenceMeasured: `${Math.round(beside)}${per}`,
        ratio: rounded(measured / beside),
        aim,
      };
    };
    const waits = (what: string, relayed: number, beside: number, aim: string | null): BenchRow => ({
      what,
      measured: milliseconds(relayed),
      reference: 'nginx proxy_pass on the same core',
      referenceMeasured: milliseconds(beside),
      ratio: rounded(relayed / beside),
      aim,
    });
    const many = await run('relay', SECONDS, CONCURRENT);
    const stress = await run('relay', SECONDS, STRESS);
    const after = await run('relay', SECONDS, CONCURRENT);
    return [
      against('relay GET, 2 KB, token checked', 'nginx', 'perSecond', '≥ 0.33'),
      against('relay GET, 2 KB, by CPU time used', 'nginx', 'perCpuSecond', '≥ 0.33'),
      against('relay GET, 2 KB, by CPU time used, beside a bare pass-through', 'bare', 'perCpuSecond', null),
      waits(`relay GET, p99 at ${EVEN_RATE}/s`, median(even.relay), median(even.nginx), '≤ 3'),
      waits('relay GET, p99 at full load, each at its own', of('relay', 'p99'), of('nginx', 'p99'), null),
      {
        what: `relay GET, ${CONCURRENT} at once, p99 (R-1309)`,
        measured: `${milliseconds(many.p99)}, ${Math.round(many.perSecond)}/s, none refused`,
        reference: 'the specified 300 ms (P95)',
        referenceMeasured: milliseconds(CONCURRENT_MS),
        ratio: rounded(many.p99 / CONCURRENT_MS),
        aim: '< 1',
      },
      {
        what: `relay GET, ${CONCURRENT} at once right after ${STRESS} at once (R-1311)`,
        measured: `${Math.round(after.perSecond)}/s, none refused; of the ${STRESS}, ${Math.round((100 * stress.refused) / stress.requests)} % answered 503`,
        reference: 'the same before',
        referenceMeasured: `${Math.round(many.perSecond)}/s`,
        ratio: rounded(after.perSecond / many.perSecond),
        aim: null,
      },
    ];
  } finally {
    for (const { child } of [nginx, relay, bare, jira]) child.kill();
  }
}
