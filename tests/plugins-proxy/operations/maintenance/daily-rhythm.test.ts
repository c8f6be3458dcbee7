import { dueDay } from '../../../../plugins-proxy/src/platform/daily-clock';
import { readSyncedMappings } from '../../../../plugins-proxy/src/inbound/polling/synced-mappings';
import { startStandIns } from '../../stand-ins';

test('R-609 every day has one run, the next one day later, in summer as in winter', () => {
  const days = new Set<string>();
  for (let at = Date.parse('2025-03-01T00:00:00Z'); at < Date.parse('2025-11-30T00:00:00Z'); at += 3_600_000)
    days.add(dueDay(new Date(at)));
  const sorted = [...days];
  expect(sorted).toEqual([...sorted].sort());
  const gaps = sorted.slice(1).map((day, n) => Date.parse(day) - Date.parse(sorted[n] ?? ''));
  expect(new Set(gaps)).toEqual(new Set([86_400_000]));
});

test('R-609 its query of the mappings reads no column that is neither identity nor compared (R-1506)', async () => {
  const standIns = await startStandIns(() => new Date());
  try {
    const asked: string[][] = [];
    const listening: typeof standIns.admin = {
      ...standIns.admin,
      many: (collection, query, schema) => {
        asked.push([...query.select]);
        return standIns.admin.many(collection, query, schema);
      },
    };
    await readSyncedMappings(listening, [standIns.config.connectionId]);
    const identity = ['crmjira_budget_mappingid', 'crmjira_jira_project_key', 'crmjira_jira_budget_id'];
    const compared = ['approved_budget', 'spent_amount', 'remaining_budget', 'jira_amount', 'budget_status'];
    const allowed = [...identity, '_crmjira_opportunity_id_value', ...compared.map((name) => `crmjira_${name}`)];
    expect(asked).toHaveLength(1);
    expect(asked[0]?.filter((column) => !allowed.includes(column))).toEqual([]);
  } finally {
    await standIns.close();
  }
});
