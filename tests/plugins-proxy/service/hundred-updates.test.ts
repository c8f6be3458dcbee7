import { z } from 'zod';
import { startMeasuredProxy } from '../../bench/start-proxy';
import { startSeededWorld } from '../../bench/seeded-world';
import { watchHours } from '../../bench/watch-hours';

const row = z.object({
  crmjira_budget_mappingid: z.string(),
  crmjira_total_hours: z.number(),
  crmjira_spent_amount: z.number(),
  crmjira_remaining_budget: z.number(),
  crmjira_approved_budget: z.number(),
});
const updateLog = z.object({ crmjira_operation_type: z.number(), crmjira_target_record_id: z.string().nullish() });

test('a hundred updates at once, with the platform’s limits on, lose nothing and leave the right figures (R-1305, R-1308)', async () => {
  // Few enough requests at a time that some are refused and have to be repeated.
  const limits = { requests: 6_000, windowSeconds: 300, executionMilliseconds: 1_200_000, concurrent: 4 };
  const world = await startSeededWorld({ projects: 10, serviceProtection: limits });
  const read = () => world.admin.many('crmjira_budget_mappings', { select: Object.keys(row.shape) }, row);
  const proxy = await startMeasuredProxy({ ...world.environment, REGISTER_STEPS: 'true' });
  try {
    await Promise.all([proxy.seen('steps and webhook registered'), proxy.quiet(world.projects.length)]);
    const before = new Map((await read()).map((one) => [one.crmjira_budget_mappingid, one]));
    const watch = await watchHours(world);
    await Promise.all(
      Array.from({ length: 100 }, (_, n) => {
        const project = world.projects[n % world.projects.length];
        return project === undefined ? Promise.reject(new Error('not seeded')) : watch.log(project);
      }),
    );
    await watch.settled(60_000);
    watch.stop();
    await proxy.quiet(world.projects.length);
    const after = await read();
    expect(after).toHaveLength(10);
    for (const one of after) {
      const was = before.get(one.crmjira_budget_mappingid);
      expect(one.crmjira_total_hours).toBeCloseTo((was?.crmjira_total_hours ?? 0) + 10, 2);
      // Ten hours at the project's rate.
      expect(one.crmjira_spent_amount - (was?.crmjira_spent_amount ?? 0)).toBe(1_250);
      expect(one.crmjira_remaining_budget).toBe(one.crmjira_approved_budget - one.crmjira_spent_amount);
    }
    const logs = await world.admin.many(
      'crmjira_integration_logs',
      { select: Object.keys(updateLog.shape), filter: 'crmjira_integration_status eq 3' },
      updateLog,
    );
    expect(logs).toEqual([]);
  } finally {
    await proxy.stop();
    await world.close();
  }
}, 120_000);
