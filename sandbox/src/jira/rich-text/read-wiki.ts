import type { AdfNode } from '../site/rows';
import { readInline } from './read-wiki-inline';

const paragraph = (content: readonly AdfNode[]): AdfNode => ({
  type: 'paragraph',
  ...(content.length > 0 ? { content } : {}),
});

/** Lines of a paragraph: each begins a line of its own. */
function paragraphOf(lines: readonly string[]): AdfNode {
  return paragraph(
    lines.flatMap((line, index) => [...(index > 0 ? [{ type: 'hardBreak' }] : []), ...readInline(line)]),
  );
}

const LIST = /^([*#]+|-)\s+(.*)$/;
const kindOf = (sign: string | undefined) => (sign === '#' ? 'orderedList' : 'bulletList');

/** Items of one depth and below; an item deeper than the one before it hangs on that. */
function listOf(lines: readonly (readonly [signs: string, text: string])[], depth: number): AdfNode[] {
  const lists: { kind: string; items: AdfNode[] }[] = [];
  for (let index = 0; index < lines.length;) {
    const [signs = '', text = ''] = lines[index] ?? [];
    const kind = kindOf(signs[depth]);
    let end = index + 1;
    while (end < lines.length && (lines[end]?.[0].length ?? 0) > depth + 1) end += 1;
    const item = {
      type: 'listItem',
      content: [paragraph(readInline(text)), ...listOf(lines.slice(index + 1, end), depth + 1)],
    };
    const last = lists.at(-1);
    if (last?.kind === kind) last.items.push(item);
    else lists.push({ kind, items: [item] });
    index = end;
  }
  return lists.map(({ kind, items }) => ({ type: kind, content: items }));
}

function rowOf(line: string): AdfNode {
  const cells = [...line.matchAll(/(\|\|?)((?:\[[^\]\n]*\]|\{[^}\n]*\}|[^|\n])+)(?=\|)/g)];
  return {
    type: 'tableRow',
    content: cells.map(([, sign, text = '']) => ({
      type: sign === '||' ? 'tableHeader' : 'tableCell',
      content: [paragraph(readInline(text.trim()))],
    })),
  };
}

/** Lines between macros, block by block. */
function readLines(text: string): AdfNode[] {
  const lines = text.split('\n');
  const blocks: AdfNode[] = [];
  const take = (fits: (line: string) => boolean, from: number): string[] => {
    let end = from;
    while (end < lines.length && fits(lines[end] ?? '')) end += 1;
    return lines.slice(from, end);
  };
  const isPlain = (line: string): boolean =>
    line.trim() !== '' && !/^(h[1-6]\. |bq\. |-{4,}\s*$|\|)/.test(line) && !LIST.test(line);
  for (let index = 0; index < lines.length;) {
    const line = lines[index] ?? '';
    const [, level, title] = /^h([1-6])\. (.*)$/.exec(line) ?? [];
    if (line.trim() === '') index += 1;
    else if (level !== undefined) {
      blocks.push({ type: 'heading', attrs: { level: Number(level) }, content: readInline((title ?? '').trim()) });
      index += 1;
    } else if (line.startsWith('bq. ')) {
      blocks.push({ type: 'blockquote', content: [paragraph(readInline(line.slice(4)))] });
      index += 1;
    } else if (/^-{4,}\s*$/.test(line)) {
      blocks.push({ type: 'rule' });
      index += 1;
    } else if (LIST.test(line)) {
      const found = take((next) => LIST.test(next), index);
      const items = found.map((item) => {
        const [, signs = '', words = ''] = LIST.exec(item) ?? [];
        return [signs, words] as const;
      });
      blocks.push(...listOf(items, 0));
      index += found.length;
    } else if (line.startsWith('|')) {
      const found = take((next) => next.startsWith('|'), index);
      blocks.push({ type: 'table', content: found.map(rowOf) });
      index += found.length;
    } else {
      const found = take(isPlain, index);
      blocks.push(paragraphOf(found.length > 0 ? found : [line]));
      index += Math.max(1, found.length);
    }
  }
  return blocks;
}

const MACRO = /(?<!\{)\{(code|noformat|quote|panel)(?::([^}\n]*))?\}(?!\})([\s\S]*?)\{\1\}/;

function macroOf(name: string, options: string, body: string): AdfNode {
  const inner = body.replace(/^\n|\n$/g, '');
  if (name === 'quote') return { type: 'blockquote', content: readBlocks(inner) };
  if (name === 'panel') return { type: 'panel', attrs: { panelType: 'info' }, content: readBlocks(inner) };
  const language = options.split('|').find((option) => option !== '' && !option.includes('='));
  return {
    type: 'codeBlock',
    ...(language === undefined ? {} : { attrs: { language } }),
    ...(inner === '' ? {} : { content: [{ type: 'text', text: inner }] }),
  };
}

function readBlocks(text: string): AdfNode[] {
  const match = MACRO.exec(text);
  if (!match) return readLines(text);
  const [whole, name = '', options = '', body = ''] = match;
  return [
    ...readLines(text.slice(0, match.index)),
    macroOf(name, options, body),
    ...readBlocks(text.slice(match.index + whole.length)),
  ];
}

/** Wiki markup, as REST v2 writes it, as a document. */
export function readWiki(text: string): AdfNode {
  const content = readBlocks(text.replace(/\r\n?/g, '\n'));
  return { type: 'doc', version: 1, content: content.length > 0 ? content : [paragraph([])] };
}
