import { z } from 'zod';
import { SERVICE_ACCOUNT } from '../../../../sandbox/src/jira';
import { randomFor } from '../../../../sandbox/src/seed/random';
import { eventually } from '../../eventually';
import { postToJira } from '../../post-to-jira';
import { type ProxyChild, startProxyChild } from '../../proxy-child';
import { freePort } from '../../../free-port';
import { acme, people, type StandIns, startStandIns, variable } from '../../stand-ins';
import { watchAppliedVersions } from './applied-versions';
import { createSender } from './delivery-sender';
import { createOverlapDetector, type Overlap, seenRequest } from './overlap-detector';
import { expectedOf, type ProjectObserved, readObserved } from './storm-observed';
import { levelOf, truthOf, workOf } from './storm-oracle';
import { budget, planWave, type StormProject, type StormSize, waves } from './storm-plan';

/** A storm's environmentSettings. */
export interface StormOptions extends StormSize {
  readonly replicas: number;
  /** Variables that give a replica its store. */
  readonly store: Readonly<Record<string, string>>;
  readonly report: (line: string) => void;
  /** Milliseconds for each time everything has to be taken over. */
  readonly settleWithinMs: number;
}

/** What is there after a storm, and what ought to be. */
export interface StormResult {
  readonly expected: readonly ProjectObserved[];
  readonly observed: readonly ProjectObserved[];
  readonly overlaps: readonly Overlap[];
  /** Requests to Jira that the overlap detector has judged. */
  readonly judged: number;
  readonly deliveries: { readonly sent: number; readonly distinct: number; readonly offered: number };
  /** Deliveries that the store says it keeps. */
  readonly stored: number;
  readonly dead: number;
  readonly kills: number;
  /** Days of which a replica said that it queued the daily sync, each as often as it was said. */
  readonly dailySyncs: readonly string[];
  /** Projects in Jira, mappings in Dataverse. */
  readonly made: { readonly projects: number; readonly mappings: number };
  /** Runs of opportunities that ended well while it stormed. */
  readonly runs: number;
  readonly seconds: { readonly provisioning: number; readonly storm: number };
  /** Everything the replicas have logged. */
  readonly log: string;
}

/** Deliveries under way at one time. */
const parallel = 16;
const row = z.record(z.string(), z.unknown());
const health = z.object({
  queue: z.object({ pending: z.number(), dead: z.number() }),
  deliveries: z.object({ accepted: z.number(), ignored: z.number() }),
});
const opportunityId = (n: number): string => `a1b2c3d4-e5f6-4890-abcd-ef1234${String(n).padStart(6, '0')}`;
const cents = budget * 100;

/** The replicas of a storm: each with an address and a Jira token of its own. */
function createReplicas(standIns: () => StandIns, options: StormOptions, tokens: readonly string[]) {
  const running: ProxyChild[] = [];
  const gone: ProxyChild[] = [];
  let number = 0;
  const start = async (): Promise<void> => {
    const token = tokens[number++];
    if (token === undefined) throw new Error('more replicas than tokens');
    const port = String(await freePort());
    const child = await startProxyChild({
      ...standIns().environment,
      ...options.store,
      JIRA_API_TOKEN: token,
      PORT: port,
      PUBLIC_URL: `http://localhost:${port}`,
      POLL_INTERVAL_MS: '500',
      LOG_LEVEL: 'info',
      WORKERS: '6',
    });
    running.push(child);
  };
  return {
    running,
    start,
    killOne: async (at: number): Promise<void> => {
      const [child] = running.splice(at % running.length, 1);
      child?.kill();
      await child?.gone();
      if (child !== undefined) gone.push(child);
      await start();
    },
    log: (): string => [...gone, ...running].map((child) => child.lines()).join('\n'),
    stop: async (): Promise<void> => {
      for (const child of running) child.kill();
      await Promise.all(running.map((child) => child.gone()));
    },
  };
}

async function createOpportunities(standIns: StandIns, count: number): Promise<void> {
  const writes = Array.from({ length: count }, (_, n) => ({
    op: 'upsert' as const,
    collection: 'opportunities',
    id: opportunityId(n),
    columns: {
      name: `Project ${n} - Acme Corp`,
      budgetamount: budget,
      'customerid_account@odata.bind': `/accounts(${acme})`,
      'ownerid@odata.bind': `/systemusers(${people.owner})`,
      'crmjira_project_manager_id@odata.bind': `/systemusers(${people.manager})`,
    },
  }));
  await standIns.admin.changeSet(writes);
}

/**
 * Starts replicas, lets them provision, and sends what Jira says of its own rows in disorder and twice while they are killed again and
 * again; the last kill follows the last acknowledgement at once. Waits until nothing is left to do after each of two waves.
 */
export async function runStorm(options: StormOptions): Promise<StormResult> {
  const random = randomFor(`storm ${options.deliveries}`);
  const detector = createOverlapDetector();
  const tokens = Array.from({ length: options.replicas + options.kills }, (_, n) => `token-of-the-tests-replica-${n}`);
  const replicaOf = new Map(
    tokens.map((token) => [`Basic ${Buffer.from(`${SERVICE_ACCOUNT.email}:${token}`).toString('base64')}`, token]),
  );
  let applied = new Map<string, Set<string>>();
  const standIns = await startStandIns(() => new Date(), undefined, {
    moreApiTokens: tokens,
    prepare: (dataverse, jira) => {
      applied = watchAppliedVersions(dataverse.app);
      jira.app.addHook('onRequest', async (request) => {
        const replica = replicaOf.get(request.headers.authorization ?? '');
        const seen =
          replica === undefined
            ? null
            : seenRequest(replica, request.method, request.url, (id) => jira.site.issues.get(id)?.projectId);
        if (seen !== null) detector.note(seen);
      });
    },
  });
  await standIns.dataverse.seed([
    variable('crmjira_AutoApproveOnProvision', 'yes'),
    variable('crmjira_ProvisioningLimitPerHour', '1000'),
  ]);
  const replicas = createReplicas(() => standIns, options, tokens);
  try {
    const began = Date.now();
    await createOpportunities(standIns, options.projects);
    await Promise.all(Array.from({ length: options.replicas }, () => replicas.start()));
    const mappings = () => standIns.admin.many('crmjira_budget_mappings', { select: [] }, row);
    const report = async () => {
      const answer = await fetch(`${replicas.running[0]?.url}/health`);
      return health.parse(await answer.json());
    };
    const settled = async (): Promise<z.output<typeof health>> =>
      eventually(async () => {
        const now = await report();
        if (now.queue.pending > 0)
          throw new Error(`${now.queue.pending} jobs pending\n${replicas.log().slice(-3_000)}`);
        return now;
      }, options.settleWithinMs);
    await eventually(async () => {
      const linked = (await mappings()).filter((one) => one['crmjira_provisioning_state'] === 4).length;
      if (linked < options.projects) throw new Error(`${linked} linked\n${replicas.log().slice(-3_000)}`);
    }, options.settleWithinMs);
    await settled();
    const provisioned = Date.now();
    options.report(`${options.projects} projects provisioned in ${(provisioned - began) / 1_000} s`);

    const post = postToJira(standIns);
    const projects: StormProject[] = [];
    for (const { id: projectId } of standIns.jira.site.projects.all()) {
      const fields = { project: { id: projectId }, issuetype: { name: 'Story' }, summary: 'Work' };
      projects.push({ projectId, issueIds: [await post('/issue', { fields }), await post('/issue', { fields })] });
    }
    const before = await readObserved(standIns);
    applied.clear();
    const runsBefore = replicas.log().split('"msg":"reconciled"').length;
    const send = createSender({
      replicas: () => replicas.running.map(({ url }) => url),
      connectionId: standIns.config.connectionId,
      secret: standIns.config.jira.webhookSecrets[0],
      random,
    });
    const levels = new Map<string, number[]>(projects.map(({ projectId }) => [projectId, []]));
    const identifiers = new Set<string>();
    let [kills, sent, offered] = [0, 0, 0];
    let last = await report();
    for (let wave = 0; wave < waves; wave += 1) {
      const { deliveries, make } = planWave(standIns.jira, projects, options, wave, random);
      const due = Math.ceil((options.kills * (wave + 1)) / waves) - kills;
      // Evenly spread, the last of them after the last delivery.
      const killAt = Array.from({ length: due }, (_, n) => Math.floor((deliveries.length * (n + 1)) / due));
      let killing: Promise<void> = Promise.resolve();
      let acknowledged = 0;
      const queue = deliveries.values();
      const lane = async (): Promise<void> => {
        for (const delivery of queue) {
          make(delivery.change);
          identifiers.add(delivery.identifier);
          const tries = await send(delivery);
          offered += tries;
          sent += 1;
          acknowledged += 1;
          while (killAt[0] !== undefined && acknowledged >= killAt[0]) {
            killAt.shift();
            const at = kills++;
            killing = killing.then(() => replicas.killOne(at));
          }
        }
      };
      await Promise.all(Array.from({ length: parallel }, lane));
      await killing;
      last = await settled();
      for (const { projectId } of projects)
        levels.get(projectId)?.push(levelOf(workOf(standIns.jira, projectId).cents, cents));
      options.report(
        `wave ${wave + 1}: ${deliveries.length} deliveries, ${kills} kills so far, ${(Date.now() - provisioned) / 1_000} s`,
      );
    }
    const ended = Date.now();

    const log = replicas.log();
    const rows = await mappings();
    const idOf = new Map(rows.map((one) => [one['crmjira_jira_project_id'], String(one['crmjira_budget_mappingid'])]));
    const logsBefore = new Map(before.map((one) => [one.projectId, one]));
    const observed = (await readObserved(standIns)).map((one) => ({
      ...one,
      // Those of the time before the storm are not its own.
      logs: one.logs - (logsBefore.get(one.projectId)?.logs ?? 0),
      events: one.events - (logsBefore.get(one.projectId)?.events ?? 0),
    }));
    return {
      expected: projects.map(({ projectId }) =>
        expectedOf(
          truthOf(standIns.jira, projectId, cents, levels.get(projectId) ?? []),
          applied.get(idOf.get(projectId) ?? '')?.size ?? 0,
        ),
      ),
      observed,
      overlaps: detector.overlaps,
      judged: detector.seen(),
      deliveries: { sent, distinct: identifiers.size, offered },
      stored: last.deliveries.accepted,
      dead: last.queue.dead,
      kills,
      dailySyncs: [...log.matchAll(/"day":"([\d-]+)"[^\n]*"msg":"daily sync queued"/g)].map(([, day = '']) => day),
      made: { projects: standIns.jira.site.projects.size, mappings: rows.length },
      runs: log.split('"msg":"reconciled"').length - runsBefore,
      seconds: { provisioning: (provisioned - began) / 1_000, storm: (ended - provisioned) / 1_000 },
      log,
    };
  } finally {
    await replicas.stop();
    await standIns.close();
  }
}
