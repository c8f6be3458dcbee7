import { JiraError } from '../jira-error';
import { isDocument, withoutEmptyTexts } from '../rich-text/adf-schema';
import { inlineText } from '../rich-text/nodes';
import { readWiki } from '../rich-text/read-wiki';
import { writeHtml } from '../rich-text/write-html';
import { writeWiki } from '../rich-text/write-wiki';
import type { AdfNode, RichText } from './rows';

const BLOCKS = new Set(['paragraph', 'heading', 'blockquote', 'codeBlock', 'listItem', 'panel', 'rule', 'tableRow']);

function blockTexts(node: AdfNode): string[] {
  const children = node.content ?? [];
  if (BLOCKS.has(node.type) && !children.some((child) => BLOCKS.has(child.type))) return [inlineText(node)];
  return children.flatMap(blockTexts);
}

/** The words of a text, for search, history and the pages. */
export function plainText(text: RichText | null): string | null {
  if (text === null) return null;
  return text.format === 'text' ? text.text : blockTexts(text.doc).join('\n\n');
}

/** What REST v2 shows of a text: wiki markup. */
export function toWiki(text: RichText | null): string | null {
  if (text === null) return null;
  return text.format === 'text' ? text.text : writeWiki(text.doc);
}

/** What REST v3 shows of a text: a document. */
export function toDocument(text: RichText | null): AdfNode | null {
  if (text === null) return null;
  return text.format === 'adf' ? text.doc : readWiki(text.text);
}

/** What `renderedFields` and `renderedBody` show of a text. */
export function toHtml(text: RichText | null): string | null {
  const doc = toDocument(text);
  return doc === null ? null : writeHtml(doc);
}

export const textOf = (text: string): RichText => ({ format: 'text', text });

/** Why a value cannot be taken as rich text, in Jira's words. */
export class RichTextRefused extends Error {}

/** Something that means to be a document, whether or not Jira takes it. */
function isDocumentLike(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'doc';
}

/**
 * Reads rich text as the API version writes it.
 * @throws RichTextRefused for a string on v3 or a document on v2; JiraError 400 for a document that breaks its schema, which Jira
 *   refuses without a word about where
 */
export function readRichText(value: unknown, version: 2 | 3): RichText | null {
  if (value === null || value === undefined) return null;
  if (version === 2) {
    if (typeof value !== 'string') throw new RichTextRefused('Operation value must be a string');
    return value === '' ? null : textOf(value);
  }
  if (!isDocumentLike(value))
    throw new RichTextRefused('Operation value must be an Atlassian Document (see the Atlassian Document Format)');
  if (!isDocument(value)) throw new JiraError(400, ['INVALID_INPUT']);
  return { format: 'adf', doc: withoutEmptyTexts(value) };
}
