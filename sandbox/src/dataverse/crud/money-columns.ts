import type { Table } from '../metadata/schema';
import type { Reader } from '../store/reader';
import { numberOf, referenceOf, type Reference, type Row, type Value } from '../store/row';
import { roundTo } from './normalise-value';

const organizationCurrency = (reader: Reader): Reference | null => {
  for (const organization of reader.all('organization')) return referenceOf(organization, 'basecurrencyid');
  return null;
};

/** The table of currencies has a column of that name too: its own key. */
export const isMonetary = (table: Table): boolean =>
  table.column.get('transactioncurrencyid')?.type === 'Lookup' && table.column.has('exchangerate');

/**
 * Currency, exchange rate and base columns of a row about to be written: the organisation's currency when none is named;
 * base = amount ÷ rate, in the base currency's precision. The rate is read anew whenever an amount or the currency changes.
 */
export function monetaryValues(
  reader: Reader,
  table: Table,
  before: Row | null,
  row: Row,
  changed: ReadonlySet<string>,
): Readonly<Record<string, Value>> {
  if (!isMonetary(table)) return {};
  const amounts = table.columns.filter((column) => column.type === 'Money' && column.baseColumn !== undefined);
  const touched =
    before === null ||
    changed.has('transactioncurrencyid') ||
    amounts.some((column) => changed.has(column.logicalName));
  if (!touched) return {};
  const currency = referenceOf(row, 'transactioncurrencyid') ?? organizationCurrency(reader);
  const currencyRow = currency ? reader.get('transactioncurrency', currency.id) : undefined;
  const rate = (currencyRow ? numberOf(currencyRow, 'exchangerate') : null) ?? 1;
  const base = organizationCurrency(reader);
  const baseRow = base ? reader.get('transactioncurrency', base.id) : undefined;
  const digits = (baseRow ? numberOf(baseRow, 'currencyprecision') : null) ?? 2;
  const values: Record<string, Value> = { transactioncurrencyid: currency, exchangerate: rate };
  for (const column of amounts) {
    const amount = numberOf(row, column.logicalName);
    if (column.baseColumn !== undefined)
      values[column.baseColumn] = amount === null ? null : roundTo(amount / rate, digits);
  }
  return values;
}
