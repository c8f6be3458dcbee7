import { tables } from '../schema/generated/tables';
import { textLengths } from '../schema/generated/text-lengths';

/**
 * A text of at most `length` UTF-16 code units, which is how Dataverse and Jira count. One that is longer ends with an ellipsis; it is
 * cut between code points, never inside a surrogate pair. Pure.
 */
export function cutText(text: string, length: number, ellipsis = '…'): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, Math.max(0, length - ellipsis.length));
  const whole = /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
  return `${whole.trimEnd()}${ellipsis}`;
}

const lengthsBySet: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map(
  Object.entries(textLengths).map(([entitySet, lengths]) => [entitySet, new Map(Object.entries(lengths))]),
);

/** How much fits into a text column; null for a column of another type, or of a table whose texts the service does not write. */
export function textLength(entitySet: string, column: string): number | null {
  return lengthsBySet.get(entitySet)?.get(column) ?? null;
}

/**
 * A text as its column will hold it. Every row write is cut so where it leaves; a plan that compares a stored text with a wished one
 * asks here, or it would never come to its end (F-201). Pure.
 */
export function fitText(table: keyof typeof tables, column: string, text: string): string {
  const length = textLength(tables[table].entitySet, column);
  return length === null ? text : cutText(text, length);
}
