import {
  type BriefRecord,
  type Constants,
  type Desk,
  type RawRow,
  type Reader,
  OPPORTUNITY_QUERY,
  currencyOf,
  moneyField,
  numberField,
  parseOpportunity,
  textField,
} from '@crmjira/form-data';

const MAPPING_QUERY =
  '?$select=crmjira_approved_budget,crmjira_spent_amount,crmjira_budget_status,_transactioncurrencyid_value&$top=1&$filter=_crmjira_opportunity_id_value eq ';

/** What an approval is decided by, as the rows have it at this moment. */
export async function readBrief({ webApi, opportunityId }: Desk, constants: Constants): Promise<BriefRecord> {
  const { currencies, settings } = constants;
  const [opportunity, { entities }] = await Promise.all([
    webApi.retrieveRecord('opportunity', opportunityId, OPPORTUNITY_QUERY),
    webApi.retrieveMultipleRecords('crmjira_budget_mapping', MAPPING_QUERY + opportunityId),
  ]);
  // An entity of the answer is an object of columns; each column is checked when it is read.
  const [row] = entities as readonly RawRow[];
  const currency = row && currencyOf(textField(row, '_transactioncurrencyid_value'), currencies);
  return {
    currencies,
    settings,
    opportunity: parseOpportunity(opportunity, currencies),
    mapping: currency
      ? {
          approved: moneyField(row, 'crmjira_approved_budget', currency),
          spent: moneyField(row, 'crmjira_spent_amount', currency),
          budgetStatus: numberField(row, 'crmjira_budget_status'),
        }
      : null,
  };
}

/** Where another control of the form reads more, that one's reading serves. */
export const briefReader: Reader = {
  depth: 0,
  read: async (desk, constants) => {
    const brief = await readBrief(desk, constants);
    return () => ({ brief });
  },
};
