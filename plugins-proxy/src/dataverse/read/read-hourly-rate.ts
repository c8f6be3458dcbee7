import { BudgetCategoryType, type Money, moneyFromDecimal, type Policy, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../reader';
import { equalsId } from '../filter';
import { optionalGuid, optionalNumber } from './columns';
import type { Currencies } from './read-currencies';

const categoryRow = z.object({
  crmjira_default_rate: optionalNumber,
  _crmjira_budget_mapping_id_value: optionalGuid,
  _transactioncurrencyid_value: optionalGuid,
});
const activeRow = 0;

/**
 * Rate of worklogs that carry none: the mapping's category row, else the template row (one without a mapping), else the
 * environment's default. Of several rows with a rate the oldest counts; a row without a rate or a deactivated one says nothing.
 */
export async function readHourlyRate(
  client: DataverseReader,
  mappingId: string | null,
  currencies: Currencies,
  policy: Policy,
): Promise<Money> {
  const fallback = moneyFromDecimal(policy.defaultHourlyRate, policy.defaultCurrency);
  if (mappingId === null) return fallback;
  const mapping = '_crmjira_budget_mapping_id_value';
  const rated = `crmjira_type eq ${BudgetCategoryType.HourlyRate} and crmjira_default_rate ne null and statecode eq ${activeRow}`;
  const rows = await client.many(
    tables.crmjira_budget_category.entitySet,
    {
      select: Object.keys(categoryRow.shape),
      filter: `(${equalsId(mapping, mappingId)} or ${mapping} eq null) and ${rated}`,
      orderBy: ['createdon asc'],
    },
    categoryRow,
  );
  const row = rows.find((found) => found[mapping] !== null) ?? rows[0];
  if (row === undefined || row.crmjira_default_rate === null) return fallback;
  const currency = row._transactioncurrencyid_value;
  return moneyFromDecimal(
    row.crmjira_default_rate,
    currency === null ? policy.defaultCurrency : currencies.codeOf(currency),
  );
}
