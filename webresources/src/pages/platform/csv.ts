import type { Language } from '@crmjira/domain';

/** A cell: a number is written in the language's way, a text as it is. */
export type CsvCell = string | number | null;

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * A table that a spreadsheet in the reader's language opens: Canadian French separates by semicolons, as its comma is the decimal
 * separator. Begins with a byte order mark, without which Excel takes the text for another encoding.
 */
export function csvText(rows: readonly (readonly CsvCell[])[], language: Language): string {
  const french = language === 3084;
  const cell = (value: CsvCell): string => {
    if (value === null) return '';
    if (typeof value === 'number') return french ? String(value).replace('.', ',') : String(value);
    const text = FORMULA.test(value) ? `'${value}` : value;
    return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = rows.map((row) => row.map(cell).join(french ? ';' : ','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

/** A name that every system takes for a file. */
export const csvName = (stem: string): string => `${stem.replace(/[^\w-]+/g, '-')}.csv`;

/** Hands a file to the browser's downloads. */
export function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
