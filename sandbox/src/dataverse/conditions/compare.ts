import type { ColumnMetadata } from '@crmjira/domain';
import { fold, isReference, type Value } from '../store/row';

/** What two values of one column are compared by: folded text, number, milliseconds. */
export type Comparable = string | number | null;

export function comparable(value: Value | undefined, column?: ColumnMetadata): Comparable {
  if (value === undefined || value === null) return null;
  if (isReference(value)) return value.id;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  if (column?.type === 'DateTime') {
    const time = Date.parse(value);
    return Number.isNaN(time) ? null : time;
  }
  return fold(value);
}

/** Nulls come first, as SQL Server sorts them. */
export function order(left: Comparable, right: Comparable): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left) < String(right) ? -1 : 1;
}

/** A literal of a query as the column would hold it: `'1'` for a choice is 1, `true` for a Yes/No is 1. */
export function literalComparable(
  text: string | number | boolean | null,
  column: ColumnMetadata | undefined,
): Comparable {
  if (text === null) return null;
  if (typeof text === 'boolean') return text ? 1 : 0;
  switch (column?.type) {
    case 'DateTime': {
      const time = Date.parse(String(text));
      return Number.isNaN(time) ? null : time;
    }
    case 'Boolean':
      return text === 'true' ? 1 : text === 'false' ? 0 : Number(text);
    case 'Integer':
    case 'BigInt':
    case 'Decimal':
    case 'Double':
    case 'Money':
    case 'Picklist':
    case 'State':
    case 'Status':
      return Number(text);
    default:
      return fold(String(text)).replace(/^\{([0-9a-f-]{36})\}$/, '$1');
  }
}
