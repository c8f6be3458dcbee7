import type { Money } from '@crmjira/domain';
import {
  type CompactUnits,
  type Currency,
  type FormState,
  type MoneyStyle,
  type UserFormat,
  type Words,
  formatMoney,
  formatMoneyCompact,
  formatMoneyWhole,
  formatMoneyWithCode,
  formatPercent,
} from '@crmjira/form-data';
import type { StringKey } from '../string-keys';

/** The words and formats of one user for the currency of one budget. */
export interface Telling {
  readonly say: Words<StringKey>;
  readonly format: UserFormat;
  readonly form: FormState;
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
  /** 85.0%; one decimal unless said otherwise */
  readonly percent: (percent: number, digits?: number) => string;
}

export function telling(
  base: Pick<Telling, 'say' | 'format' | 'form' | 'narrow' | 'mayCommand'>,
  currency: Currency,
): Telling {
  const style: MoneyStyle = { symbol: currency.symbol, pattern: base.format.numbers };
  const { say } = base;
  const units: CompactUnits = {
    thousand: say('unit.thousand'),
    million: say('unit.million'),
    billion: say('unit.billion'),
  };
  return {
    ...base,
    money: (amount) => formatMoney(amount, style),
    withCode: (amount) => formatMoneyWithCode(amount, style),
    whole: (amount) => formatMoneyWhole(amount, style),
    compact: (amount) => formatMoneyCompact(amount, style, units),
    percent: (percent, digits = 1) => formatPercent(percent, digits, base.format.numbers),
  };
}
