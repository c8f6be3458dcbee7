import { canadianDollarId } from '../dataverse/base-rows/base-rows';

/**
 * Currencies of the organization: id, symbol, units for one Canadian dollar (Dataverse's sense of `exchangerate`), and what an
 * hour of the project team costs in them.
 */
export const currencies = {
  CAD: {
    id: canadianDollarId,
    name: 'Canadian Dollar',
    symbol: '$',
    exchangeRate: 1,
    hourlyRate: 125,
  },
  USD: {
    id: '7c0a1d00-0000-4000-8000-0000000005d0',
    name: 'US Dollar',
    symbol: '$',
    exchangeRate: 0.73,
    hourlyRate: 95,
  },
  EUR: { id: '7c0a1d00-0000-4000-8000-0000000e0400', name: 'Euro', symbol: '€', exchangeRate: 0.67, hourlyRate: 88 },
  GBP: {
    id: '7c0a1d00-0000-4000-8000-000000009b00',
    name: 'Pound Sterling',
    symbol: '£',
    exchangeRate: 0.57,
    hourlyRate: 78,
  },
} as const;
/** What the stand-in of the budget module prices an hour at that carries no rate; projects of the seed have it as their own. */
export const STANDARD_HOURLY_RATE = currencies.CAD.hourlyRate;
export type CurrencyCode = keyof typeof currencies;
