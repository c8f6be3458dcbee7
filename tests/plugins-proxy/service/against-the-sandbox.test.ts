import { createProxy } from '../../../plugins-proxy/src/create-proxy';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { keepLines } from '../log-lines';
import { dataCenter } from '../stand-ins';
import { postgresMissing, startPostgres } from '../temporary-postgres';
import { startWorld, stopLater, stopWorlds, type World } from '../world';

afterEach(stopWorlds);

describe('the figures of E2 (tests/plugins-proxy/capabilities/budget/examples)', () => {
  let world: World;
  test('on Data Center, by its own REST version and a personal access token (ADR-7)', async () => {
    world = await startWorld('2025-01-15T14:00:00Z', dataCenter);
    const mapping = await world.provision();
    await world.approve();
    await world.logHours(await world.newIssue(), 368);
    await world.settledAt(mapping, [46_000, 204_000, 18.4, 3]);
  });

  test('the contract of the budget module gives the same figures (R-513)', async () => {
    world = await startWorld('2025-01-15T14:00:00Z', {}, { crmjira_BudgetSource: 'budget-module' });
    const mapping = await world.provision();
    expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({
      crmjira_jira_budget_id: 'BUD-12345',
      crmjira_jira_amount: 250_000,
      crmjira_budget_source: 1,
    });
    await world.approve();
    await world.logHours(await world.newIssue(), 368);
    await world.settledAt(mapping, [46_000, 204_000, 18.4, 3]);
  });
});

const describePostgres = postgresMissing === null ? describe : describe.skip;
describePostgres(`on PostgreSQL${postgresMissing === null ? '' : ` (skipped: ${postgresMissing})`}`, () => {
  test('two replicas share one queue, and still there is one project', async () => {
    const postgres = await startPostgres();
    stopLater(postgres.stop);
    const world = await startWorld('2025-01-15T14:00:00Z', { DATABASE_URL: postgres.url });
    const second = await createProxy(
      { ...world.config, port: 0 },
      createLogger('silent', [], keepLines().stream),
      world.clock,
    );
    stopLater(second.stop);
    await second.start();
    const mapping = await world.provision();
    await world.approve();
    await world.logHours(await world.newIssue(), 368);
    await world.settledAt(mapping, [46_000, 204_000, 18.4, 3]);
    expect(await world.census()).toMatchObject({ projects: 1, issues: 2 });
  });
});
