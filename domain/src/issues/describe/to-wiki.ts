import type { Language } from '../../text/language';
import { cutText } from '../../text/fit-text';
import { type Block, colon } from './describe-record';

/** Characters that mean something in wiki text; a backslash itself would begin an escape or a line break. */
const escaped = (text: string): string =>
  text
    .replace(/&(?=#?\w+;)|[\\{}[\]*_+^~!|?#-]/g, (found) =>
      found === '\\' ? '&#92;' : found === '&' ? '&amp;' : `\\${found}`,
    )
    .replace(/^(\s*(?:h[1-6]|bq))\./gim, '$1&#46;');

/** A URL inside a link: what would end it is encoded. */
const address = (url: string): string =>
  url.replace(/[[\]|{}\s]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

/** Characters of a description that Jira takes, markup included. */
const LONGEST = 32_767;

/** For Jira Data Center and Server. What escaping makes too long is cut. */
export function toWiki(blocks: readonly Block[], language: Language): string {
  const wiki = blocks.map((block) => blockText(block, language)).join('\n\n');
  if (wiki.length <= LONGEST) return wiki;
  const longest = Math.max(...blocks.map((block) => (block.kind === 'text' ? block.text.length : 0)));
  const shorter = blocks.map((block) =>
    block.kind === 'text' && block.text.length === longest
      ? { ...block, text: cutText(block.text, Math.floor(longest * 0.7)) }
      : block,
  );
  return longest === 0 ? wiki.slice(0, LONGEST) : toWiki(shorter, language);
}

function blockText(block: Block, language: Language): string {
  switch (block.kind) {
    case 'text':
      return escaped(block.text);
    case 'link':
      return `[${escaped(block.text)}|${address(block.url)}]`;
    case 'facts':
      return block.rows
        .map(
          ({ name, value }) => `* *${escaped(name)}*${colon(language)}${escaped(value.replace(/\s*\r?\n\s*/g, ' '))}`,
        )
        .join('\n');
  }
}
