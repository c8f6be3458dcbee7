import { createToken, Lexer, type TokenType } from 'chevrotain';

const identifier = createToken({ name: 'Identifier', pattern: /[@$A-Za-z_][\w.]*/ });
const keyword = (word: string): TokenType =>
  createToken({ name: `Keyword_${word}`, pattern: new RegExp(word), longer_alt: identifier, categories: [] });
const symbol = (name: string, pattern: string): TokenType => createToken({ name, pattern });

export const tokens = {
  space: createToken({ name: 'Space', pattern: /\s+/, group: Lexer.SKIPPED }),
  dateTime: createToken({
    name: 'DateTime',
    pattern: /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?/,
  }),
  guid: createToken({
    name: 'Guid',
    pattern: /[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}/,
  }),
  date: createToken({ name: 'Date', pattern: /\d{4}-\d\d-\d\d/ }),
  number: createToken({ name: 'Number', pattern: /-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[mMdDfFlL]?/ }),
  text: createToken({ name: 'Text', pattern: /'(?:[^']|'')*'/ }),
  doubleQuoted: createToken({ name: 'DoubleQuoted', pattern: /"(?:[^"\\]|\\.)*"/ }),
  open: symbol('Open', '('),
  close: symbol('Close', ')'),
  openList: symbol('OpenList', '['),
  closeList: symbol('CloseList', ']'),
  comma: symbol('Comma', ','),
  semicolon: symbol('Semicolon', ';'),
  slash: symbol('Slash', '/'),
  colon: symbol('Colon', ':'),
  equals: symbol('Equals', '='),
  star: symbol('Star', '*'),
  and: keyword('and'),
  or: keyword('or'),
  not: keyword('not'),
  in: keyword('in'),
  comparison: createToken({ name: 'Comparison', pattern: /eq|ne|gt|ge|lt|le/, longer_alt: identifier }),
  trueWord: keyword('true'),
  falseWord: keyword('false'),
  nullWord: keyword('null'),
  direction: createToken({ name: 'Direction', pattern: /asc|desc/, longer_alt: identifier }),
  identifier,
} as const;

export const tokenList: TokenType[] = Object.values(tokens);

export const lexer = new Lexer(tokenList, { positionTracking: 'onlyOffset' });
