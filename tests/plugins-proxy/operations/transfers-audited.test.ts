import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { startWorld, stopWorlds } from '../world';

afterEach(stopWorlds);

const applied = z.object({ correlationId: z.string(), action: z.string() });
const entity = join(__dirname, '..', '..', '..', 'solution/src/Entities/crmjira_budget_mapping/Entity.xml');

test('R-1213 every run that moves figures or writes to Jira has a row in the log; what only describes is under table auditing', async () => {
  const world = await startWorld('2025-01-16T14:00:00Z');
  const mapping = await world.provision();
  await world.approve();
  const issue = await world.newIssue();
  await world.logHours(issue, 1_700);
  await world.settledAt(mapping, [212_500, 37_500, 85, 3]);
  await world.logHours(issue, 400);
  await world.settledAt(mapping, [262_500, -12_500, 105, 4]);
  const beforeRename = world.lines.length;
  await world.jira('PUT', '/project/10150', { name: 'Another name' });
  await world.settled();

  const actionsOf = (lines: readonly string[]) =>
    lines.filter((line) => line.includes('"msg":"applied"')).map((line) => applied.parse(JSON.parse(line)));
  const rows = await world.rows('crmjira_integration_logs');
  const logged = new Set(rows.map((row) => row['crmjira_correlation_id']));
  const actions = actionsOf(world.lines.slice(0, beforeRename));
  expect(actions.some(({ action }) => action.startsWith('jira.'))).toBe(true);
  expect(new Set(actions.map(({ correlationId }) => correlationId)).size).toBeGreaterThanOrEqual(4);
  // The request for approval moves no figure: who asked, and when, stands in its own row.
  const asks = ['dataverse.change-set: an approval request or decision was made', 'dataverse.send-email'];
  const unlogged = actions.filter(({ correlationId }) => !logged.has(correlationId));
  expect(unlogged.map(({ action }) => action)).toEqual(asks);
  for (const row of rows)
    expect(row).toMatchObject({
      crmjira_operation_type: expect.any(Number),
      crmjira_source_system: expect.any(Number),
      crmjira_source_record_id: expect.stringMatching(/./),
      crmjira_integration_status: 2,
      crmjira_duration_ms: expect.any(Number),
    });

  // The name of the project moved without a figure: no row of ours, Dataverse's own audit has it.
  const renamed = actionsOf(world.lines.slice(beforeRename));
  expect(renamed.map(({ action }) => action)).toEqual(['dataverse.change-set: the figures in Jira changed']);
  expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({
    crmjira_jira_project_name: 'Another name',
  });
  const [column] =
    /<attribute PhysicalName="crmjira_jira_project_name">[^]*?<\/attribute>/i.exec(readFileSync(entity, 'utf8')) ?? [];
  expect(column).toContain('<IsAuditEnabled>1</IsAuditEnabled>');
});
