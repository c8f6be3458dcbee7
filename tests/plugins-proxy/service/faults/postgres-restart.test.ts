import { eventually } from '../../eventually';
import { startWorld, stopLater, stopWorlds } from '../../world';
import { createPrivateCluster, findPostgres } from './private-cluster';
import { allAcknowledged, logWork, tellsOfItself } from './trouble';

const bin = findPostgres();
if (bin === null) console.warn('a restart of PostgreSQL is not tested: the binaries postgres and initdb are not here');
const withPostgres = bin === null ? test.skip : test;

afterEach(stopWorlds);

withPostgres(
  'R-514 R-1305 PostgreSQL crashes and comes back: meanwhile deliveries are refused, health says down, then all is caught up with by itself',
  async () => {
    const cluster = await createPrivateCluster(bin ?? '');
    stopLater(() => cluster.remove());
    await cluster.start();
    const world = await startWorld('2025-01-20T15:00:00Z', { DATABASE_URL: cluster.url });
    const mapping = await world.provision();
    await world.approve();
    const issue = await world.newIssue();
    await world.logHours(issue, 8);
    await world.settledAt(mapping, [1_000, 249_000, 0.4, 3]);
    for (let round = 1; round <= 2; round += 1) {
      // Acknowledged in the very moment before the crash: it must have its effect.
      logWork(world, issue, 8);
      await allAcknowledged(world);
      await cluster.crash();
      await eventually(async () =>
        expect(await tellsOfItself(world.proxyUrl)).toMatchObject({
          status: 'down',
          store: { ok: false },
          healthStatus: 503,
          readyStatus: 503,
        }),
      );
      // Said while it is down: refused with 503, which makes Jira come again.
      const refusals = (): number =>
        world.standIns.jira.site.deliveries.all().flatMap(({ attempts }) => attempts.filter((a) => a.status === 503))
          .length;
      const before = refusals();
      logWork(world, issue, 8);
      await eventually(async () => expect(refusals()).toBeGreaterThan(before));
      await cluster.start();
      await allAcknowledged(world);
      const spent = 1_000 + round * 2_000;
      await world.settledAt(mapping, [spent, 250_000 - spent, spent / 2_500, 3], 30_000);
      await eventually(async () =>
        expect(await tellsOfItself(world.proxyUrl)).toMatchObject({ store: { ok: true }, readyStatus: 200 }),
      );
    }
    // No run was given up, and none was taken twice for what it had done.
    expect((await tellsOfItself(world.proxyUrl)).queue).toEqual(expect.objectContaining({ pending: 0, dead: 0 }));
    expect(world.standIns.jira.site.projects.size).toBe(1);
  },
  180_000,
);
