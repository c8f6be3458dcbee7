/** One way in which two parts speak. */
export interface Connection {
  readonly from: string;
  readonly to: string;
  readonly through: string;
}

/**
 * The table under "How the parts speak" of ARCHITECTURE.md.
 *
 * @throws Error when the document has no such table
 */
export function readParts(architecture: string): readonly Connection[] {
  const section = architecture.split(/^## How the parts speak$/m)[1]?.split(/^## /m)[0] ?? '';
  const [, , ...rows] = section.split('\n').filter((line) => line.startsWith('|'));
  if (rows.length === 0) throw new Error('ARCHITECTURE.md has no table under "How the parts speak".');
  return rows.map((row) => {
    const [from = '', to = '', through = ''] = row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll('`', '').trim());
    return { from, to, through };
  });
}
