import type { AdfNode, RichText } from './rows';

const BLOCKS = new Set(['paragraph', 'heading', 'blockquote', 'codeBlock', 'listItem', 'panel', 'rule', 'tableRow']);

function inlineText(node: AdfNode): string {
  if (node.type === 'text') return node.text ?? '';
  if (node.type === 'hardBreak') return '\n';
  if (node.type === 'mention' || node.type === 'emoji' || node.type === 'status')
    return String(node.attrs?.['text'] ?? node.attrs?.['shortName'] ?? '');
  if (node.type === 'inlineCard') return String(node.attrs?.['url'] ?? '');
  return (node.content ?? []).map(inlineText).join('');
}

function blockTexts(node: AdfNode): string[] {
  const children = node.content ?? [];
  if (BLOCKS.has(node.type) && !children.some((child) => BLOCKS.has(child.type))) return [inlineText(node)];
  return children.flatMap(blockTexts);
}

/** What REST v2 and the pages show of a text. */
export function plainText(text: RichText | null): string | null {
  if (text === null) return null;
  return text.format === 'text' ? text.text : blockTexts(text.doc).join('\n\n');
}

/** What REST v3 shows of a text: blank lines part paragraphs, single ones break the line. */
export function toDocument(text: RichText | null): AdfNode | null {
  if (text === null) return null;
  if (text.format === 'adf') return text.doc;
  const paragraphs = text.text.split(/\n{2,}/).map((paragraph): AdfNode => {
    const lines = paragraph
      .split('\n')
      .flatMap((line, index): AdfNode[] => [
        ...(index > 0 ? [{ type: 'hardBreak' }] : []),
        ...(line ? [{ type: 'text', text: line }] : []),
      ]);
    return { type: 'paragraph', ...(lines.length > 0 ? { content: lines } : {}) };
  });
  return { type: 'doc', version: 1, content: paragraphs };
}

export const textOf = (text: string): RichText => ({ format: 'text', text });

function isNode(value: unknown): value is AdfNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function isWellFormed(node: unknown): boolean {
  if (!isNode(node)) return false;
  if (node.type === 'text' && typeof node.text !== 'string') return false;
  return node.content === undefined || (Array.isArray(node.content) && node.content.every(isWellFormed));
}

/** Why a value cannot be taken as rich text, in Jira's words. */
export class RichTextRefused extends Error {}

/**
 * Reads rich text as the API version writes it.
 * @throws RichTextRefused for a string on v3 or a document on v2
 */
export function readRichText(value: unknown, version: 2 | 3): RichText | null {
  if (value === null || value === undefined) return null;
  if (version === 2) {
    if (typeof value !== 'string') throw new RichTextRefused('Operation value must be a string');
    return value === '' ? null : textOf(value);
  }
  if (!isNode(value) || value.type !== 'doc' || value.version !== 1)
    throw new RichTextRefused('Operation value must be an Atlassian Document (see the Atlassian Document Format)');
  if (!isWellFormed(value)) throw new RichTextRefused('INVALID_INPUT');
  return { format: 'adf', doc: value };
}
