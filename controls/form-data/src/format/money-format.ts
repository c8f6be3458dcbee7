import { type Money, toDecimalText } from '@crmjira/domain';
import { type NumberPattern, fixed, groupDigits, placeCurrency } from './number-pattern';

/** How one currency is written: its symbol ($, €) and the pattern of the user. */
export interface MoneyStyle {
  readonly symbol: string;
  readonly pattern: NumberPattern;
}

function write(digits: string, negative: boolean, style: MoneyStyle): string {
  const { pattern } = style;
  const grouped = groupDigits(
    digits,
    pattern.currencyDecimalSeparator,
    pattern.currencyGroupSeparator,
    pattern.currencyGroupSizes,
  );
  return placeCurrency(grouped, negative, style.symbol, pattern);
}

/** All digits of the currency: $250,000.00 or 250 000,00 $. */
export function formatMoney(amount: Money, style: MoneyStyle): string {
  return write(toDecimalText(amount).replace('-', ''), amount.minor < 0, style);
}

/** All digits and the ISO code, where a figure stands alone: $250,000.00 CAD. */
export function formatMoneyWithCode(amount: Money, style: MoneyStyle): string {
  return `${formatMoney(amount, style)}\u00a0${amount.currency}`;
}

/** Rounded to the major unit, for estimates: $259,146. */
export function formatMoneyWhole(amount: Money, style: MoneyStyle): string {
  const whole = Math.round(Math.abs(Number(toDecimalText(amount))));
  return write(String(whole), amount.minor < 0 && whole > 0, style);
}

/** From which amount on each unit is used, largest first. */
const COMPACT_STEPS = [
  ['billion', 1e9, 999.5e6],
  ['million', 1e6, 999.5e3],
  ['thousand', 1e3, 1e3],
] as const;

/** A number with its unit in the words of a language: 239K in English, 239 k in French. */
export type CompactUnit = (unit: (typeof COMPACT_STEPS)[number][0], amount: string) => string;

/** Shortened for axes and narrow widths: $239K, $1.2M. */
export function formatMoneyCompact(amount: Money, style: MoneyStyle, inUnit: CompactUnit): string {
  const major = Math.abs(Number(toDecimalText(amount)));
  const step = COMPACT_STEPS.find(([, , from]) => major >= from);
  if (!step) return formatMoneyWhole(amount, style);
  const [unit, size] = step;
  const value = major / size;
  const digits = value < 10 && unit !== 'thousand' ? String(Number(fixed(value, 1))) : fixed(value, 0);
  const shown = inUnit(unit, digits.replace('.', style.pattern.currencyDecimalSeparator));
  return placeCurrency(shown, amount.minor < 0, style.symbol, style.pattern);
}
