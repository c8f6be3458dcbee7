import { startWorld, stopWorlds } from './world';

afterEach(stopWorlds);

const ways: readonly Record<string, string>[] = [{}, { INBOUND: 'none', POLL_INTERVAL_MS: '100' }];

test.each(ways)(
  'Tempo Cloud 4 gives the figures of E1 and E2, its own number as budget id (R-513) %j',
  async (over) => {
    const world = await startWorld('2025-01-15T14:00:00Z', over, { crmjira_BudgetSource: 'tempo4' });
    const mapping = await world.provision();
    expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({
      crmjira_jira_budget_id: '700001',
      crmjira_jira_amount: 250_000,
      crmjira_budget_source: 2,
      crmjira_jira_project_id: '10150',
    });
    await world.approve();
    const [project] = world.standIns.jira.site.tempoProjects.all();
    expect(project).toMatchObject({
      budget: 250_000,
      currency: 'CAD',
      scope: { type: 'JIRA_PROJECTS', reference: '10150' },
      timeframe: { startDate: '2025-01-15', endDate: '2026-01-15' },
    });
    world.setClock('2025-01-20T17:30:00Z');
    await world.logHours(await world.newIssue(), 368);
    world.setClock('2025-01-20T17:35:00Z');
    await world.settledAt(mapping, [46_000, 204_000, 18.4, 3]);
    expect(world.standIns.jira.site.tempoProjects.size).toBe(1);
    expect(world.lines.join('')).not.toContain('tempo-token-of-the-tests');
  },
  90_000,
);
