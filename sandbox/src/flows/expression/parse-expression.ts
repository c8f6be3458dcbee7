import { entryOf } from '@crmjira/domain';
import { EmbeddedActionsParser } from 'chevrotain';
import { ExpressionError } from './expression-error';
import { lexer, tokenList, tokens } from './tokens';

/** An expression as it was written. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'access'; readonly of: Expression; readonly key: Expression; readonly maybe: boolean };

const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

class ExpressionParser extends EmbeddedActionsParser {
  constructor() {
    super(tokenList, { recoveryEnabled: false });
    this.performSelfAnalysis();
  }

  readonly expression = this.RULE('expression', (): Expression => {
    let node = this.SUBRULE(this.primary);
    this.MANY(() => {
      const maybe = this.OPTION(() => this.CONSUME(tokens.maybe)) !== undefined;
      const key = this.OR<Expression>([
        {
          ALT: () => {
            this.CONSUME(tokens.openKey);
            const inside = this.SUBRULE(this.expression);
            this.CONSUME(tokens.closeKey);
            return inside;
          },
        },
        {
          ALT: () => {
            this.CONSUME(tokens.dot);
            return { kind: 'literal', value: this.CONSUME(tokens.name).image };
          },
        },
      ]);
      node = { kind: 'access', of: node, key, maybe };
    });
    return node;
  });

  private readonly primary = this.RULE('primary', (): Expression =>
    this.OR<Expression>([
      { ALT: () => ({ kind: 'literal', value: Number(this.CONSUME(tokens.number).image) }) },
      {
        ALT: () => ({
          kind: 'literal',
          value: this.CONSUME(tokens.text).image.slice(1, -1).replaceAll("''", "'"),
        }),
      },
      { ALT: () => this.SUBRULE(this.callOrWord) },
    ]),
  );

  private readonly callOrWord = this.RULE('callOrWord', (): Expression => {
    const name = this.CONSUME(tokens.name).image;
    const args: Expression[] = [];
    const called = this.OPTION(() => {
      this.CONSUME(tokens.open);
      this.MANY_SEP({ SEP: tokens.comma, DEF: () => args.push(this.SUBRULE(this.expression)) });
      return this.CONSUME(tokens.close);
    });
    if (called !== undefined) return { kind: 'call', name, args };
    const value = entryOf(words, name.toLowerCase());
    // While the grammar is recorded every name is empty.
    if (value === undefined && !this.RECORDING_PHASE)
      throw new ExpressionError(`"${name}" is neither a function call nor a literal`);
    return { kind: 'literal', value: value ?? null };
  });
}

const parser = new ExpressionParser();

/** An expression that begins a text, and where it ends, in characters. */
export interface ParsedExpression {
  readonly expression: Expression;
  readonly end: number;
}

/**
 * Reads the expression at the beginning of a text, up to the first character that no expression has, such as the closing brace of
 * `@{…}`.
 *
 * @throws ExpressionError naming the place
 */
export function parseBeginning(text: string): ParsedExpression {
  const lexed = lexer.tokenize(text);
  const end = lexed.errors[0]?.offset ?? text.length;
  parser.input = lexed.tokens.filter((token) => token.startOffset < end);
  const expression = parser.expression();
  const [error] = parser.errors;
  if (error !== undefined) throw new ExpressionError(`${error.message} in ${text.slice(0, 120)}`);
  return { expression, end };
}

/** Reads a text that is one expression. @throws ExpressionError naming the place */
export function parseExpression(text: string): Expression {
  const { expression, end } = parseBeginning(text);
  if (end < text.length)
    throw new ExpressionError(`"${text.slice(end, end + 25)}" follows the expression in ${text.slice(0, 120)}`);
  return expression;
}
