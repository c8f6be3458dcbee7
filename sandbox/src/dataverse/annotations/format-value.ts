import type { ColumnMetadata } from '@crmjira/domain';
import type { QueryScope } from '../odata/scope';
import { isReference, numberOf, referenceOf, textOf, type Row, type Value } from '../store/row';

const wholeNumber = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const formats = new Map<number, Intl.NumberFormat>();
const fixed = (value: number, digits: number): string => {
  let format = formats.get(digits);
  if (!format) {
    format = new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formats.set(digits, format);
  }
  return format.format(value);
};
const day = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', year: 'numeric', month: 'numeric', day: 'numeric' });
const moment = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});

/** The name of the row a lookup points at, as its formatted value and as `Name` of an EntityReference. */
export function nameOf(scope: QueryScope, value: Value | undefined): string | null {
  if (!isReference(value)) return null;
  const { primaryName } = scope.schema.table(value.table);
  const row = scope.reader.get(value.table, value.id);
  return row && primaryName ? textOf(row, primaryName) : null;
}

/** What a person reads instead of the raw value, in the organisation's language (en-US) and UTC; null: no annotation. */
export function formatValue(
  scope: QueryScope,
  column: ColumnMetadata,
  value: Value | undefined,
  row: Row,
): string | null {
  if (value === null || value === undefined) return null;
  if (isReference(value)) return nameOf(scope, value);
  switch (column.type) {
    case 'Money':
      return typeof value === 'number' ? money(scope, column, value, row) : null;
    case 'Decimal':
    case 'Double':
      return typeof value === 'number' ? fixed(value, column.precision ?? 2) : null;
    case 'Integer':
    case 'BigInt':
      return typeof value === 'number' ? wholeNumber.format(value) : null;
    case 'Boolean':
      return label(column, value === true ? 1 : 0) ?? (value === true ? 'Yes' : 'No');
    case 'Picklist':
    case 'State':
    case 'Status':
      return typeof value === 'number' ? label(column, value) : null;
    case 'MultiSelectPicklist':
      return String(value)
        .split(',')
        .map((one) => label(column, Number(one)) ?? one)
        .join('; ');
    case 'DateTime': {
      const date = new Date(String(value));
      const format = column.dateTimeBehavior === 'DateOnly' || column.format === 'DateOnly' ? day : moment;
      return format.format(date).replace(',', '').replaceAll('\u202f', ' ');
    }
    case 'EntityName': {
      const table = scope.schema.tables.get(String(value));
      return table ? table.displayName[1033] : null;
    }
    default:
      return null;
  }
}

const label = (column: ColumnMetadata, value: number): string | null =>
  column.options?.find((option) => option.value === value)?.label[1033] ?? null;

function money(scope: QueryScope, column: ColumnMetadata, value: number, row: Row): string {
  const organization = [...scope.reader.all('organization')][0];
  const reference = column.logicalName.endsWith('_base')
    ? organization && referenceOf(organization, 'basecurrencyid')
    : referenceOf(row, 'transactioncurrencyid');
  const currency = reference ? scope.reader.get('transactioncurrency', reference.id) : undefined;
  const symbol = currency ? (textOf(currency, 'currencysymbol') ?? '') : '';
  const digits = (currency ? numberOf(currency, 'currencyprecision') : null) ?? 2;
  const text = `${symbol}${fixed(Math.abs(value), digits)}`;
  return value < 0 ? `(${text})` : text;
}
