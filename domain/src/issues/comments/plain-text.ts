type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && typeof (value as Node)['type'] === 'string';
const attributes = (node: Node): Node =>
  typeof node['attrs'] === 'object' && node['attrs'] !== null ? (node['attrs'] as Node) : {};
const textAt = (node: Node, ...names: readonly string[]): string => {
  const found = names.map((name) => attributes(node)[name]).find((value) => typeof value === 'string');
  return typeof found === 'string' ? found : '';
};

/** Nodes that begin on a line of their own. */
const BLOCKS = new Set([
  ...['paragraph', 'heading', 'codeBlock', 'blockquote', 'panel', 'rule', 'listItem', 'taskItem', 'decisionItem'],
  ...['tableRow', 'mediaSingle', 'mediaGroup', 'expand', 'nestedExpand', 'blockCard', 'embedCard', 'bodiedExtension'],
]);
/** A document nests as deep as people nest lists; one that goes deeper is cut. */
const deepest = 40;

function ofNode(node: Node, depth: number): string {
  if (depth > deepest) return '';
  switch (node['type']) {
    case 'text':
      return typeof node['text'] === 'string' ? node['text'] : '';
    case 'hardBreak':
      return '\n';
    case 'mention':
    case 'emoji':
    case 'status':
      return textAt(node, 'text', 'shortName');
    case 'date': {
      const at = new Date(Number(attributes(node)['timestamp']));
      return Number.isNaN(at.getTime()) ? '' : at.toISOString().slice(0, 10);
    }
    case 'inlineCard':
    case 'blockCard':
    case 'embedCard':
      return textAt(node, 'url');
    case 'rule':
      return '—';
    case 'media':
    case 'mediaInline':
      return textAt(node, 'alt') || '…';
    default: {
      const children = Array.isArray(node['content']) ? node['content'].filter(isNode) : [];
      const parts = children.map((child) => ({
        text: ofNode(child, depth + 1),
        isBlock: BLOCKS.has(String(child['type'])),
        isItem: /^(listItem|taskItem|decisionItem)$/.test(String(child['type'])),
        isCell: /^table(Cell|Header)$/.test(String(child['type'])),
      }));
      return parts
        .map(({ text, isBlock, isItem, isCell }, at) => {
          const before = at === 0 ? '' : isCell ? ' | ' : isBlock || parts[at - 1]?.isBlock === true ? '\n' : '';
          return `${before}${isItem ? `- ${text}` : text}`;
        })
        .join('');
    }
  }
}

/** Wiki text without its markup, as far as it can be told from words. */
const ofWiki = (text: string): string =>
  text
    .replace(/\{(code|noformat|quote|panel|color)(:[^}\n]{0,200})?\}/g, '')
    .replace(/\[([^|\]\n]{1,500})\|([^\]\n]{1,2000})\]/g, '$1 ($2)')
    .replace(/\[~(?:accountid:)?([^\]\n]{1,200})\]/g, '@$1')
    .replace(/^h[1-6]\.\s+/gm, '')
    .replace(/^bq\.\s+/gm, '')
    .replace(/^[*#-]+\s+/gm, '- ')
    .replace(/(^|[\s(])([*_+])(\S(?:[^\n]{0,500}?\S)?)\2(?=$|[\s.,;:!?)])/gm, '$1$3');

/** The words of a comment, from ADF (v3) or wiki text (v2). Pure. */
export const commentText = (body: unknown): string =>
  (typeof body === 'string' ? ofWiki(body) : isNode(body) ? ofNode(body, 0) : '')
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
