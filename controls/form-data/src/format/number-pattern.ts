/** What a user's settings say about numbers: Dynamics sends .NET's NumberFormatInfo, patterns by their number there. */
export type NumberPattern = Readonly<
  Pick<
    ComponentFramework.UserSettingApi.NumberFormattingInfo,
    | 'numberDecimalSeparator'
    | 'numberGroupSeparator'
    | 'numberGroupSizes'
    | 'currencyDecimalSeparator'
    | 'currencyGroupSeparator'
    | 'currencyGroupSizes'
    | 'currencyPositivePattern'
    | 'currencyNegativePattern'
    | 'percentDecimalSeparator'
    | 'percentPositivePattern'
    | 'percentSymbol'
    | 'negativeSign'
  >
>;

/** A space that never breaks a line between a number and its symbol. */
const NBSP = '\u00a0';

/** NumberFormatInfo.CurrencyPositivePattern */
const CURRENCY_POSITIVE = '$n|n$|$ n|n $'.split('|');

/** NumberFormatInfo.CurrencyNegativePattern */
const CURRENCY_NEGATIVE = '($n)|-$n|$-n|$n-|(n$)|-n$|n-$|n$-|-n $|-$ n|n $-|$ n-|$ -n|n- $|($ n)|(n $)'.split('|');

/** NumberFormatInfo.PercentPositivePattern */
const PERCENT_POSITIVE = 'n %|n%|%n|% n'.split('|');

/** Puts separators into plain decimal digits such as `250000.00`; the last group size repeats. */
export function groupDigits(digits: string, decimal: string, group: string, sizes: readonly number[]): string {
  const [whole = '0', fraction] = digits.split('.');
  const groups: string[] = [];
  let rest = whole;
  for (let index = 0; rest; index += 1) {
    // A size of 0 takes all that is left.
    const size = (sizes[index] ?? sizes.at(-1) ?? 3) || Infinity;
    groups.unshift(rest.slice(-size));
    rest = rest.slice(0, -size);
  }
  // A plain space would let a number break over two lines.
  return groups.join(group.replace(/ /g, NBSP)) + (fraction === undefined ? '' : decimal + fraction);
}

/**
 * Digits of a number's size, rounded half away from zero (F-113): binary fractions hold 84.35 as a little less. A sign is the caller's.
 */
export function fixed(value: number, digits: number): string {
  return (Math.abs(value) + 1e-9).toFixed(digits);
}

/** A number with a fixed count of digits after the point, e.g. hours or an exchange rate. */
export function formatNumber(value: number, digits: number, pattern: NumberPattern): string {
  const rounded = fixed(value, digits);
  // What is rounded to zero has no sign.
  const sign = value < 0 && Number(rounded) ? pattern.negativeSign : '';
  const { numberDecimalSeparator, numberGroupSeparator, numberGroupSizes } = pattern;
  return sign + groupDigits(rounded, numberDecimalSeparator, numberGroupSeparator, numberGroupSizes);
}

/** A share as percent: 85.0% or 85,0 %, as in mails. @param percent 85 for 85 % */
export function formatPercent(percent: number, digits: number, pattern: NumberPattern): string {
  const rounded = fixed(percent, digits);
  const template = PERCENT_POSITIVE[pattern.percentPositivePattern] ?? 'n%';
  const sign = percent < 0 && Number(rounded) ? pattern.negativeSign : '';
  return sign + place(template, rounded.replace('.', pattern.percentDecimalSeparator), pattern.percentSymbol);
}

/** Puts formatted digits and a currency's symbol where the user's settings want them. */
export function placeCurrency(digits: string, negative: boolean, symbol: string, pattern: NumberPattern): string {
  const template = negative
    ? (CURRENCY_NEGATIVE[pattern.currencyNegativePattern] ?? '-$n').replace('-', pattern.negativeSign)
    : (CURRENCY_POSITIVE[pattern.currencyPositivePattern] ?? '$n');
  return place(template, digits, symbol);
}

/** @param template n stands for the digits, $ or % for the symbol */
function place(template: string, digits: string, symbol: string): string {
  return template.replace(/[n$% ]/g, (char) => (char === 'n' ? digits : char === ' ' ? NBSP : symbol));
}
