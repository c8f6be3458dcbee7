import { entryOf } from '@crmjira/domain';
import type { ColumnMetadata } from '@crmjira/domain';
import { DataverseError, errorCode, payloadError } from '../errors';
import { isGuid } from '../guid';
import type { Table } from '../metadata/schema';
import type { Value } from '../store/row';
import { timestamp } from './operation';

const edmTypes: Readonly<Record<string, string>> = {
  String: 'Edm.String',
  Memo: 'Edm.String',
  EntityName: 'Edm.String',
  MultiSelectPicklist: 'Edm.String',
  Integer: 'Edm.Int32',
  Picklist: 'Edm.Int32',
  State: 'Edm.Int32',
  Status: 'Edm.Int32',
  BigInt: 'Edm.Int64',
  Decimal: 'Edm.Decimal',
  Money: 'Edm.Decimal',
  Double: 'Edm.Double',
  Boolean: 'Edm.Boolean',
  Uniqueidentifier: 'Edm.Guid',
};

export const edmType = (column: ColumnMetadata): string =>
  column.type === 'DateTime'
    ? column.dateTimeBehavior === 'DateOnly'
      ? 'Edm.Date'
      : 'Edm.DateTimeOffset'
    : (entryOf(edmTypes, column.type) ?? 'Edm.String');

const refused = (table: Table, raw: unknown, column: ColumnMetadata): DataverseError =>
  payloadError(
    `Error identified in Payload provided by the user for Entity :'${table.entitySetName}', For more information on this error please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  ---->  InnerException : Microsoft.OData.ODataException: Cannot convert the literal '${typeof raw === 'string' ? raw.slice(0, 100) : JSON.stringify(raw)}' to the expected type '${edmType(column)}'. (property '${column.logicalName}')`,
  );

const outOfRange = (
  table: Table,
  column: ColumnMetadata,
  raw: unknown,
  accepted: string,
  code: string,
): DataverseError =>
  new DataverseError(
    400,
    code,
    `A validation error occurred.  The value ${String(raw)} of '${column.logicalName}' on record of type '${table.logicalName}' is outside the valid range. Accepted Values: ${accepted}`,
  );

/**
 * A value of a payload as the column keeps it.
 * @throws DataverseError 400: wrong type (0x80048d19), too long (0x80044331), out of range (0x80044330), no such option (0x8004431a).
 */
export function normaliseValue(table: Table, column: ColumnMetadata, raw: unknown): Value {
  if (raw === null || raw === undefined) return null;
  switch (column.type) {
    case 'String':
    case 'Memo':
    case 'EntityName':
      return text(table, column, raw);
    case 'Integer':
    case 'BigInt':
    case 'Decimal':
    case 'Double':
    case 'Money':
      return number(table, column, raw);
    case 'Boolean':
      if (typeof raw !== 'boolean') throw refused(table, raw, column);
      return raw;
    case 'Picklist':
    case 'State':
    case 'Status':
      return option(table, column, raw);
    case 'MultiSelectPicklist':
      return options(table, column, raw);
    case 'DateTime':
      return dateTime(table, column, raw);
    case 'Uniqueidentifier':
      if (typeof raw !== 'string' || !isGuid(raw.replace(/[{}]/g, ''))) throw refused(table, raw, column);
      return raw.replace(/[{}]/g, '').toLowerCase();
    default:
      throw refused(table, raw, column);
  }
}

function text(table: Table, column: ColumnMetadata, raw: unknown): Value {
  if (typeof raw !== 'string') throw refused(table, raw, column);
  if (column.maxLength !== undefined && raw.length > column.maxLength) {
    throw new DataverseError(
      400,
      errorCode.stringTooLong,
      `A validation error occurred. The length of the '${column.logicalName}' attribute of the '${table.logicalName}' entity exceeded the maximum allowed length of '${column.maxLength}'.`,
    );
  }
  // The database knows no empty text.
  return raw === '' ? null : raw;
}

function number(table: Table, column: ColumnMetadata, raw: unknown): Value {
  if (typeof raw !== 'number' || !Number.isFinite(raw)) throw refused(table, raw, column);
  const whole = column.type === 'Integer' || column.type === 'BigInt';
  if (whole && !Number.isInteger(raw)) throw refused(table, raw, column);
  const [low, high] = [column.minValue ?? Number.NEGATIVE_INFINITY, column.maxValue ?? Number.POSITIVE_INFINITY];
  if (raw < low || raw > high) throw outOfRange(table, column, raw, `${low} - ${high}`, errorCode.outOfRange);
  return whole || column.type === 'Double' ? raw : roundTo(raw, column.precision ?? (column.type === 'Money' ? 2 : 10));
}

/** Half away from zero, on the decimal text: 1.005 is 1.01 although no binary number is 1.005. */
export function roundTo(value: number, digits: number): number {
  const shifted = Number(`${Math.abs(value).toPrecision(15)}e${digits}`);
  if (Number.isNaN(shifted)) return Number(value.toFixed(digits));
  const rounded = Number(`${Math.round(shifted)}e-${digits}`);
  return value < 0 ? -rounded : rounded;
}

function option(table: Table, column: ColumnMetadata, raw: unknown): Value {
  if (typeof raw !== 'number' || !Number.isInteger(raw)) throw refused(table, raw, column);
  const accepted = column.options ?? [];
  if (accepted.length > 0 && !accepted.some(({ value }) => value === raw)) {
    const values = accepted.map(({ value }) => value).join(',');
    throw outOfRange(table, column, raw, values, errorCode.optionOutOfRange);
  }
  return raw;
}

function options(table: Table, column: ColumnMetadata, raw: unknown): Value {
  if (typeof raw !== 'string') throw refused(table, raw, column);
  const values = raw
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  for (const each of values) option(table, column, Number(each));
  return values.length === 0 ? null : values.join(',');
}

const dayPattern = /^\d{4}-\d\d-\d\d$/;
const momentPattern = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

function dateTime(table: Table, column: ColumnMetadata, raw: unknown): Value {
  if (typeof raw !== 'string') throw refused(table, raw, column);
  if (column.dateTimeBehavior === 'DateOnly') {
    if (!dayPattern.test(raw) || Number.isNaN(Date.parse(raw)) || new Date(raw).toISOString().slice(0, 10) !== raw)
      throw refused(table, raw, column);
    return raw;
  }
  if (!momentPattern.test(raw)) throw refused(table, raw, column);
  const zoned = /(Z|[+-]\d\d:\d\d)$/.test(raw) || dayPattern.test(raw) ? raw : `${raw}Z`;
  const date = new Date(zoned);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1753) throw refused(table, raw, column);
  return timestamp(date);
}
