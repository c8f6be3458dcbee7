import { type Money, add, moneyFromDecimal, zero } from '@crmjira/domain';
import { type Mapping, type WebApi, numberField, textField } from '@crmjira/form-data';

/** What one person did for a budget so far. */
export interface PersonWork {
  /** as Jira has it; empty where it has none */
  readonly name: string;
  readonly hours: number;
  readonly cost: Money;
}

/** Table of hours and cost per person and month; only the role Worklog Viewer may read it (R-2304). */
export const WORK_TABLE = 'crmjira_resource_allocation';

/** More rows than a budget period brings. */
const MOST = 5_000;

/** Sums by person, who cost most first. A person whose worklogs were all deleted keeps rows of zeros and is left out. */
export async function readWork(
  webApi: Pick<WebApi, 'retrieveMultipleRecords'>,
  { id, currency }: Pick<Mapping, 'id' | 'currency'>,
): Promise<readonly PersonWork[]> {
  const { entities } = await webApi.retrieveMultipleRecords(
    WORK_TABLE,
    `?$select=crmjira_person_id,crmjira_person,crmjira_hours,crmjira_cost&$filter=_crmjira_budget_mapping_id_value eq ${id}&$orderby=crmjira_month asc`,
    MOST,
  );
  const found = new Map<string, PersonWork>();
  for (const row of entities) {
    const person = textField(row, 'crmjira_person_id') ?? '';
    const { hours, cost } = found.get(person) ?? { hours: 0, cost: zero(currency.code) };
    found.set(person, {
      // The newest month has the name that is theirs now.
      name: textField(row, 'crmjira_person') ?? '',
      hours: hours + (numberField(row, 'crmjira_hours') ?? 0),
      cost: add(cost, moneyFromDecimal(numberField(row, 'crmjira_cost') ?? 0, currency.code)),
    });
  }
  return [...found.values()]
    .filter(({ hours, cost }) => hours || cost.minor)
    .sort((one, other) => other.cost.minor - one.cost.minor);
}
