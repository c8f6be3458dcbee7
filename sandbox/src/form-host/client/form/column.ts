import type { ColumnFacts, FieldKind } from '../../contract';

export interface LookupValue {
  readonly id: string;
  readonly name: string;
  readonly entityType: string;
}

/** Money and numbers in major units, dates as ISO text, choices as their option value. */
export type ColumnValue = string | number | boolean | LookupValue | null;

export type RequiredLevel = 'none' | 'recommended' | 'required';

/** When a column is part of what is saved; `dirty` unless a script says otherwise. */
export type SubmitMode = 'always' | 'never' | 'dirty';

/** One column of the record as the form holds it. */
export interface Column {
  readonly name: string;
  readonly kind: FieldKind;
  readonly facts: ColumnFacts | null;
  value: ColumnValue;
  /** As last read from or written to Dataverse. */
  saved: ColumnValue;
  /** Choices and lookups: display text as Dataverse wrote it. */
  formatted: string | null;
  required: RequiredLevel;
  submitMode: SubmitMode;
  /** What a script found wrong with the value; null while it is valid. */
  invalid: string | null;
}

export function isDirty(column: Column): boolean {
  return !sameValue(column.value, column.saved);
}

export function sameValue(left: ColumnValue, right: ColumnValue): boolean {
  if (isLookup(left) && isLookup(right)) return left.id === right.id;
  return left === right;
}

export function isLookup(value: ColumnValue): value is LookupValue {
  return typeof value === 'object' && value !== null;
}

/** Kind of a column that stands only in the process bar, from its type in the metadata. */
export function kindOfType(type: string): FieldKind {
  const kinds: Readonly<Record<string, FieldKind>> = {
    String: 'text',
    Memo: 'memo',
    Integer: 'integer',
    Decimal: 'decimal',
    Double: 'decimal',
    Money: 'money',
    Boolean: 'boolean',
    Picklist: 'choice',
    State: 'status',
    Status: 'status',
    DateTime: 'date',
    Lookup: 'lookup',
    Owner: 'lookup',
    Customer: 'lookup',
  };
  return kinds[type] ?? 'unknown';
}
