import { type SeededWorld, startSeededWorld } from '../../bench/seeded-world';
import { type MeasuredProxy, startMeasuredProxy } from '../../bench/start-proxy';
import { watchHours } from '../../bench/watch-hours';

/** Far enough apart that no event joins the run of the one before. */
const apartMs = 1_000;
const events = 6;

let world: SeededWorld;
let proxy: MeasuredProxy;
beforeAll(async () => {
  world = await startSeededWorld({ projects: 1 });
  // Change tracking comes several times meanwhile: our own writes are among what it tells.
  proxy = await startMeasuredProxy({ ...world.environment, REGISTER_STEPS: 'true', POLL_INTERVAL_MS: '2000' });
  await Promise.all([proxy.seen('steps and webhook registered'), proxy.quiet(1)]);
});
afterAll(async () => {
  await proxy.stop();
  await world.close();
});

test('R-1307 logged work costs a look-up, a run and two requests to Jira, and what the service has written itself no run more', async () => {
  const [project] = world.projects;
  if (project === undefined) throw new Error('not seeded');
  const watch = await watchHours(world);
  const runs = (): number => proxy.count('reconciled') + proxy.count('resolved');
  const before = runs();
  for (const side of Object.values(world.counts)) side.reset();
  for (let n = 0; n < events; n += 1) {
    await watch.log(project);
    await new Promise((resolve) => setTimeout(resolve, apartMs));
  }
  await watch.settled(60_000);
  watch.stop();
  // What change tracking has to tell of the last of our writes is told by its next turn.
  await new Promise((resolve) => setTimeout(resolve, 2 * apartMs));
  await proxy.quiet(0);
  // Two and two without load. A slow machine may take one act of Jira for two; before, every event cost four runs and five requests.
  expect((runs() - before) / events).toBeLessThan(4);
  expect((world.counts.jira.http - events) / events).toBeLessThanOrEqual(4);
});
