import { request } from 'undici';
import { webhookSecretOf } from '../../plugins-proxy/src/connections/jira/webhook-secret';
import { signBody } from '../../plugins-proxy/src/inbound/webhooks/verify-signature';
import { platformLimits } from '../../sandbox/src/dataverse';
import { type BenchRow, milliseconds, percentile, rounded } from './bench-row';
import { type SecondSeededSite, startSeededWorld } from './seeded-world';
import { type MeasuredProxy, startMeasuredProxy } from './start-proxy';
import { watchHours } from './watch-hours';

const PROJECTS = 50;
/** Events a second at each site: more of them for ten minutes would meet the platform's 6,000 requests in five, whatever the sites do. */
const PER_SECOND = 1;
/** How long both are well, half before and half after, and how long the second one answers 503 in between, in seconds. */
const USUAL = { wellS: 300, awayS: 600 };
const SETTLED_MS = 240_000;

/** Tells the service that a project of the second site has changed, as that site would. */
async function tell(proxy: MeasuredProxy, secret: string, site: SecondSeededSite, n: number): Promise<void> {
  const { projectId } = site.projects[n % site.projects.length] ?? { projectId: '' };
  const event = { timestamp: Date.now() + n, webhookEvent: 'project_updated', project: { id: projectId } };
  const body = Buffer.from(JSON.stringify(event));
  const answer = await request(`${proxy.url}/webhooks/jira/${site.connectionId}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-hub-signature': signBody(body, webhookSecretOf(secret, site.connectionId)),
    },
    body,
  });
  await answer.body.dump();
  if (answer.statusCode >= 300) throw new Error(`delivery of the second site: ${answer.statusCode}`);
}

/** Does something so many times, each at its moment. */
async function steadily(seconds: number, act: (n: number) => Promise<void>): Promise<void> {
  const began = performance.now();
  const sent: Promise<void>[] = [];
  for (let n = 0; n < PER_SECOND * seconds; n += 1) {
    const due = began + (1_000 * n) / PER_SECOND - performance.now();
    if (due > 0) await new Promise((resolve) => setTimeout(resolve, due));
    sent.push(act(n));
  }
  await Promise.all(sent);
}

/** Events of one site while another one answers, and while it does not. */
export async function measureSites({ wellS, awayS } = USUAL): Promise<BenchRow[]> {
  const world = await startSeededWorld({
    projects: PROJECTS,
    atSecondSite: PROJECTS,
    serviceProtection: platformLimits,
  });
  const { second } = world;
  if (second === null) throw new Error('there is no second site');
  const secret = world.environment['JIRA_WEBHOOK_SECRET'] ?? '';
  const proxy = await startMeasuredProxy({ ...world.environment, REGISTER_STEPS: 'true' });
  try {
    await Promise.all([proxy.seen('steps and webhook registered'), proxy.quiet(2 * PROJECTS)]);
    const during = async (seconds: number): Promise<readonly number[]> => {
      const watch = await watchHours(world);
      await Promise.all([
        steadily(seconds, async (n) => {
          const project = world.projects[n % world.projects.length];
          if (project !== undefined) await watch.log(project);
        }),
        steadily(seconds, (n) => tell(proxy, secret, second, n)),
      ]);
      await watch.settled(SETTLED_MS);
      watch.stop();
      return watch.times;
    };
    // Both sides of the outage: what is logged makes the stand-ins slower, whoever is away.
    const before = await during(wellS / 2);
    await second.faults([{ path: '^/rest/', status: 503 }]);
    const away = await during(awayS);
    await second.faults([]);
    await proxy.quiet(0);
    const well = [...before, ...(await during(wellS / 2))];
    const [p50, p95] = [percentile(away, 0.5), percentile(away, 0.95)];
    return [
      {
        what: `worklog → Dataverse row at one site while another answers 503 for ${awayS / 60} minutes, ${PER_SECOND}/s at each, p95 of ${away.length}`,
        measured: `${milliseconds(p95)}, p50 ${milliseconds(p50)}`,
        reference: `the same while both are well, before and after, p95 of ${well.length}`,
        referenceMeasured: `${milliseconds(percentile(well, 0.95))}, p50 ${milliseconds(percentile(well, 0.5))}`,
        ratio: rounded(p95 / percentile(well, 0.95)),
        aim: '≤ 1.1',
      },
    ];
  } finally {
    await proxy.stop();
    await world.close();
  }
}
