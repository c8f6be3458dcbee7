import { entryOf } from '@crmjira/domain';
import type { AdfNode } from '../site/rows';

/** What a kind of node may hold. https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ */
interface NodeRule {
  readonly content?: readonly string[];
  readonly attrs?: readonly string[];
  /** attributes it cannot do without, with what they may be */
  readonly needs?: Readonly<Record<string, (value: unknown) => boolean>>;
}

const INLINE = 'text hardBreak mention emoji date inlineCard status placeholder mediaInline inlineExtension'.split(' ');
const LISTS = ['bulletList', 'orderedList'];
const MEDIA = ['mediaGroup', 'mediaSingle'];
const CARDS = ['blockCard', 'embedCard'];
const EXTENSION = ['extensionKey', 'extensionType', 'parameters', 'text', 'layout', 'localId'];
const IN_CELL = [
  ...['paragraph', 'heading', 'panel', 'blockquote', 'rule', 'codeBlock', 'taskList', 'decisionList', 'nestedExpand'],
  ...[...LISTS, ...MEDIA, ...CARDS, 'extension'],
];
const IN_EXPAND = [...IN_CELL.filter((type) => type !== 'nestedExpand'), 'nestedExpand', 'table'];
const CELL = { content: IN_CELL, attrs: ['background', 'colspan', 'rowspan', 'colwidth', 'localId'] };
const CARD = { attrs: ['url', 'data', 'datasource', 'width', 'layout', 'originalWidth', 'originalHeight', 'localId'] };

const isText = (value: unknown): boolean => typeof value === 'string';
const oneOf =
  (...values: readonly unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value);

const nodes: Readonly<Record<string, NodeRule>> = {
  doc: {
    content: [
      ...['paragraph', 'heading', 'codeBlock', 'blockquote', 'panel', 'rule', 'table', 'expand', 'taskList'],
      ...['decisionList', 'layoutSection', 'extension', 'bodiedExtension', ...LISTS, ...MEDIA, ...CARDS],
    ],
  },
  paragraph: { content: INLINE, attrs: ['localId'] },
  heading: { content: INLINE, attrs: ['level', 'localId'], needs: { level: oneOf(1, 2, 3, 4, 5, 6) } },
  bulletList: { content: ['listItem'], attrs: ['localId'] },
  orderedList: { content: ['listItem'], attrs: ['order', 'localId'] },
  listItem: {
    content: ['paragraph', 'mediaSingle', 'codeBlock', 'taskList', 'extension', ...LISTS],
    attrs: ['localId'],
  },
  codeBlock: { content: ['text'], attrs: ['language', 'uniqueId', 'localId'] },
  blockquote: { content: ['paragraph', 'codeBlock', 'extension', ...LISTS, ...MEDIA], attrs: ['localId'] },
  panel: {
    content: ['paragraph', 'heading', 'blockCard', 'codeBlock', 'taskList', 'rule', 'decisionList', ...LISTS, ...MEDIA],
    attrs: ['panelType', 'panelIcon', 'panelIconId', 'panelIconText', 'panelColor', 'localId'],
    needs: { panelType: oneOf('info', 'note', 'tip', 'success', 'warning', 'error', 'custom') },
  },
  rule: { attrs: ['localId'] },
  table: { content: ['tableRow'], attrs: ['isNumberColumnEnabled', 'layout', 'localId', 'width', 'displayMode'] },
  tableRow: { content: ['tableCell', 'tableHeader'], attrs: ['localId'] },
  tableCell: CELL,
  tableHeader: CELL,
  expand: { content: IN_EXPAND, attrs: ['title', 'localId'] },
  nestedExpand: { content: IN_CELL.filter((type) => type !== 'nestedExpand'), attrs: ['title', 'localId'] },
  taskList: { content: ['taskItem', 'taskList'], attrs: ['localId'] },
  taskItem: { content: INLINE, attrs: ['localId', 'state'], needs: { state: oneOf('TODO', 'DONE') } },
  decisionList: { content: ['decisionItem'], attrs: ['localId'] },
  decisionItem: { content: INLINE, attrs: ['localId', 'state'] },
  mediaGroup: { content: ['media'] },
  mediaSingle: { content: ['media', 'caption'], attrs: ['layout', 'width', 'widthType', 'localId'] },
  media: {
    attrs: ['id', 'type', 'collection', 'alt', 'width', 'height', 'occurrenceKey', 'url', 'localId'],
    needs: { type: oneOf('file', 'link', 'external') },
  },
  mediaInline: { attrs: ['id', 'type', 'collection', 'alt', 'width', 'height', 'occurrenceKey', 'data', 'localId'] },
  caption: { content: INLINE, attrs: ['localId'] },
  blockCard: CARD,
  embedCard: CARD,
  inlineCard: CARD,
  layoutSection: { content: ['layoutColumn'], attrs: ['localId'] },
  layoutColumn: { content: [...IN_EXPAND, 'expand'], attrs: ['width', 'localId'] },
  extension: { attrs: EXTENSION },
  bodiedExtension: { content: IN_EXPAND, attrs: EXTENSION },
  inlineExtension: { attrs: EXTENSION },
  hardBreak: { attrs: ['text', 'localId'] },
  mention: { attrs: ['id', 'text', 'accessLevel', 'userType', 'localId'], needs: { id: isText } },
  emoji: { attrs: ['shortName', 'id', 'text', 'localId'], needs: { shortName: isText } },
  date: { attrs: ['timestamp', 'localId'], needs: { timestamp: isText } },
  status: {
    attrs: ['text', 'color', 'localId', 'style'],
    needs: { text: isText, color: oneOf('neutral', 'purple', 'blue', 'red', 'yellow', 'green') },
  },
  placeholder: { attrs: ['text', 'localId'] },
  text: {},
};

/** Marks with their attributes. */
const marks: Readonly<Record<string, readonly string[]>> = {
  strong: [],
  em: [],
  strike: [],
  underline: [],
  code: [],
  link: ['href', 'title', 'id', 'collection', 'occurrenceKey'],
  textColor: ['color'],
  backgroundColor: ['color'],
  subsup: ['type'],
  annotation: ['id', 'annotationType'],
  alignment: ['align'],
  indentation: ['level'],
  breakout: ['mode', 'width'],
  border: ['size', 'color'],
  dataConsumer: ['sources'],
  fragment: ['localId', 'name'],
};
/** Code may be a link, and nothing else besides. */
const WITH_CODE = new Set(['code', 'link', 'annotation']);

const record = (value: unknown): Readonly<Record<string, unknown>> | null =>
  // an object from JSON: any of its properties may be anything
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;

function areMarks(value: unknown): boolean {
  if (value === undefined) return true;
  if (!Array.isArray(value)) return false;
  const types = value.map((mark) => record(mark)?.['type']);
  if (types.includes('code') && !types.every((type) => WITH_CODE.has(String(type)))) return false;
  return value.every((mark) => {
    const { type, attrs } = record(mark) ?? {};
    const known = Object.hasOwn(marks, String(type)) ? entryOf(marks, String(type)) : undefined;
    if (known === undefined) return false;
    if (type === 'link' && !isText(record(attrs)?.['href'])) return false;
    return Object.keys(record(attrs) ?? {}).every((name) => known.includes(name));
  });
}

function isNode(value: unknown, allowed: readonly string[]): value is AdfNode {
  const node = record(value);
  const type = node?.['type'];
  if (node === null || typeof type !== 'string' || !allowed.includes(type) || !Object.hasOwn(nodes, type)) return false;
  const { content = [], attrs = [], needs = {} } = entryOf(nodes, type) ?? {};
  if (type === 'text' && typeof node['text'] !== 'string') return false;
  const given = node['attrs'] === undefined ? {} : record(node['attrs']);
  if (given === null || !Object.keys(given).every((name) => attrs.includes(name))) return false;
  if (!Object.entries(needs).every(([name, fits]) => fits(given[name]))) return false;
  if (!areMarks(node['marks'])) return false;
  if (node['content'] === undefined) return true;
  return Array.isArray(node['content']) && node['content'].every((child) => isNode(child, content));
}

/** Whether a value is a document that Jira takes. It refuses what it does not know and repairs nothing. */
export function isDocument(value: unknown): value is AdfNode {
  const doc = record(value);
  return doc !== null && doc['version'] === 1 && Array.isArray(doc['content']) && isNode(value, ['doc']);
}

/** A document as Jira keeps it: texts that hold nothing are left out. */
export function withoutEmptyTexts(node: AdfNode): AdfNode {
  if (node.content === undefined) return node;
  const content = node.content.filter((child) => child.type !== 'text' || child.text !== '').map(withoutEmptyTexts);
  return { ...node, content };
}
