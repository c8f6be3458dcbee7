import { entryOf } from '@crmjira/domain';
import type { AdfNode } from '../site/rows';
import { inlineText, markOf, marksOf } from './nodes';

const escape = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const tags: Readonly<Record<string, string>> = { strong: 'b', em: 'em', strike: 'del', underline: 'ins', code: 'tt' };

/** Only these lead somewhere; another address is shown as text. */
const isSafe = (href: string): boolean => /^(https?:|mailto:|\/|#)/i.test(href);

function inline(node: AdfNode): string {
  if (node.type === 'hardBreak') return '<br/>';
  if (node.type === 'mention') {
    const id = escape(String(node.attrs?.['id'] ?? ''));
    return `<a href="/secure/ViewProfile.jspa?accountId=${id}" class="user-hover" rel="${id}">${escape(inlineText(node))}</a>`;
  }
  let html = escape(inlineText(node));
  for (const { type } of marksOf(node))
    if (entryOf(tags, type) !== undefined) html = `<${entryOf(tags, type)}>${html}</${entryOf(tags, type)}>`;
  const script = markOf(node, 'subsup')?.attrs?.['type'];
  if (script === 'sub' || script === 'sup') html = `<${script}>${html}</${script}>`;
  const color = markOf(node, 'textColor')?.attrs?.['color'];
  if (color !== undefined) html = `<font color="${escape(String(color))}">${html}</font>`;
  const href = node.type === 'inlineCard' ? node.attrs?.['url'] : markOf(node, 'link')?.attrs?.['href'];
  if (typeof href !== 'string' || !isSafe(href)) return html;
  return `<a href="${escape(href)}" class="external-link" rel="nofollow noreferrer">${html}</a>`;
}

const line = (node: AdfNode): string => (node.content ?? []).map(inline).join('');
const blocks = (nodes: readonly AdfNode[] | undefined): string => (nodes ?? []).map(block).join('\n');

/** A cell or item that holds one paragraph shows its words without one. */
const inner = (node: AdfNode): string => {
  const [only, ...others] = node.content ?? [];
  return only?.type === 'paragraph' && others.length === 0 ? line(only) : blocks(node.content);
};

function block(node: AdfNode): string {
  switch (node.type) {
    case 'paragraph':
      return `<p>${line(node)}</p>`;
    case 'heading': {
      const level = Number(node.attrs?.['level'] ?? 1);
      return `<h${level}><a name="${escape(inlineText(node).replace(/\s+/g, ''))}"></a>${line(node)}</h${level}>`;
    }
    case 'bulletList':
    case 'orderedList': {
      const tag = node.type === 'orderedList' ? 'ol' : 'ul';
      const items = (node.content ?? []).map((item) => {
        const [first, ...others] = item.content ?? [];
        const words = first?.type === 'paragraph' ? line(first) : first ? block(first) : '';
        return `\t<li>${[words, ...others.map(block)].join('\n')}</li>`;
      });
      return `<${tag}>\n${items.join('\n')}\n</${tag}>`;
    }
    case 'codeBlock': {
      const language = escape(String(node.attrs?.['language'] ?? 'java'));
      return `<div class="code panel"><div class="codeContent panelContent">\n<pre class="code-${language}">${escape(inlineText(node))}</pre>\n</div></div>`;
    }
    case 'blockquote':
      return `<blockquote>${blocks(node.content)}</blockquote>`;
    case 'panel':
      return `<div class="panel"><div class="panelContent">\n${blocks(node.content)}\n</div></div>`;
    case 'rule':
      return '<hr />';
    case 'table': {
      const rows = (node.content ?? []).map((row) => {
        const cells = (row.content ?? []).map((cell) =>
          cell.type === 'tableHeader'
            ? `<th class='confluenceTh'>${inner(cell)}</th>`
            : `<td class='confluenceTd'>${inner(cell)}</td>`,
        );
        return `<tr>\n${cells.join('\n')}\n</tr>`;
      });
      return `<div class='table-wrap'>\n<table class='confluenceTable'><tbody>\n${rows.join('\n')}\n</tbody></table>\n</div>`;
    }
    default:
      return node.content === undefined ? escape(inlineText(node)) : blocks(node.content);
  }
}

/** A document as HTML, as `renderedFields` and `renderedBody` show it. */
export const writeHtml = (doc: AdfNode): string => blocks(doc.content);
