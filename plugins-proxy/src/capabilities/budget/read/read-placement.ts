import { chooseConnection, type ConnectionRule, type OpportunityFacts, tables } from '@crmjira/domain';
import { z } from 'zod';
import { formattedValue as label, optionalGuid, optionalText, text } from '../../../clients/dataverse/columns';
import type { DataverseReader } from '../../../clients/dataverse/reader';

const ownerRow = z.object({
  _owningbusinessunit_value: optionalGuid,
  [`_owningbusinessunit_value${label}`]: text.optional(),
  _customerid_value: optionalGuid,
});
const accountRow = z.object({ address1_country: optionalText });

/**
 * The connection that the rules of the environment name for an opportunity without a project; null = the first one. Without rules nothing
 * is asked.
 */
export async function readChosenConnection(
  client: DataverseReader,
  rules: readonly ConnectionRule[],
  opportunity: Pick<OpportunityFacts, 'id' | 'currency'>,
): Promise<string | null> {
  if (rules.length === 0) return null;
  const row = await client.one(
    tables.opportunity.entitySet,
    opportunity.id,
    ['_owningbusinessunit_value', '_customerid_value'],
    ownerRow,
  );
  const customer = row?._customerid_value ?? null;
  // A contact is no account: there is no such row then.
  const account =
    customer === null || !rules.some(({ country }) => country !== undefined)
      ? null
      : await client.one(tables.account.entitySet, customer, Object.keys(accountRow.shape), accountRow);
  const units = [row?._owningbusinessunit_value, row?.[`_owningbusinessunit_value${label}`]];
  return chooseConnection(rules, {
    businessUnits: units.flatMap((unit) => (typeof unit === 'string' ? [unit] : [])),
    currency: opportunity.currency,
    country: account?.address1_country ?? null,
  });
}
