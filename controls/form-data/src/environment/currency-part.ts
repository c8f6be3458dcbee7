import type { Part } from '../store/part';
import { CURRENCY_QUERY, type Currencies, parseCurrencies } from './currencies';

/** Without currencies no figure can be named. Read once a form. */
export const currencyPart: Part<'currencies', Currencies> = {
  name: 'currencies',
  select: CURRENCY_QUERY,
  first: true,
  async read({ webApi }) {
    return parseCurrencies((await webApi.retrieveMultipleRecords('transactioncurrency', CURRENCY_QUERY)).entities);
  },
  stands: () => true,
};
