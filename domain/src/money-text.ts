import { type Money, minorDigits, toDecimalText } from './money';

const SIGN: Readonly<Record<string, string>> = { CAD: '$', USD: '$', AUD: '$', EUR: '€', GBP: '£', JPY: '¥' };

/**
 * The one form of amounts in mails, tasks and results: `$250,000.00 CAD`. English on purpose, as their texts are; the
 * form formats by its user's settings instead.
 */
export function moneyText(amount: Money): string {
  const [whole = '', fraction] = toDecimalText({ ...amount, minor: Math.abs(amount.minor) }).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const text = minorDigits(amount.currency) === 0 ? grouped : `${grouped}.${fraction}`;
  return `${amount.minor < 0 ? '-' : ''}${SIGN[amount.currency] ?? ''}${text} ${amount.currency}`;
}

/** One decimal, `85.0%`. @param percent two-decimal percentage as stored */
export function percentText(percent: number): string {
  return `${(Math.round(percent * 10) / 10).toFixed(1)}%`;
}
