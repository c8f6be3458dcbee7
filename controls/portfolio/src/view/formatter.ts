import type { Words } from '@crmjira/form-data';
import type { StringKey } from '../generated/string-keys';

/** The host's own way to write figures and dates for this person: `context.formatting`. */
export type Formatting = Pick<
  ComponentFramework.Formatting,
  'formatCurrency' | 'formatDecimal' | 'formatDateShort' | 'formatDateYearMonth'
>;

/** How everything is told to one person. */
export interface Formatter {
  readonly say: Words<StringKey>;
  readonly formatting: Formatting;
  /** instant, to the minute: ages do not make the same rows another view */
  readonly now: string;
  /** `crmjira_WarningThreshold`, percent */
  readonly warningPercent: number;
}

/** Hosts put a minus after the sign, or before it: here it stands before, as in the rows (F-122). @param amount hundredths */
export function moneyText(amount: number, symbol: string, { formatting }: Formatter): string {
  const size = formatting.formatCurrency(Math.abs(amount) / 100, 2, symbol);
  return amount < 0 ? `-${size}` : size;
}

/** @param value 85 for 85 %; null where it is not known */
export function percentText(value: number | null, digits: number, { say, formatting }: Formatter): string {
  return value === null ? say('unknown') : say('percent', { value: formatting.formatDecimal(value, digits) });
}

/** The share from which is warned, for the texts that name it. */
export function thresholdOf(formatter: Formatter): { readonly percent: string } {
  return { percent: percentText(formatter.warningPercent, 0, formatter) };
}
