import { pascalCase, quoted, typeNameOf } from '../../solution/tools/write/pascal-case';

test.each([
  ['Over Budget', 'OverBudget'],
  ['HOURLY_RATE', 'HourlyRate'],
  ['JIRA', 'Jira'],
  ['Dynamics 365', 'Dynamics365'],
  ['Tempo Cloud', 'TempoCloud'],
  ['Computed (worklogs × rate)', 'ComputedWorklogsRate'],
  ['pending', 'Pending'],
])('the label %s becomes %s', (label, name) => expect(pascalCase(label)).toBe(name));

test('a table names its row type without the publisher', () => {
  expect(typeNameOf('crmjira_budget_mapping')).toBe('BudgetMapping');
});

test('quotes and backslashes stay inside a literal', () => {
  expect(quoted("l'état \\")).toBe("'l\\'état \\\\'");
});
