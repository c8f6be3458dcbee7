import { BudgetStatus } from '@crmjira/domain';
import type { ColumnName } from './columns';

type Filter = ComponentFramework.PropertyHelper.DataSetApi.FilterExpression;
type Condition = ComponentFramework.PropertyHelper.DataSetApi.ConditionExpression;

/** What a person may narrow the view to. */
export const CHOICES = ['all', 'over', 'past', 'discrepancy', 'failing'] as const;
export type Choice = (typeof CHOICES)[number];

/** ConditionOperator of the data set API, by the numbers of the SDK's ConditionOperator. */
const LESS = 3;
const AT_LEAST = 4;
const LIKE = 6;
const NOT_EQUAL = 1;

/** FilterOperator */
const AND = 0;
const OR = 1;

const condition = (attributeName: ColumnName, conditionOperator: 1 | 3 | 4 | 6, value: string): Condition => ({
  attributeName,
  conditionOperator,
  value,
});

const conditionsOf = (warningPercent: number): Readonly<Record<Choice, readonly Condition[]>> => ({
  all: [],
  // By the amount, as R-519 does: a percentage of two decimals is 100 for a few dollars too much.
  over: [condition('crmjira_remaining_budget', LESS, '0')],
  past: [
    condition('crmjira_utilization', AT_LEAST, String(warningPercent)),
    condition('crmjira_budget_status', NOT_EQUAL, String(BudgetStatus.Completed)),
  ],
  // The data set API knows no "is not null"; a text that is like anything is one.
  discrepancy: [condition('crmjira_discrepancies', LIKE, '%')],
  failing: [condition('crmjira_last_error', LIKE, '%')],
});

const SEARCHED: readonly ColumnName[] = ['crmjira_jira_project_name', 'crmjira_jira_project_key'];

/** Null: no filter of ours. @param keyword as typed; `%`, `_` and `[` stand for themselves @param warningPercent share from which is warned */
export function filterOf(choice: Choice, keyword: string, warningPercent: number): Filter | null {
  const wanted = keyword.trim().replace(/[[%_]/g, '[$&]');
  if (choice === 'all' && wanted === '') return null;
  const words = SEARCHED.map((column) => condition(column, LIKE, `%${wanted}%`));
  return {
    filterOperator: AND,
    conditions: [...conditionsOf(warningPercent)[choice]],
    filters: wanted === '' ? [] : [{ filterOperator: OR, conditions: words }],
  };
}
