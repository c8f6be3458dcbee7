import {
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

/** Reads what an approval is decided by; where another control of the form reads more, that one's reading serves. */
export const briefReader: Reader = {
  depth: 0,
  read: async ({ webApi, opportunityId }, constants) => {
    const { currencies } = constants;
    const [opportunity, { entities }] = await Promise.all([
      webApi.retrieveRecord('opportunity', opportunityId, OPPORTUNITY_QUERY),
      webApi.retrieveMultipleRecords('crmjira_budget_mapping', MAPPING_QUERY + opportunityId),
    ]);
    // An entity of the answer is an object of columns; each column is checked when it is read.
    const [row] = entities as readonly RawRow[];
    const currency = row && currencyOf(textField(row, '_transactioncurrencyid_value'), currencies);
    const brief = {
      ...constants,
      opportunity: parseOpportunity(opportunity, currencies),
      mapping: currency
        ? {
            approved: moneyField(row, 'crmjira_approved_budget', currency),
            spent: moneyField(row, 'crmjira_spent_amount', currency),
            budgetStatus: numberField(row, 'crmjira_budget_status'),
          }
        : null,
    };
    return () => ({ brief });
  },
};
