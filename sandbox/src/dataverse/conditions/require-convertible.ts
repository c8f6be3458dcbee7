import { entryOf } from '@crmjira/domain';
import type { ColumnMetadata } from '@crmjira/domain';
import { DataverseError, errorCode } from '../errors';
import { isGuid } from '../guid';
import { isLookup } from '../metadata/schema';
import { literalComparable } from './compare';

type Literal = string | number | boolean | null;

const clrTypes: Readonly<Record<string, string>> = {
  Integer: 'System.Int32',
  BigInt: 'System.Int64',
  Decimal: 'System.Decimal',
  Double: 'System.Double',
  Money: 'System.Decimal',
  Picklist: 'System.Int32',
  State: 'System.Int32',
  Status: 'System.Int32',
  Boolean: 'System.Boolean',
  DateTime: 'System.DateTime',
  Uniqueidentifier: 'System.Guid',
};

const clrType = (column: ColumnMetadata): string | undefined =>
  isLookup(column) ? 'System.Guid' : entryOf(clrTypes, column.type);

function converts(column: ColumnMetadata, type: string, value: Literal): boolean {
  if (type === 'System.Guid') return isGuid(String(value).replace(/[{}]/g, ''));
  const found = literalComparable(value, column);
  return found !== null && !Number.isNaN(found);
}

/**
 * A value that the column could never hold is a mistake of the caller, not an empty answer.
 * @throws DataverseError 400 in the words of .NET's conversion
 */
export function requireConvertible(column: ColumnMetadata | undefined, values: readonly Literal[]): void {
  const type = column ? clrType(column) : undefined;
  if (!column || type === undefined) return;
  const wrong = values.find((value) => value !== null && !converts(column, type, value));
  if (wrong === undefined) return;
  throw new DataverseError(
    400,
    errorCode.invalidArgument,
    `An exception System.FormatException was thrown while trying to convert input value '${String(wrong)}' to attribute '${column.logicalName}'. Expected type of attribute value: ${type}.`,
  );
}
