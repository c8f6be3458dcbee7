/** A row as a seed gives it: lookups as `{ table, id }`, `x@odata.bind` or `_x_value`. */
export interface SeedRow {
  readonly table: string;
  readonly row: Readonly<Record<string, unknown>>;
}

export const pointer = (table: string, id: string): { table: string; id: string } => ({ table, id });
