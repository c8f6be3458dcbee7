/**
 * Which values of both sides mean the same. A value stands in one row at most, so that both sides agree or do not, and nothing
 * goes back and forth; the first of a row is what is written.
 */
export interface ValueMapRow {
  /** Option values of the column, as text. */
  readonly crm: readonly [string, ...string[]];
  /** Ids in Jira. */
  readonly jira: readonly [string, ...string[]];
  /** The record is resolved by it: the resolution rule takes it over, never the field. */
  readonly resolves?: boolean;
}

export interface ValueMap {
  readonly rows: readonly ValueMapRow[];
}

/** What stands for a row in comparisons and in the stored base. */
export const classOf = (row: ValueMapRow): string => row.crm[0];

export const rowOfCrm = (map: ValueMap, value: string | null | undefined): ValueMapRow | undefined =>
  value == null ? undefined : map.rows.find(({ crm }) => crm.includes(value));

export const rowOfJira = (map: ValueMap, id: string | null | undefined): ValueMapRow | undefined =>
  id == null ? undefined : map.rows.find(({ jira }) => jira.includes(id));

export const rowOfClass = (map: ValueMap, value: string | null): ValueMapRow | undefined =>
  map.rows.find((row) => classOf(row) === value);
