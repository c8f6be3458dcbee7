import { BudgetCategoryType, type Money, moneyFromDecimal, type Policy, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { equalsId } from '../../../clients/dataverse/filter';
import { optionalGuid, optionalNumber } from '../../../clients/dataverse/columns';
import type { Currencies } from '../../../connections/environment/read-currencies';

const categoryRow = z.object({
  crmjira_default_rate: optionalNumber,
  _crmjira_budget_mapping_id_value: optionalGuid,
  _transactioncurrencyid_value: optionalGuid,
});
const activeRow = 0;

const mappingOf = '_crmjira_budget_mapping_id_value';
const rated = `crmjira_type eq ${BudgetCategoryType.HourlyRate} and crmjira_default_rate ne null and statecode eq ${activeRow}`;

/** Category rows with a rate among `whose`, the oldest first. */
async function readRated(client: DataverseReader, whose: string): Promise<readonly z.infer<typeof categoryRow>[]> {
  return client.many(
    tables.crmjira_budget_category.entitySet,
    {
      select: Object.keys(categoryRow.shape),
      filter: `${whose} and ${rated}`,
      orderBy: ['createdon asc'],
    },
    categoryRow,
  );
}

/** Rate of a row, in its own currency; the environment's where there is none. Pure. */
function rateOf(row: z.infer<typeof categoryRow> | undefined, currencies: Currencies, policy: DefaultRate): Money {
  if (row === undefined || row.crmjira_default_rate === null)
    return moneyFromDecimal(policy.defaultHourlyRate, policy.defaultCurrency);
  const currency = row._transactioncurrencyid_value;
  return moneyFromDecimal(
    row.crmjira_default_rate,
    currency === null ? policy.defaultCurrency : currencies.codeOf(currency),
  );
}

type DefaultRate = Pick<Policy, 'defaultHourlyRate' | 'defaultCurrency'>;

/** Rate of an hour of which neither the worklog nor the mapping says one: the template row's, else the environment's default. */
export async function readDefaultRate(
  client: DataverseReader,
  currencies: Currencies,
  policy: DefaultRate,
): Promise<Money> {
  const [template] = await readRated(client, `${mappingOf} eq null`);
  return rateOf(template, currencies, policy);
}

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
  if (mappingId === null) return rateOf(undefined, currencies, policy);
  const rows = await readRated(client, `(${equalsId(mappingOf, mappingId)} or ${mappingOf} eq null)`);
  return rateOf(rows.find((found) => found[mappingOf] !== null) ?? rows[0], currencies, policy);
}
