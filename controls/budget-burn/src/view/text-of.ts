import type { BurnView } from './burn-view';

/** The figures and the tables as plain text, columns apart by tabs: for a message or a spreadsheet. */
export function textOf({ title, summary, headline, tables = [], footer }: BurnView): string {
  const rows = tables.flatMap(({ caption, head, rows }) => [[caption], head, ...rows]);
  return [[title], [summary], [headline?.base], ...rows, footer]
    .map((line) => line?.join('\t'))
    .filter((line) => line)
    .join('\n');
}
