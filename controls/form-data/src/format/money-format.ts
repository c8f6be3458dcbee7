import { type Money, toDecimalText } from '@crmjira/domain';
import { type NumberPattern, groupDigits, placeCurrency } from './number-pattern';

/** How one currency is written: its symbol ($, €) and the pattern of the user. */
export interface MoneyStyle {
  readonly symbol: string;
  readonly pattern: NumberPattern;
}

function write(digits: string, negative: boolean, style: MoneyStyle, unit = ''): string {
  const { pattern } = style;
  const grouped = groupDigits(
    digits,
    pattern.currencyDecimalSeparator,
    pattern.currencyGroupSeparator,
    pattern.currencyGroupSizes,
  );
  return placeCurrency(grouped + unit, negative, style.symbol, pattern);
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

/** Largest first; the letter comes from the language's own words for thousand and million. */
const COMPACT_STEPS = [
  { from: 999_500_000, unit: 1_000_000_000, key: 'billion' },
  { from: 999_500, unit: 1_000_000, key: 'million' },
  { from: 1_000, unit: 1_000, key: 'thousand' },
] as const;

/** What stands behind shortened figures, e.g. `K` and `M` in English, ` k` and ` M` in French. */
export type CompactUnits = Readonly<Record<(typeof COMPACT_STEPS)[number]['key'], string>>;

/** Shortened for axes and narrow widths: $239K, $1.2M. */
export function formatMoneyCompact(amount: Money, style: MoneyStyle, units: CompactUnits): string {
  const major = Math.abs(Number(toDecimalText(amount)));
  const step = COMPACT_STEPS.find((candidate) => major >= candidate.from);
  if (!step) return formatMoneyWhole(amount, style);
  const value = major / step.unit;
  const digits = value < 10 && step.key !== 'thousand' ? String(Number(value.toFixed(1))) : value.toFixed(0);
  return write(digits, amount.minor < 0, style, units[step.key]);
}
