import { z } from 'zod';
import { eventually } from '../../eventually';
import { startWorld, stopWorlds } from '../../world';

afterEach(stopWorlds);

const health = z.object({ queue: z.object({ pending: z.number() }) });

test('R-1307 events of a project are coalesced for as long as it is set, into one run; a person does not wait for it', async () => {
  let minutes = 0;
  const start = Date.parse('2025-01-20T15:00:00Z');
  const world = await startWorld(
    new Date(start).toISOString(),
    { POLL_INTERVAL_MS: '3600000' },
    { crmjira_BatchMaxDelaySeconds: '300' },
  );
  const sixMinutesLater = (): void => {
    minutes += 6;
    world.setClock(new Date(start + minutes * 60_000).toISOString());
  };
  // What our own root issue is told by waits its time too: it passes quickly until the project stands.
  const passing = setInterval(sixMinutesLater, 200);
  const mapping = await world.provision();
  await world.approve();
  const issue = await world.newIssue();
  await world.settled();
  clearInterval(passing);
  const resolved = (): number => world.lines.filter((line) => line.includes('"msg":"resolved"')).length;
  const events = async (): Promise<number> => (await world.rows('crmjira_inbound_events')).length;
  const spent = async (): Promise<unknown> =>
    (await world.one('crmjira_budget_mappings', mapping))['crmjira_spent_amount'];
  const logThree = async (): Promise<void> => {
    const before = resolved();
    for (let hour = 0; hour < 3; hour += 1) await world.logHours(issue, 8);
    await world.standIns.jira.deliveriesSettled();
    // The opportunity is known by now, and waits.
    await eventually(async () => {
      expect(resolved()).toBeGreaterThan(before);
      expect(health.parse(await (await fetch(`${world.proxyUrl}/health`)).json()).queue.pending).toBe(1);
    });
  };

  const before = await events();
  await logThree();
  expect([await spent(), await events()]).toEqual([0, before]);
  sixMinutesLater();
  await world.settledAt(mapping, [3_000, 247_000, 1.2, 3]);
  expect(await events()).toBe(before + 1);

  await logThree();
  expect(await spent()).toBe(3_000);
  await world.command(3);
  await world.settledAt(mapping, [6_000, 244_000, 2.4, 3]);
});
