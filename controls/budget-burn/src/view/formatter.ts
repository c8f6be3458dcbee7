import type { Money } from '@crmjira/domain';
import {
  type Currency,
  type MoneyStyle,
  type UserFormat,
  type Words,
  formatMoney,
  formatMoneyCompact,
  formatMoneyWhole,
  formatMoneyWithCode,
  formatDay,
  formatDayShort,
  formatElapsed,
  formatMoment,
  formatNumber,
  formatPercent,
  userDay,
} from '@crmjira/form-data';
import type { BudgetForm } from '../parts';
import type { StringKey } from '../generated/string-keys';
import type { BurnView } from './burn-view';

/** What one state draws beyond title and width. */
export type Part = Partial<BurnView> & Pick<BurnView, 'state'>;

/** Facts of the form with the words and formats of one user, for the currency of one budget. */
export interface Formatter {
  readonly say: Words<StringKey>;
  readonly format: UserFormat;
  readonly form: BudgetForm;
  readonly narrow: boolean;
  readonly mayCommand: boolean;
  /** $250,000.00 */
  readonly money: (amount: Money) => string;
  /** $250,000.00 CAD */
  readonly withCode: (amount: Money) => string;
  /** $259,146 */
  readonly whole: (amount: Money) => string;
  /** $259K */
  readonly compact: (amount: Money) => string;
  /** 1,109.5; whole hours without a decimal */
  readonly inHours: (hours: number) => string;
  /** 85.0%; one decimal unless said otherwise */
  readonly inPercent: (percent: number, digits?: number) => string;
  /** how long ago: 2 minutes */
  readonly elapsed: (since: string) => string;
  /** 14:02; with its date when it is not today */
  readonly moment: (at: string) => string;
  /** Jun 16, 2025, of `yyyy-MM-dd` */
  readonly date: (day: string) => string;
  /** Jun 16 */
  readonly dateShort: (day: string) => string;
  /** day of an instant on the user's clock */
  readonly dayOf: (instant: string) => string;
}

export function formatterOf(
  base: Pick<Formatter, 'say' | 'format' | 'form' | 'narrow' | 'mayCommand'>,
  currency: Currency,
): Formatter {
  const { say, form } = base;
  const { numbers, dates, locale } = base.format;
  const style: MoneyStyle = { symbol: currency.symbol, pattern: numbers };
  return {
    ...base,
    money: (amount) => formatMoney(amount, style),
    withCode: (amount) => formatMoneyWithCode(amount, style),
    whole: (amount) => formatMoneyWhole(amount, style),
    compact: (amount) => formatMoneyCompact(amount, style, (unit, shown) => say(`unit.${unit}`, { amount: shown })),
    inHours: (hours) => formatNumber(hours, hours % 1 === 0 ? 0 : 1, numbers),
    inPercent: (percent, digits = 1) => formatPercent(percent, digits, numbers),
    elapsed: (since) => formatElapsed(since, form.now, locale),
    moment: (at) => formatMoment(at, form.now, dates),
    date: (day) => formatDay(day, dates),
    dateShort: (day) => formatDayShort(day, dates),
    dayOf: (instant) => userDay(instant, dates),
  };
}
