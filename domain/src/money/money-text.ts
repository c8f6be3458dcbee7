import { type Money, minorDigits, toDecimalText } from './money';
import type { Language } from '../text/language';

const SIGN: ReadonlyMap<string, string> = new Map([
  ['CAD', '$'],
  ['USD', '$'],
  ['AUD', '$'],
  ['EUR', '€'],
  ['GBP', '£'],
  ['JPY', '¥'],
]);

/** As Intl separates in fr-CA: no line ends between the digits, the sign and the code. */
const NO_BREAK = '\u00a0';

/**
 * The form of amounts in mails, tasks and results: `$250,000.00 CAD`, `250 000,00 $ CAD` in a French sentence (R-2308). Goes
 * by the language of the sentence; the form formats by its user's settings instead.
 */
export function moneyText(amount: Money, language: Language = 1033): string {
  const [whole = '', fraction] = toDecimalText({ ...amount, minor: Math.abs(amount.minor) }).split('.');
  const french = language === 3084;
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, french ? NO_BREAK : ',');
  const digits = minorDigits(amount.currency) === 0 ? grouped : `${grouped}${french ? ',' : '.'}${fraction}`;
  const minus = amount.minor < 0 ? '-' : '';
  const sign = SIGN.get(amount.currency) ?? '';
  if (french) return [minus + digits, ...(sign === '' ? [] : [sign]), amount.currency].join(NO_BREAK);
  return `${minus}${sign}${digits} ${amount.currency}`;
}

/** One decimal, `85.0%`, `85,0 %` in a French sentence (R-2308). A half is rounded away from zero, whatever the sign (F-113). */
export function percentText(percent: number, language: Language = 1033): string {
  // Binary fractions hold 84.35 as a little less.
  const rounded = (Math.abs(percent) + 1e-9).toFixed(1);
  const digits = percent < 0 && Number(rounded) > 0 ? `-${rounded}` : rounded;
  return language === 3084 ? `${digits.replace('.', ',')}${NO_BREAK}%` : `${digits}%`;
}
