import { randomUUID } from 'node:crypto';
import { ProvisioningState } from '@crmjira/domain';
import { z } from 'zod';
import { platformLimits } from '../../sandbox/src/dataverse';
import { variable } from '../plugins-proxy/stand-ins';
import { type LoadReport, percentilesOf } from './load-report';
import { type MeasuredProxy, startMeasuredProxy } from './start-proxy';
import { type SeededWorld, startSeededWorld } from './seeded-world';
import { watchHours } from './watch-hours';

/** How hard and how long; the profiles of R-1303 and R-1304 are `full`. */
export interface LoadSize {
  readonly seconds: number;
  /** seconds in which the rate rises to its full height */
  readonly rampUp: number;
  /** actions a second, all users together */
  readonly perSecond: number;
  readonly users: number;
  readonly projects: number;
}

export const loadSizes: Readonly<Record<LoadReport['profile'], Readonly<Record<LoadReport['length'], LoadSize>>>> = {
  opportunities: {
    full: { seconds: 1_800, rampUp: 300, perSecond: 20 / 60, users: 10, projects: 1 },
    short: { seconds: 30, rampUp: 5, perSecond: 20 / 60, users: 10, projects: 1 },
  },
  updates: {
    full: { seconds: 900, rampUp: 0, perSecond: 50, users: 1, projects: 100 },
    short: { seconds: 15, rampUp: 0, perSecond: 50, users: 1, projects: 100 },
  },
};

/** Connections to Jira unless configured (`JIRA_CONNECTIONS`). */
const poolSize = 16;
const linkedRow = z.object({ _crmjira_opportunity_id_value: z.string(), crmjira_provisioning_state: z.number() });
/** Account "Acme Corp" of the example company. */
const acme = '12345678-90ab-cdef-1234-567890abcdef';

/** When each action is due, in milliseconds from the start; while ramping up they come at a rate that rises evenly. */
export function dueTimes(size: LoadSize): readonly number[] {
  const { seconds, rampUp, perSecond } = size;
  const count = Math.floor(perSecond * (seconds - rampUp / 2));
  return Array.from({ length: count }, (_, n) => {
    const inRamp = Math.sqrt((2 * n * rampUp) / perSecond);
    return 1_000 * (inRamp < rampUp ? inRamp : rampUp / 2 + n / perSecond);
  });
}

/** @param act resolves once the other side has taken the action */
async function atDueTimes(size: LoadSize, act: (n: number) => Promise<void>): Promise<number> {
  const began = performance.now();
  const acts: Promise<boolean>[] = [];
  for (const [n, due] of dueTimes(size).entries()) {
    const wait = began + due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    acts.push(
      act(n).then(
        () => true,
        () => false,
      ),
    );
  }
  return (await Promise.all(acts)).filter((succeeded) => !succeeded).length;
}

interface Played {
  readonly actions: number;
  readonly failed: number;
  readonly times: readonly number[];
}

/** Hours on every project in turn. */
async function playUpdates(world: SeededWorld, size: LoadSize): Promise<Played> {
  const watch = await watchHours(world);
  const failed = await atDueTimes(size, async (n) => {
    const project = world.projects[n % world.projects.length];
    if (project !== undefined) await watch.log(project);
  });
  const late = await watch.settled(60_000).then(
    () => 0,
    () => watch.waiting(),
  );
  watch.stop();
  return { actions: dueTimes(size).length, failed: failed + late, times: watch.times };
}

/** Opportunities of which each becomes a linked project. */
async function playOpportunities(world: SeededWorld, size: LoadSize): Promise<Played> {
  const created = new Map<string, number>();
  const times: number[] = [];
  const linked = async (): Promise<void> => {
    const rows = await world.admin.many('crmjira_budget_mappings', { select: Object.keys(linkedRow.shape) }, linkedRow);
    for (const row of rows) {
      const at = created.get(row._crmjira_opportunity_id_value);
      if (at === undefined || row.crmjira_provisioning_state !== ProvisioningState.Linked) continue;
      times.push(performance.now() - at);
      created.delete(row._crmjira_opportunity_id_value);
    }
  };
  let looking = true;
  const looks = (async () => {
    while (looking) {
      await linked();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  const failed = await atDueTimes(size, async (n) => {
    const id = randomUUID();
    const user = `User ${(n % size.users) + 1}`;
    await world.admin.changeSet([
      {
        op: 'upsert',
        collection: 'opportunities',
        id,
        columns: {
          name: `Load ${n + 1} of ${user} - Acme Corp`,
          budgetamount: 50_000,
          'customerid_account@odata.bind': `/accounts(${acme})`,
        },
      },
    ]);
    created.set(id, performance.now());
  });
  const until = performance.now() + 120_000;
  while (created.size > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
  looking = false;
  await looks;
  return { actions: dueTimes(size).length, failed: failed + created.size, times };
}

/** Reads of people and monitors while the load runs (R-1310). */
function readMeanwhile(proxy: MeasuredProxy): () => void {
  const timer = setInterval(
    () =>
      void fetch(`${proxy.url}/health`).then(
        (answer) => answer.text(),
        () => '',
      ),
    250,
  );
  return () => clearInterval(timer);
}

/** Plays a profile against the stand-ins, with the platform's service protection on, and reports. */
export async function playLoad(
  profile: LoadReport['profile'],
  length: LoadReport['length'],
  size: LoadSize = loadSizes[profile][length],
): Promise<LoadReport> {
  const world = await startSeededWorld({ projects: size.projects, serviceProtection: platformLimits });
  // These are no bulk import, and nobody is there to let them go on (R-2305).
  await world.dataverse.seed([variable('crmjira_ProvisioningLimitPerHour', String(dueTimes(size).length))]);
  const proxy = await startMeasuredProxy({ ...world.environment, REGISTER_STEPS: 'true' });
  try {
    await Promise.all([proxy.seen('steps and webhook registered'), proxy.quiet(world.projects.length)]);
    const stopReading = readMeanwhile(proxy);
    const runsBefore = proxy.count('reconciled') + proxy.count('resolved');
    for (const side of Object.values(world.counts)) side.reset();
    await proxy.takeAnswered();
    const began = performance.now();
    const played = await (profile === 'updates' ? playUpdates(world, size) : playOpportunities(world, size));
    stopReading();
    const { responses, connectionsInUse } = await proxy.takeAnswered();
    return {
      profile,
      length,
      seconds: Math.round((performance.now() - began) / 100) / 10,
      actions: played.actions,
      failedActions: played.failed,
      responses: percentilesOf(responses.map(({ ms }) => ms)),
      failedResponses: responses.filter(({ status }) => status >= 500).length,
      endToEnd: percentilesOf(played.times),
      jira: percentilesOf(world.counts.jira.times),
      pool: { mostInUse: connectionsInUse, size: poolSize },
      runs: proxy.count('reconciled') + proxy.count('resolved') - runsBefore,
    };
  } finally {
    await proxy.stop();
    await world.close();
  }
}
