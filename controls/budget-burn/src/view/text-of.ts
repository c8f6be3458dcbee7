import type { BurnView } from './burn-view';

/** The figures and the table as plain text, columns apart by tabs: for a message or a spreadsheet. */
export function textOf({ title, summary, headline, table, footer }: BurnView): string {
  const lines = [[title], [summary], [headline?.base], [table?.caption], table?.head, ...(table?.rows ?? []), footer];
  return lines
    .map((line) => line?.join('\t'))
    .filter((line) => line)
    .join('\n');
}
