import { dateField, flagField, numberField, textField, type RawRow } from './row-fields';

interface Column<Value> {
  readonly column: string;
  readonly read: (row: RawRow, column: string) => Value;
}

/** Columns of one table by the name they get here; each logical name stands once, checked against the generated schema. */
export type Columns = Readonly<Record<string, Column<unknown>>>;

export type Values<Of extends Columns> = { readonly [Name in keyof Of]: ReturnType<Of[Name]['read']> };

/** Builders for the columns of one generated row type. */
export function columnsOf<Row>(): {
  readonly text: (column: keyof Row & string) => Column<string | null>;
  readonly number: (column: keyof Row & string) => Column<number | null>;
  readonly date: (column: keyof Row & string) => Column<string | null>;
  readonly flag: (column: keyof Row & string) => Column<boolean>;
} {
  const of =
    <Value>(read: (row: RawRow, column: string) => Value) =>
    (column: string): Column<Value> => ({ column, read });
  return { text: of(textField), number: of(numberField), date: of(dateField), flag: of(flagField) };
}

/** `?$select=` with the logical names. */
export function selectOf(columns: Columns): string {
  return `?$select=${Object.values(columns).map(({ column }) => column)}`;
}

/** @throws Error with the column's name when a value is not of its column's type */
export function readColumns<Of extends Columns>(row: RawRow, columns: Of): Values<Of> {
  const entries = Object.entries(columns).map(([name, { column, read }]) => [name, read(row, column)]);
  return Object.fromEntries(entries) as Values<Of>; // one entry for each column, read by the column's own reader
}
