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
  formatNumber,
  formatPercent,
} from '@crmjira/form-data';
import type { BudgetForm } from '../parts';
import type { StringKey } from '../generated/string-keys';
import type { BurnView } from './burn-view';

/** What one state draws beyond title and width. */
export type Part = Partial<BurnView> & Pick<BurnView, 'state'>;

/** The words and formats of one user for the currency of one budget. */
export interface Telling {
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
  readonly hours: (hours: number) => string;
  /** 85.0%; one decimal unless said otherwise */
  readonly percent: (percent: number, digits?: number) => string;
}

export function telling(
  base: Pick<Telling, 'say' | 'format' | 'form' | 'narrow' | 'mayCommand'>,
  currency: Currency,
): Telling {
  const style: MoneyStyle = { symbol: currency.symbol, pattern: base.format.numbers };
  const { say } = base;
  return {
    ...base,
    money: (amount) => formatMoney(amount, style),
    withCode: (amount) => formatMoneyWithCode(amount, style),
    whole: (amount) => formatMoneyWhole(amount, style),
    compact: (amount) => formatMoneyCompact(amount, style, (unit, shown) => say(`unit.${unit}`, { amount: shown })),
    hours: (hours) => formatNumber(hours, hours % 1 === 0 ? 0 : 1, base.format.numbers),
    percent: (percent, digits = 1) => formatPercent(percent, digits, base.format.numbers),
  };
}
