import { BudgetCategoryType, type Money, moneyFromDecimal, type Policy, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../reader';
import { equalsId } from '../filter';
import { optionalGuid, optionalNumber } from './columns';
import type { Currencies } from './read-currencies';

const categoryRow = z.object({ crmjira_default_rate: optionalNumber, _transactioncurrencyid_value: optionalGuid });

/** Rate of worklogs that carry none: the mapping's category row, else the environment's default. */
export async function readHourlyRate(
  client: DataverseReader,
  mappingId: string | null,
  currencies: Currencies,
  policy: Policy,
): Promise<Money> {
  const fallback = moneyFromDecimal(policy.defaultHourlyRate, policy.defaultCurrency);
  if (mappingId === null) return fallback;
  const ofMapping = equalsId('_crmjira_budget_mapping_id_value', mappingId);
  const rows = await client.many(
    tables.crmjira_budget_category.entitySet,
    {
      select: ['crmjira_default_rate', '_transactioncurrencyid_value'],
      filter: `${ofMapping} and crmjira_type eq ${BudgetCategoryType.HourlyRate}`,
      orderBy: ['createdon asc'],
      top: 1,
    },
    categoryRow,
  );
  const row = rows[0];
  if (row === undefined || row.crmjira_default_rate === null) return fallback;
  const currency = row._transactioncurrencyid_value;
  return moneyFromDecimal(
    row.crmjira_default_rate,
    currency === null ? policy.defaultCurrency : currencies.codeOf(currency),
  );
}
