import { divideRounded, minorDigits, money, type Money } from '@crmjira/domain';
import { IntegrationError } from '../../../platform/errors/integration-error';

/** Gives an amount in another currency. */
export type Conversion = (amount: Money, currency: string) => Money;

/** Digits kept of an exchange rate; Dataverse stores ten. */
const rateScale = 10n ** 10n;

const scaled = (rate: number): bigint => BigInt(Math.round(rate * Number(rateScale)));

/**
 * Conversion by Dataverse's exchange rates: units of a currency per unit of the base currency (`transactioncurrency.exchangerate`).
 * Integer arithmetic but for the rate itself, rounded half away from zero.
 */
export function conversionBy(exchangeRates: ReadonlyMap<string, number>): Conversion {
  const rateOf = (currency: string): bigint => {
    const rate = exchangeRates.get(currency);
    if (rate !== undefined && rate > 0) return scaled(rate);
    throw new IntegrationError(`Dynamics has no exchange rate for ${currency}.`, {
      code: 'exchange-rate-missing',
      errorClass: 'configuration',
    });
  };
  return (amount, currency) => {
    if (amount.currency === currency) return amount;
    const shift = 10n ** BigInt(minorDigits(currency));
    const back = 10n ** BigInt(minorDigits(amount.currency));
    const numerator = BigInt(amount.minor) * rateOf(currency) * shift;
    return money(Number(divideRounded(numerator, rateOf(amount.currency) * back)), currency);
  };
}
