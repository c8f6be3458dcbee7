import type { Currencies } from '../environment/currencies';
import { currencyPart } from '../environment/currency-part';
import type { Part } from '../store/part';
import { OPPORTUNITY_QUERY, type Opportunity, parseOpportunity } from './opportunity';

/** Columns of the opportunity on the form itself. */
export const opportunityPart: Part<'opportunity', Opportunity, { readonly currencies: Currencies }> = {
  name: 'opportunity',
  select: OPPORTUNITY_QUERY,
  needs: [currencyPart],
  async read({ webApi, table, id }, { currencies }) {
    return parseOpportunity(await webApi.retrieveRecord(table, id, OPPORTUNITY_QUERY), currencies);
  },
};
