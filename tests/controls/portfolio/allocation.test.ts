import {
  isInPeriod,
  monthsOfHistory,
  monthsOfPersons,
  periodElapsed,
  sumOf,
} from '../../../controls/portfolio/src/details/allocation';
import { readDetails } from '../../../controls/portfolio/src/details/read-details';

/** Dataverse for one mapping; `forbidden`: the person may not read the table of persons. */
function dataverse(forbidden: boolean) {
  const asked: string[] = [];
  return {
    asked,
    webApi: {
      retrieveMultipleRecords: async (table: string) => {
        asked.push(table);
        if (table === 'crmjira_budget_snapshot')
          return {
            entities: [
              { crmjira_snapshot_date: '2025-03-30', crmjira_total_hours: 10, crmjira_spent_amount: 1250 },
              { crmjira_snapshot_date: '2025-03-31', crmjira_total_hours: 12.5, crmjira_spent_amount: 1562.5 },
              { crmjira_snapshot_date: '2025-04-02', crmjira_total_hours: 14, crmjira_spent_amount: 1750 },
            ],
          };
        if (forbidden) throw Object.assign(new Error('missing prvRead'), { errorCode: 0x80040220 });
        return {
          entities: [
            { crmjira_month: '2025-03-01', crmjira_person: 'Mei Chen', crmjira_hours: 12.5, crmjira_cost: 1562.5 },
            { crmjira_month: '2025-03-01', crmjira_person: 'Gone', crmjira_hours: 0, crmjira_cost: 0 },
          ],
        };
      },
    } as unknown as ComponentFramework.WebApi, // the one call that is made
  };
}

test('R-214 the growth of the burn history is the work of each month', () => {
  const history = [
    { month: '2025-01', hours: 100, cost: 12500 },
    { month: '2025-01', hours: 250, cost: 31250 },
    { month: '2025-02', hours: 250, cost: 31250 },
    { month: '2025-03', hours: 400, cost: 50000 },
  ];
  expect(monthsOfHistory(history)).toEqual([
    { month: '2025-01', hours: 250, cost: 31250, persons: [] },
    { month: '2025-03', hours: 150, cost: 18750, persons: [] },
  ]);
});

test('R-214 persons add up to their month, exactly', () => {
  const rows = [10, 20].map((hours, index) => ({ month: '2025-01', person: `P${index}`, hours, cost: hours * 125 }));
  expect(monthsOfPersons(rows)).toEqual([{ month: '2025-01', hours: 30, cost: 3750, persons: [...rows].reverse() }]);
  expect(sumOf(rows)).toEqual({ hours: 30, cost: 3750 });
});

test('R-214 months are seen against the budget period', () => {
  expect([isInPeriod('2025-01', '2025-01-20', '2025-12-31'), isInPeriod('2026-01', null, '2025-12-31')]).toEqual([
    true,
    false,
  ]);
  expect(periodElapsed('2025-01-01', '2025-01-11', '2025-01-06')).toBe(0.5);
  expect(periodElapsed('2025-01-01', '2025-01-11', '2026-01-06')).toBe(1);
  expect(periodElapsed(null, '2025-01-11', '2025-01-06')).toBeNull();
});

test('R-2304 whoever Dataverse refuses the persons sees sums; the others see who worked', async () => {
  const refused = await readDetails(dataverse(true).webApi, 'm1', true);
  expect(refused).toMatchObject({ named: false, refused: true });
  expect(refused.months).toEqual([
    { month: '2025-03', hours: 1250, cost: 156250, persons: [] },
    { month: '2025-04', hours: 150, cost: 18750, persons: [] },
  ]);
  const viewer = await readDetails(dataverse(false).webApi, 'm1', true);
  expect(viewer.named).toBe(true);
  expect(viewer.months.flatMap(({ persons }) => persons.map(({ person }) => person))).toEqual(['Mei Chen']);
});

test('R-2304 nothing is asked about persons where the client knows that it would be refused', async () => {
  const { webApi, asked } = dataverse(true);
  await readDetails(webApi, 'm1', false);
  expect(asked).toEqual(['crmjira_budget_snapshot']);
});
