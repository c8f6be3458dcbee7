import { entryOf } from '@crmjira/domain';
import type { AdfNode } from '../site/rows';
import { inlineText, markOf, marksOf } from './nodes';

const signs: Readonly<Record<string, string>> = { strong: '*', em: '_', strike: '-', underline: '+' };

function inline(node: AdfNode): string {
  if (node.type === 'hardBreak') return '\n';
  if (node.type === 'mention') return `[~accountid:${String(node.attrs?.['id'] ?? '')}]`;
  if (node.type === 'inlineCard') return `[${String(node.attrs?.['url'] ?? '')}]`;
  if (node.type !== 'text') return inlineText(node);
  const types = marksOf(node).map(({ type }) => type);
  let text = node.text ?? '';
  if (types.includes('code')) text = `{{${text}}}`;
  for (const type of types) text = `${entryOf(signs, type) ?? ''}${text}${entryOf(signs, type) ?? ''}`;
  const script = markOf(node, 'subsup')?.attrs?.['type'];
  if (script !== undefined) text = script === 'sup' ? `^${text}^` : `~${text}~`;
  const color = markOf(node, 'textColor')?.attrs?.['color'];
  if (color !== undefined) text = `{color:${String(color)}}${text}{color}`;
  const href = markOf(node, 'link')?.attrs?.['href'];
  return href === undefined ? text : `[${text}|${String(href)}]`;
}

const line = (node: AdfNode): string => (node.content ?? []).map(inline).join('');
const lines = (nodes: readonly AdfNode[] | undefined): string =>
  (nodes ?? []).map((node) => block(node, '')).join('\n\n');

/** @param prefix signs of the lists around it */
function list(node: AdfNode, prefix: string): string {
  const sign = prefix + (node.type === 'orderedList' ? '#' : '*');
  return (node.content ?? [])
    .flatMap((item) =>
      (item.content ?? []).map((child, index) =>
        child.type.endsWith('List') ? list(child, sign) : `${index === 0 ? `${sign} ` : ''}${block(child, sign)}`,
      ),
    )
    .join('\n');
}

function block(node: AdfNode, prefix: string): string {
  switch (node.type) {
    case 'heading':
      return `h${String(node.attrs?.['level'] ?? 1)}. ${line(node)}`;
    case 'bulletList':
    case 'orderedList':
      return list(node, prefix);
    case 'codeBlock': {
      const language = node.attrs?.['language'];
      return `{code${language === undefined ? '' : `:${String(language)}`}}\n${inlineText(node)}\n{code}`;
    }
    case 'blockquote':
      return `{quote}${lines(node.content)}{quote}`;
    case 'panel':
      return `{panel}\n${lines(node.content)}\n{panel}`;
    case 'rule':
      return '----';
    case 'table':
      return (node.content ?? [])
        .map((row) => {
          const cells = (row.content ?? []).map((cell) => [
            cell.type === 'tableHeader' ? '||' : '|',
            lines(cell.content),
          ]);
          return `${cells.map(([sign, text]) => `${sign}${text}`).join('')}${cells.at(-1)?.[0] ?? '|'}`;
        })
        .join('\n');
    case 'paragraph':
    case 'taskItem':
    case 'decisionItem':
      return line(node);
    default:
      return node.content === undefined ? inlineText(node) : lines(node.content);
  }
}

/** A document as wiki markup: what REST v2 shows of it. */
export const writeWiki = (doc: AdfNode): string => lines(doc.content);
