/** A row as `context.webAPI` answers it: nothing is known about it until a column has been read through here. */
export type RawRow = Readonly<Record<string, unknown>>;

/** Of a row that is not what the schema promises: nothing is shown from it. */
function notReadable(column: string, found: unknown): Error {
  return new Error(`${column} holds ${typeof found}`);
}

/** Null where the column is empty, hidden by column security or not part of the answer. */
export function textField(row: RawRow, column: string): string | null {
  const value = row[column] ?? '';
  if (typeof value !== 'string') throw notReadable(column, value);
  return value || null;
}

/** The server's own words for a value: the name behind a lookup. */
export function formattedField(row: RawRow, column: string): string | null {
  return textField(row, `${column}@OData.Community.Display.V1.FormattedValue`);
}

export function numberField(row: RawRow, column: string): number | null {
  const value = row[column] ?? null;
  if (value !== null && !Number.isFinite(value)) throw notReadable(column, value);
  return value as number | null; // isFinite is true for numbers alone
}

export function flagField(row: RawRow, column: string): boolean {
  return row[column] === true;
}

/** An instant in UTC, or a calendar day for a date-only column. */
export function dateField(row: RawRow, column: string): string | null {
  const value = textField(row, column);
  if (value && Number.isNaN(Date.parse(value))) throw notReadable(column, value);
  return value;
}
