import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Browser } from 'playwright-core';
import { differences } from './compare';

const COLUMNS = ['before', 'now', 'difference'] as const;

/** Names of the pictures that differed in the last run, with the folder of those that lie in one of their own. */
export function differing(folder = differences): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name === 'now.png')
    .map(({ parentPath }) => relative(folder, parentPath).replaceAll('\\', '/'))
    .toSorted();
}

/** One picture of all that differ: what was approved, what is drawn now, where they differ. @returns its file */
export async function writeContactSheet(browser: Browser, names: readonly string[]): Promise<string> {
  const file = join(differences, 'contact-sheet.png');
  const page = await browser.newPage({ viewport: { width: 1800, height: 900 } });
  const rows = names.map(
    (name) => `<h2>${name}</h2><div>${COLUMNS.map((column) => cell(name, column)).join('')}</div>`,
  );
  await page.setContent(`<style>
    body { font: 12px 'Noto Sans', sans-serif; margin: 12px; background: #ddd; }
    h2 { margin: 12px 0 4px; font-size: 13px; }
    div { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8px; align-items: start; }
    figure { margin: 0; } img { max-width: 100%; display: block; }
  </style>${rows.join('')}`);
  await page.screenshot({ path: file, fullPage: true });
  await page.close();
  return file;
}

function cell(name: string, column: (typeof COLUMNS)[number]): string {
  const file = join(differences, name, `${column}.png`);
  if (!existsSync(file)) return `<figure>${column}: none</figure>`;
  return `<figure>${column}<img src="data:image/png;base64,${readFileSync(file).toString('base64')}"></figure>`;
}
