import type { TableDefinition } from '../../contract';
import { formatDay, formatInstant, formatMoney, formatNumber } from '../format/format-value';
import { type Language, labelIn } from '../language';
import { formattedOf, lookupOf } from '../web-api/row-values';
import type { Row } from '../web-api/web-api';

type EntityRecord = ComponentFramework.PropertyHelper.DataSetApi.EntityRecord;

export interface RecordParts {
  readonly table: TableDefinition;
  readonly language: Language;
  /** ISO code of a currency row */
  readonly currencyCode: (id: string) => string;
}

/**
 * A row as a data set gives it: values by the column's type, texts as this person's settings want them. A choice comes as the
 * digits of its value and a date as a Date (assumed: the reference only lists the possible types).
 */
export function recordOf(row: Row, { table, language, currencyCode }: RecordParts): EntityRecord {
  const id = String(row[`${table.name}id`] ?? '');
  const currency = currencyCode(lookupOf(row, 'transactioncurrencyid')?.id ?? '');
  const valueOf = (column: string): unknown => {
    const lookup = lookupOf(row, column);
    if (lookup) return { id: { guid: lookup.id }, etn: lookup.table, name: lookup.name };
    const value = row[column];
    const type = table.columns[column]?.type;
    if (value === null || value === undefined) return null;
    if (type === 'Picklist' || type === 'State' || type === 'Status') return String(value);
    if (type === 'DateTime' || /^(created|modified)on$/.test(column)) return new Date(String(value));
    return value;
  };
  const formatted = (column: string): string => {
    const facts = table.columns[column];
    const value = row[column];
    if (facts?.type === 'Money' && typeof value === 'number') return formatMoney(value, currency, language);
    if (facts?.type === 'Decimal' && typeof value === 'number')
      return formatNumber(value, language, facts.precision ?? 2);
    if (facts?.type === 'DateTime' && typeof value === 'string')
      return facts.dateOnly ? formatDay(value, language) : formatInstant(value, language);
    const option = facts?.options.find((one) => one.value === value);
    if (option) return labelIn(language, option.label);
    const lookup = lookupOf(row, column);
    return lookup?.name ?? formattedOf(row, column) ?? (typeof value === 'string' ? value : '');
  };
  return {
    getRecordId: () => id,
    getNamedReference: () => ({ id: { guid: id }, etn: table.name, name: formatted(table.primaryName) }),
    getFormattedValue: formatted,
    getValue: valueOf,
  } as EntityRecord; // a data set without editing has no setters
}
