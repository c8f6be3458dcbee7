/** What a lookup holds: the table matters for polymorphic ones. */
export interface Reference {
  readonly table: string;
  readonly id: string;
}

export type Value = string | number | boolean | null | Reference;

/** Values by logical name; never changed in place, so that images before and after a write are free. */
export type Row = Readonly<Record<string, Value>>;

export const isReference = (value: Value | undefined): value is Reference =>
  typeof value === 'object' && value !== null;

export const referenceId = (value: Value | undefined): string | null => (isReference(value) ? value.id : null);

/** Columns hold what `normaliseValue` let in: these read one back under its type. */
export const textOf = (row: Row, column: string): string | null => {
  const value = row[column];
  return typeof value === 'string' ? value : null;
};

export const numberOf = (row: Row, column: string): number | null => {
  const value = row[column];
  return typeof value === 'number' ? value : null;
};

export const referenceOf = (row: Row, column: string): Reference | null => {
  const value = row[column];
  return isReference(value) ? value : null;
};

const marks = /\p{Diacritic}/gu;

/** The platform's collation takes neither case nor accents into account. */
export function fold(text: string): string {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > 127) return text.normalize('NFD').replace(marks, '').toLowerCase();
  }
  return text.toLowerCase();
}
