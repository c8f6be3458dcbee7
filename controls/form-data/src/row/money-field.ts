import { type Money, moneyFromDecimal } from '@crmjira/domain';
import type { Currency } from '../environment/currencies';
import { type RawRow, numberField } from './row-fields';

/** An amount in the currency of its row; null where the column is empty or hidden by column security. */
export function moneyField(row: RawRow, column: string, { code }: Currency): Money | null {
  const amount = numberField(row, column);
  return amount === null ? null : moneyFromDecimal(amount, code);
}
