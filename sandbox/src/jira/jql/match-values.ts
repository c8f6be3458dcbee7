import type { IssueRow } from '../site/rows';
import type { Site } from '../site/site';

type SortKey = string | number | null;

/** Numbers by size, texts without regard to case; null before anything. */
export function compareSortKeys(left: SortKey, right: SortKey): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [a, b] = [String(left).toLowerCase(), String(right).toLowerCase()];
  return a < b ? -1 : a > b ? 1 : 0;
}

const words = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}_@.-]+/u)
    .map((word) => word.replace(/^[.-]+|[.-]+$/g, ''))
    .filter(Boolean);

/**
 * Jira's text search: all words must occur, `"quoted words"` side by side, `*` ends a word open.
 * Hyphenated values (ids, keys) match as a whole or by their parts.
 */
export function textTest(query: string): (text: string) => boolean {
  const phrase = /^"(.*)"$/.exec(query.trim())?.[1];
  if (phrase !== undefined) {
    const wanted = words(phrase).join(' ');
    return (text) => ` ${words(text).join(' ')} `.includes(` ${wanted} `);
  }
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  return (text) => {
    const found = words(text).flatMap((word) => [word, ...word.split('-')]);
    return wanted.every((term) => {
      if (term.endsWith('*')) return found.some((word) => word.startsWith(term.slice(0, -1)));
      const plain = words(term);
      return plain.every((word) => found.includes(word));
    });
  };
}

/** Whether an issue holds, or has ever held, one of the ids in a field. */
export function historyTest(
  site: Site,
  fieldId: string,
  read: (issue: IssueRow) => readonly string[],
  ids: readonly string[],
) {
  return (issue: IssueRow): boolean =>
    read(issue).some((id) => ids.includes(id)) ||
    site.changes
      .where('issue', issue.id)
      .some((change) => change.items.some((item) => item.fieldId === fieldId && ids.includes(item.from ?? '')));
}
