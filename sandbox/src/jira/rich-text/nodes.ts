import type { AdfNode } from '../site/rows';

interface Mark {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
}

/** Marks of a text, which the schema has checked. */
export const marksOf = (node: AdfNode): readonly Mark[] => (node.marks ?? []) as readonly Mark[];

export const markOf = (node: AdfNode, type: string): Mark | undefined =>
  marksOf(node).find((mark) => mark.type === type);

/** The words of a node without any formatting. */
export function inlineText(node: AdfNode): string {
  if (node.type === 'text') return node.text ?? '';
  if (node.type === 'hardBreak') return '\n';
  if (node.type === 'mention' || node.type === 'emoji' || node.type === 'status')
    return String(node.attrs?.['text'] ?? node.attrs?.['shortName'] ?? '');
  if (node.type === 'date') return new Date(Number(node.attrs?.['timestamp'])).toISOString().slice(0, 10);
  if (node.type === 'inlineCard') return String(node.attrs?.['url'] ?? '');
  return (node.content ?? []).map(inlineText).join('');
}
