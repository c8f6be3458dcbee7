import type { IssueRow } from '../site/rows';

export type SortKey = string | number | null;

/** A field as JQL sees it: what an issue holds, and what the text of an operand may mean. */
export type QueryField = { readonly name: string; readonly sort: (issue: IssueRow) => SortKey } & (
  | {
      readonly kind: 'set';
      /** ids held by an issue; none = empty */
      readonly read: (issue: IssueRow) => readonly string[];
      /** ids an operand names; null when the value does not exist */
      readonly resolve: (text: string) => readonly string[] | null;
      /** field id in the history, for `was` and `changed` */
      readonly history?: string;
      /** rank of an id, where the field knows less and greater */
      readonly rank?: (id: string) => SortKey;
    }
  | { readonly kind: 'text'; readonly read: (issue: IssueRow) => readonly string[] }
  | { readonly kind: 'moment'; readonly read: (issue: IssueRow) => readonly string[] }
  | { readonly kind: 'day'; readonly read: (issue: IssueRow) => readonly string[] }
  | {
      readonly kind: 'number';
      readonly read: (issue: IssueRow) => readonly number[];
      /** seconds, which a query writes as `2d 4h`; a bare number is minutes */
      readonly isDuration?: boolean;
    }
);

/** One value as a list, none for empty. */
export const some = <Value>(value: Value | null | undefined): readonly Value[] =>
  value === null || value === undefined ? [] : [value];

/** Ids of the rows that a text names by id or name; null when it names none. */
export function byName(rows: readonly { id: string; name: string }[]) {
  return (text: string) => {
    const found = rows.filter((row) => row.id === text || row.name.toLowerCase() === text.toLowerCase());
    return found.length > 0 ? found.map((row) => row.id) : null;
  };
}
