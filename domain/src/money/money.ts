import { DomainError } from '../domain-error';

/**
 * An amount of money as integer minor units of one ISO 4217 currency: 250,000.00 CAD is `{ minor: 25000000, currency: 'CAD' }`.
 * Amounts of different currencies are never added.
 */
export interface Money {
  /** integer minor units, may be negative */
  readonly minor: number;
  /** ISO 4217 code, upper case */
  readonly currency: string;
}

/** ISO 4217: currencies without a minor unit, and those whose minor unit is a thousandth. */
const WITHOUT_MINOR = /BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|VND|VUV|XAF|XOF|XPF/;
const IN_THOUSANDTHS = /BHD|IQD|JOD|KWD|LYD|OMR|TND/;

/** Digits after the point of a currency's major unit. @param currency ISO 4217 code, upper case */
export function minorDigits(currency: string): number {
  if (WITHOUT_MINOR.test(currency)) return 0;
  return IN_THOUSANDTHS.test(currency) ? 3 : 2;
}

/** @throws DomainError `money.not-safe` when the amount does not fit an exact integer. */
export function money(minor: number, currency: string): Money {
  if (!Number.isSafeInteger(minor)) {
    throw new DomainError('money.not-safe', `${minor} minor units of ${currency} are not exact`);
  }
  return { minor: minor === 0 ? 0 : minor, currency };
}

export function zero(currency: string): Money {
  return { minor: 0, currency };
}

/**
 * Reads a decimal as Dataverse and Jira write it (`250000`, `46000.1`, `"12.345"`), rounding half away from zero to the
 * currency's minor unit. Works on the digits, never on a float product.
 * @throws DomainError `money.not-a-number` for anything that is not a plain decimal.
 */
export function moneyFromDecimal(value: number | string, currency: string): Money {
  // What is smaller than any amount by hundreds of digits is no amount.
  const match = /^(-?\d+)(?:\.(\d+))?(?:e-(\d{1,3}))?$/i.exec(String(value).trim());
  if (!match) throw new DomainError('money.not-a-number', `"${value}" is not an amount of ${currency}`);
  const [, whole, fraction = '', exponent = 0] = match;
  const digits = BigInt(whole + fraction) * 10n ** BigInt(minorDigits(currency));
  const minor = divideRounded(digits, 10n ** BigInt(fraction.length + Number(exponent)));
  return money(Number(minor), currency);
}

/** Major units as the JSON number that Dataverse and Jira take; exact for every amount that fits a currency column. */
export function toDecimal(amount: Money): number {
  return Number(toDecimalText(amount));
}

/** Major units as text with all minor digits: `46000.00`. */
export function toDecimalText(amount: Money): string {
  const places = minorDigits(amount.currency);
  const digits = String(Math.abs(amount.minor)).padStart(places + 1, '0');
  const sign = amount.minor < 0 ? '-' : '';
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function sameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) {
    throw new DomainError('money.currency-mismatch', `${a.currency} and ${b.currency} cannot be combined`);
  }
}

/** @throws DomainError `money.currency-mismatch` */
export function add(a: Money, b: Money): Money {
  sameCurrency(a, b);
  return money(a.minor + b.minor, a.currency);
}

/** @throws DomainError `money.currency-mismatch` */
export function subtract(a: Money, b: Money): Money {
  sameCurrency(a, b);
  return money(a.minor - b.minor, a.currency);
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. @throws DomainError `money.currency-mismatch` */
export function compareMoney(a: Money, b: Money): number {
  sameCurrency(a, b);
  return a.minor - b.minor;
}

export function equalMoney(a: Money | null, b: Money | null): boolean {
  return a === b || (a !== null && b !== null && a.minor === b.minor && a.currency === b.currency);
}

/** Integer quotient rounded half away from zero; exact for any size. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  // Division of integers cuts off: of twice the quotient half is left, which one more carries over.
  const twice = (2n * numerator) / denominator;
  return (twice + (twice < 0n ? -1n : 1n)) / 2n;
}

/** Cost of logged time at an hourly rate, rounded half up to the minor unit. @param seconds whole seconds */
export function costOfTime(seconds: number, hourlyRate: Money): Money {
  const minor = divideRounded(BigInt(Math.round(seconds)) * BigInt(hourlyRate.minor), 3600n);
  return money(Number(minor), hourlyRate.currency);
}
