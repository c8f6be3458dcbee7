import { parseDiscrepancies } from '../../../controls/portfolio/src/rows/discrepancies';
import { filterOf } from '../../../controls/portfolio/src/rows/filter';
import { nextSort, sortedBy } from '../../../controls/portfolio/src/rows/sort';

test('R-211 a keyword is looked for in name and key, and stands for itself', () => {
  expect(filterOf('all', '  ', 80)).toBeNull();
  expect(filterOf('all', ' 50%_[a] ', 80)?.filters?.[0]?.conditions.map(({ value }) => value)).toEqual([
    '%50[%][_][[]a]%',
    '%50[%][_][[]a]%',
  ]);
});

test('R-211 a choice and a keyword hold together', () => {
  const filter = filterOf('past', 'acme', 72.5);
  expect(filter?.filterOperator).toBe(0);
  expect(filter?.conditions.map(({ attributeName, value }) => `${attributeName} ${String(value)}`)).toEqual([
    'crmjira_utilization 72.5',
    'crmjira_budget_status 5',
  ]);
  expect(filter?.filters?.[0]?.filterOperator).toBe(1);
});

test('R-519 what is over budget is found by its amount: a percentage of two decimals is 100 for a few dollars too much', () => {
  const LESS_THAN = 3;
  expect(filterOf('over', '', 80)?.conditions).toEqual([
    { attributeName: 'crmjira_remaining_budget', conditionOperator: LESS_THAN, value: '0' },
  ]);
});

test('figures are sorted from the largest first, words from A, and a second press turns it round', () => {
  const first = nextSort([], 'crmjira_utilization', true);
  expect([first.sortDirection, sortedBy([first], 'crmjira_utilization')]).toEqual([1, 'descending']);
  expect(nextSort([first], 'crmjira_utilization', true).sortDirection).toBe(0);
  expect(nextSort([first], 'crmjira_jira_project_name', false).sortDirection).toBe(0);
});

test('R-1506 a text that is not what the integration writes tells nothing', () => {
  expect(['{', '{}', '[1,null]', null].map(parseDiscrepancies)).toEqual([[], [], [], []]);
  expect(parseDiscrepancies('[{"field":"spent","crm":"1","jira":2,"since":"2025-01-01T00:00:00Z"}]')).toEqual([
    { field: 'spent', jira: null, since: '2025-01-01T00:00:00Z' },
  ]);
});
