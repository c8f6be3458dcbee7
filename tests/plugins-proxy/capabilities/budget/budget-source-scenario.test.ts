import { startWorld, stopWorlds } from '../../world';

afterEach(stopWorlds);

const ways: readonly Record<string, string>[] = [{}, { INBOUND: 'none', POLL_INTERVAL_MS: '100' }];

test.each(ways)(
  'Tempo Cloud 4 gives the figures of E1 and E2, its own number as budget id (R-513) %j',
  async (over) => {
    const world = await startWorld('2025-01-15T14:00:00Z', over, { crmjira_BudgetSource: 'tempo-cloud' });
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

test('F-304 what Tempo tells and cannot be used stops no run: it does not count, later work does, one log row tells', async () => {
  const world = await startWorld('2025-01-15T14:00:00Z', {}, { crmjira_BudgetSource: 'tempo-cloud' });
  const mapping = await world.provision();
  await world.approve();
  const { tempoProjects } = world.standIns.jira.site;
  world.setClock('2025-01-20T17:30:00Z');
  const [project] = tempoProjects.all();
  if (project === undefined) throw new Error('no Tempo project');
  const day = '2025-01-15';
  const expenses = [-5, 1e15, 1e21, 50].map((value, n) => ({
    id: String(n),
    date: day,
    value,
  }));
  tempoProjects.put({ ...project, budget: 1e21, expenses });
  const issue = await world.newIssue();
  await world.logHours(issue, 8);
  await world.settledAt(mapping, [1_050, 248_950, 0.42, 3]);
  await world.logHours(issue, 2_000);
  await world.settledAt(mapping, [251_050, -1_050, 100.42, 4]);
  expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({
    crmjira_jira_amount: 250_000,
    crmjira_last_error: null,
  });
  const told = await world.rows('crmjira_integration_logs', "crmjira_event_type eq 'worklog_not_as_told'");
  expect(told).toMatchObject([
    {
      crmjira_integration_status: 3,
      crmjira_error_message: expect.stringMatching(/^The amount cannot be used .*Tempo entries of 2025-01-15\.$/),
    },
  ]);
});
