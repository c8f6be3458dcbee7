import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { join } from 'node:path';
import { format } from 'oxfmt';
import type { BenchRow } from './bench-row';

const page = join(__dirname, '..', '..', 'docs', 'performance.md');

const cell = (text: string): string => text.replaceAll('|', '\\|');

function table(rows: readonly BenchRow[]): string {
  const lines = rows.map(({ what, measured, reference, referenceMeasured, ratio, aim }) =>
    [what, measured, `${reference}: ${referenceMeasured}`, String(ratio), aim ?? '—'].map(cell).join(' | '),
  );
  return ['what | measured | beside | ratio | to reach', '--- | --- | --- | --- | ---', ...lines]
    .map((line) => `| ${line} |`)
    .join('\n');
}

/** What the figures were measured on; ratios travel between machines, figures do not. */
function machine(part: string, now: Date): string {
  const [first] = cpus();
  const cores = `${cpus().length} × ${first?.model.trim() ?? 'unknown'}`;
  return `\`npm run bench -- --only ${part}\`, ${now.toISOString().slice(0, 10)}, ${cores}, Linux ${release()}, Node ${process.versions.node}.`;
}

/**
 * Writes the rows of a part between its marks `<!-- bench:<part> -->` and `<!-- /bench:<part> -->` of docs/performance.md.
 * @returns false when the page has no such marks
 */
export async function writePerformancePage(part: string, rows: readonly BenchRow[], now: Date): Promise<boolean> {
  const [open, close] = [`<!-- bench:${part} -->`, `<!-- /bench:${part} -->`];
  const text = readFileSync(page, 'utf8');
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from === -1 || to < from) return false;
  const written = `${text.slice(0, from)}${open}\n\n${table(rows)}\n\n${machine(part, now)}\n\n${text.slice(to)}`;
  writeFileSync(page, (await format('performance.md', written, { printWidth: 120 })).code);
  return true;
}
