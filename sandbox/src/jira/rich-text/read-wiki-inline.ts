import type { AdfNode } from '../site/rows';

type Mark = Readonly<{ type: string; attrs?: Readonly<Record<string, unknown>> }>;
type Match = RegExpExecArray;

const textNode = (text: string, marks: readonly Mark[]): AdfNode => ({
  type: 'text',
  text,
  ...(marks.length > 0 ? { marks } : {}),
});

/** A pair of signs around words, not within one. */
const around = (sign: string) => new RegExp(`(?<![\\w${sign}])${sign}(?=\\S)([^\\n]+?)(?<=\\S)${sign}(?![\\w])`);

const wrapped = (mark: Mark) => (match: Match, marks: readonly Mark[]) => readInline(match[1] ?? '', [...marks, mark]);
const link = (text: string, href: string, marks: readonly Mark[]) => [
  textNode(text, [...marks, { type: 'link', attrs: { href } }]),
];

/** Signs of the wiki markup, each with what it stands for. */
const signs: readonly (readonly [RegExp, (match: Match, marks: readonly Mark[]) => AdfNode[]])[] = [
  [
    /\{\{(.+?)\}\}/,
    (match, marks) => [textNode(match[1] ?? '', [...marks.filter(({ type }) => type === 'link'), { type: 'code' }])],
  ],
  [
    /\[~(?:accountid:)?([^\]\s]+)\]/,
    (match) => [{ type: 'mention', attrs: { id: match[1], text: `@${match[1] ?? ''}` } }],
  ],
  [
    /\[([^\]|\n]+)\|((?:https?:|mailto:|#|\/)[^\]|\s]*)(?:\|[^\]\n]*)?\]/,
    (match, marks) => link(match[1] ?? '', match[2] ?? '', marks),
  ],
  [/\[((?:https?:|mailto:)[^\]\s]+)\]/, (match, marks) => link(match[1] ?? '', match[1] ?? '', marks)],
  [/https?:\/\/[^\s|\]}<>"]+[^\s|\]}<>".,;:!?)]/, (match, marks) => link(match[0], match[0], marks)],
  [
    /\{color:([^}]+)\}([\s\S]+?)\{color\}/,
    (match, marks) => readInline(match[2] ?? '', [...marks, { type: 'textColor', attrs: { color: match[1] } }]),
  ],
  [/\\\\/, () => [{ type: 'hardBreak' }]],
  [/\\([*_\-+^~{}[\]|!])/, (match, marks) => [textNode(match[1] ?? '', marks)]],
  [around('\\*'), wrapped({ type: 'strong' })],
  [around('_'), wrapped({ type: 'em' })],
  [/\?\?(?=\S)(.+?)(?<=\S)\?\?/, wrapped({ type: 'em' })],
  [around('-'), wrapped({ type: 'strike' })],
  [around('\\+'), wrapped({ type: 'underline' })],
  [around('\\^'), wrapped({ type: 'subsup', attrs: { type: 'sup' } })],
  [around('~'), wrapped({ type: 'subsup', attrs: { type: 'sub' } })],
];

/** Reads one line of wiki markup: the sign that comes first counts, what is no sign is text. */
export function readInline(text: string, marks: readonly Mark[] = []): AdfNode[] {
  if (text === '') return [];
  let first: { match: Match; make: (match: Match, marks: readonly Mark[]) => AdfNode[] } | null = null;
  for (const [pattern, make] of signs) {
    const match = pattern.exec(text);
    if (match && (first === null || match.index < first.match.index)) first = { match, make };
  }
  if (first === null) return [textNode(text, marks)];
  const { match, make } = first;
  const before = text.slice(0, match.index);
  return [
    ...(before === '' ? [] : [textNode(before, marks)]),
    ...make(match, marks),
    ...readInline(text.slice(match.index + match[0].length), marks),
  ];
}
