import { createToken, Lexer, type TokenType } from 'chevrotain';

/** Words of the Workflow Definition Language's expressions. */
export const tokens = {
  space: createToken({ name: 'Space', pattern: /\s+/, group: Lexer.SKIPPED }),
  number: createToken({ name: 'Number', pattern: /-?\d+(?:\.\d+)?/ }),
  text: createToken({ name: 'Text', pattern: /'(?:[^']|'')*'/ }),
  name: createToken({ name: 'Name', pattern: /[A-Za-z_]\w*/ }),
  open: createToken({ name: 'Open', pattern: '(' }),
  close: createToken({ name: 'Close', pattern: ')' }),
  openKey: createToken({ name: 'OpenKey', pattern: '[' }),
  closeKey: createToken({ name: 'CloseKey', pattern: ']' }),
  comma: createToken({ name: 'Comma', pattern: ',' }),
  dot: createToken({ name: 'Dot', pattern: '.' }),
  maybe: createToken({ name: 'Maybe', pattern: '?' }),
} as const;

export const tokenList: TokenType[] = Object.values(tokens);
export const lexer = new Lexer(tokenList, { positionTracking: 'onlyOffset' });
