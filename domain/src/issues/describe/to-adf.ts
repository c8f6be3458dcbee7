import type { Language } from '../../text/language';
import { type Block, colon } from './describe-record';

/** Nodes of the Atlassian Document Format that a description uses. */
export type AdfNode =
  | { readonly type: 'text'; readonly text: string; readonly marks?: readonly AdfMark[] }
  | { readonly type: 'hardBreak' }
  | { readonly type: 'paragraph' | 'bulletList' | 'listItem'; readonly content: readonly AdfNode[] };

type AdfMark = { readonly type: 'strong' } | { readonly type: 'link'; readonly attrs: { readonly href: string } };

export interface AdfDocument {
  readonly version: 1;
  readonly type: 'doc';
  readonly content: readonly AdfNode[];
}

/** Lines of one paragraph; Jira refuses a text node without text. */
const lines = (text: string): readonly AdfNode[] =>
  text
    .split(/\r?\n/)
    .flatMap((line, at): AdfNode[] => [
      ...(at === 0 ? [] : [{ type: 'hardBreak' } as const]),
      ...(line === '' ? [] : [{ type: 'text', text: line } as const]),
    ]);

const paragraph = (...content: readonly AdfNode[]): AdfNode => ({ type: 'paragraph', content });

/** For Jira Cloud. */
export const toAdf = (blocks: readonly Block[], language: Language): AdfDocument => ({
  version: 1,
  type: 'doc',
  content: blocks.map((block): AdfNode => {
    switch (block.kind) {
      case 'text':
        return paragraph(...lines(block.text));
      case 'link':
        return paragraph({
          type: 'text',
          text: block.text,
          marks: [{ type: 'link', attrs: { href: block.url } }],
        });
      case 'facts':
        return {
          type: 'bulletList',
          content: block.rows.map(({ name, value }) => ({
            type: 'listItem',
            content: [
              paragraph(
                { type: 'text', text: `${name}${colon(language)}`, marks: [{ type: 'strong' }] },
                ...lines(value),
              ),
            ],
          })),
        };
    }
  }),
});
