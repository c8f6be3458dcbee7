import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(__dirname, '..', '..');
export const documentText = (name: string): string => readFileSync(join(root, 'docs', `${name}.md`), 'utf8');

/** Cells of the tables under a heading, without their header rows; every table of the document when no heading is named. */
export function tableRows(text: string, heading?: string): readonly (readonly string[])[] {
  const part = heading === undefined ? text : sectionOf(text, heading);
  const lines = part.split('\n');
  return lines
    .filter((line, at) => line.startsWith('|') && !/^\|[ -]*-/.test(line) && !/^\|[ -]*-/.test(lines[at + 1] ?? ''))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** Text from a heading to the next of its level or above. */
export function sectionOf(text: string, heading: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  if (start < 0) throw new Error(`There is no heading "${heading}".`);
  const level = lines[start]!.indexOf(' ');
  const end = lines.findIndex((line, at) => at > start && /^#+ /.test(line) && line.indexOf(' ') <= level);
  return lines.slice(start + 1, end < 0 ? undefined : end).join('\n');
}

/** Targets of the links in a text, with their anchors. */
export const linksIn = (text: string): string[] =>
  [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map((match) => match[1]!);

/** Places that a link may lead to: headings, as GitHub makes anchors of them, and anchors of the document's own. */
export const anchorsOf = (text: string): string[] => [
  ...[...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
    match[1]!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  ),
  ...[...text.matchAll(/<a id="([^"]+)"><\/a>/g)].map((match) => match[1]!),
];
