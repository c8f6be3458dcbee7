import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import { badRequest } from '../errors';
import type { Aggregation, ExpandItem, Literal, LiteralKind, Node, OrderItem, Transformation } from './ast';
import { lexer, tokenList, tokens } from './tokens';

const queryFunctionPrefix = 'Microsoft.Dynamics.CRM.';

type LiteralNode = Extract<Node, { kind: 'literal' }>;

/** The query options of OData v4 as far as the Web API knows them: `$filter`, `$orderby`, `$expand`, `$apply`. */
class ODataParser extends EmbeddedActionsParser {
  constructor() {
    super(tokenList, { recoveryEnabled: false });
    this.performSelfAnalysis();
  }

  readonly filter = this.RULE('filter', (): Node => {
    let left = this.SUBRULE(this.conjunction);
    this.MANY(() => {
      this.CONSUME(tokens.or);
      const right = this.SUBRULE2(this.conjunction);
      left = { kind: 'or', left, right };
    });
    return left;
  });

  private readonly conjunction = this.RULE('conjunction', (): Node => {
    let left = this.SUBRULE(this.negation);
    this.MANY(() => {
      this.CONSUME(tokens.and);
      const right = this.SUBRULE2(this.negation);
      left = { kind: 'and', left, right };
    });
    return left;
  });

  private readonly negation = this.RULE('negation', (): Node =>
    this.OR<Node>([
      {
        ALT: () => {
          this.CONSUME(tokens.not);
          return { kind: 'not', of: this.SUBRULE(this.negation) };
        },
      },
      { ALT: () => this.SUBRULE(this.comparison) },
    ]),
  );

  private readonly comparison = this.RULE('comparison', (): Node => {
    let node = this.SUBRULE(this.primary);
    this.OPTION(() => {
      node = this.OR<Node>([
        {
          ALT: () => {
            const operator = this.CONSUME(tokens.comparison).image;
            return { kind: 'compare', operator, left: node, right: this.SUBRULE2(this.primary) };
          },
        },
        {
          ALT: () => {
            this.CONSUME(tokens.in);
            this.CONSUME(tokens.open);
            const values: Literal[] = [];
            this.AT_LEAST_ONE_SEP({ SEP: tokens.comma, DEF: () => values.push(this.SUBRULE(this.literal).value) });
            this.CONSUME(tokens.close);
            return { kind: 'in', left: node, values };
          },
        },
      ]);
    });
    return node;
  });

  private readonly primary = this.RULE('primary', (): Node =>
    this.OR<Node>([
      {
        ALT: () => {
          this.CONSUME(tokens.open);
          const inner = this.SUBRULE(this.filter);
          this.CONSUME(tokens.close);
          return inner;
        },
      },
      { ALT: () => this.SUBRULE(this.literal) },
      { ALT: () => this.SUBRULE(this.pathOrCall) },
    ]),
  );

  private readonly literal = this.RULE('literal', (): LiteralNode => {
    const of = (type: LiteralKind, value: Literal): LiteralNode => ({ kind: 'literal', type, value });
    return this.OR<LiteralNode>([
      { ALT: () => of('datetime', this.CONSUME(tokens.dateTime).image) },
      { ALT: () => of('guid', this.CONSUME(tokens.guid).image.toLowerCase()) },
      { ALT: () => of('date', this.CONSUME(tokens.date).image) },
      { ALT: () => of('number', Number(this.CONSUME(tokens.number).image.replace(/[mMdDfFlL]$/, ''))) },
      { ALT: () => of('string', unquote(this.CONSUME(tokens.text).image)) },
      { ALT: () => of('string', this.CONSUME(tokens.doubleQuoted).image.slice(1, -1)) },
      { ALT: () => (this.CONSUME(tokens.trueWord), of('boolean', true)) },
      { ALT: () => (this.CONSUME(tokens.falseWord), of('boolean', false)) },
      { ALT: () => (this.CONSUME(tokens.nullWord), of('null', null)) },
    ]);
  });

  private readonly path = this.RULE('path', (): string[] => {
    const segments: string[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: tokens.slash, DEF: () => segments.push(this.SUBRULE(this.name)) });
    return segments;
  });

  /** A column may bear a word of the language as its name. */
  private readonly name = this.RULE('name', (): string =>
    this.OR([
      { ALT: () => this.CONSUME(tokens.identifier).image },
      { ALT: () => this.CONSUME(tokens.in).image },
      { ALT: () => this.CONSUME(tokens.direction).image },
    ]),
  );

  private readonly pathOrCall = this.RULE('pathOrCall', (): Node => {
    const segments = this.SUBRULE(this.path);
    let node: Node = { kind: 'path', segments };
    // Microsoft.Dynamics.CRM.AttributeTypeCode'Picklist'
    this.OPTION1(() => {
      const value = this.CONSUME(tokens.text).image;
      node = { kind: 'literal', type: 'string', value: unquote(value) };
    });
    this.OPTION2(() => {
      this.CONSUME(tokens.open);
      const positional: Node[] = [];
      const named: Record<string, Literal | readonly Literal[]> = {};
      let lambda: { variable: string; body: Node } | null = null;
      this.MANY_SEP({
        SEP: tokens.comma,
        DEF: () =>
          this.OR([
            {
              GATE: () => this.LA(2).tokenType === tokens.colon,
              ALT: () => {
                const variable = this.CONSUME(tokens.identifier).image;
                this.CONSUME(tokens.colon);
                lambda = { variable, body: this.SUBRULE(this.filter) };
              },
            },
            {
              GATE: () => this.LA(2).tokenType === tokens.equals,
              ALT: () => {
                const key = this.CONSUME2(tokens.identifier).image;
                this.CONSUME(tokens.equals);
                const value = this.SUBRULE(this.argument);
                this.ACTION(() => {
                  named[key] = value;
                });
              },
            },
            { ALT: () => positional.push(this.SUBRULE2(this.filter)) },
          ]),
      });
      this.CONSUME(tokens.close);
      node = this.ACTION(() => callNode(segments, positional, named, lambda));
    });
    return node;
  });

  private readonly argument = this.RULE('argument', (): Literal | readonly Literal[] =>
    this.OR<Literal | readonly Literal[]>([
      {
        ALT: () => {
          const values: Literal[] = [];
          this.CONSUME(tokens.openList);
          this.MANY_SEP({ SEP: tokens.comma, DEF: () => values.push(this.SUBRULE(this.literal).value) });
          this.CONSUME(tokens.closeList);
          return values;
        },
      },
      { ALT: () => this.SUBRULE2(this.literal).value },
    ]),
  );

  readonly orderBy = this.RULE('orderBy', (): OrderItem[] => {
    const items: OrderItem[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: tokens.comma,
      DEF: () => {
        const path = this.SUBRULE(this.path);
        let descending = false;
        this.OPTION(() => {
          descending = this.CONSUME(tokens.direction).image === 'desc';
        });
        items.push({ path, descending });
      },
    });
    return items;
  });

  readonly expand = this.RULE('expand', (): ExpandItem[] => {
    const items: ExpandItem[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: tokens.comma, DEF: () => items.push(this.SUBRULE(this.expandItem)) });
    return items;
  });

  private readonly expandItem = this.RULE('expandItem', (): ExpandItem => {
    const path = this.SUBRULE(this.path);
    let options: Partial<ExpandItem> = {};
    this.OPTION(() => {
      this.CONSUME(tokens.open);
      this.AT_LEAST_ONE_SEP({
        SEP: tokens.semicolon,
        DEF: () => {
          options = { ...options, ...this.SUBRULE(this.expandOption) };
        },
      });
      this.CONSUME(tokens.close);
    });
    return this.ACTION(() => ({ navigation: path[0] ?? '', onlyReferences: path[1] === '$ref', ...options }));
  });

  private readonly expandOption = this.RULE('expandOption', (): Partial<ExpandItem> => {
    const option = (name: string) => ({ GATE: () => this.LA(1).image === name });
    return this.OR<Partial<ExpandItem>>([
      { ...option('$select'), ALT: () => (this.optionName1(), { select: this.SUBRULE(this.names) }) },
      { ...option('$filter'), ALT: () => (this.optionName2(), { filter: this.SUBRULE(this.filter) }) },
      { ...option('$orderby'), ALT: () => (this.optionName3(), { orderBy: this.SUBRULE(this.orderBy) }) },
      { ...option('$expand'), ALT: () => (this.optionName4(), { expand: this.SUBRULE(this.expand) }) },
      { ...option('$top'), ALT: () => (this.optionName5(), { top: Number(this.CONSUME(tokens.number).image) }) },
      { ...option('$count'), ALT: () => (this.optionName6(), { count: this.SUBRULE(this.literal).value === true }) },
    ]);
  });

  private optionName1(): void {
    this.CONSUME1(tokens.identifier);
    this.CONSUME1(tokens.equals);
  }
  private optionName2(): void {
    this.CONSUME2(tokens.identifier);
    this.CONSUME2(tokens.equals);
  }
  private optionName3(): void {
    this.CONSUME3(tokens.identifier);
    this.CONSUME3(tokens.equals);
  }
  private optionName4(): void {
    this.CONSUME4(tokens.identifier);
    this.CONSUME4(tokens.equals);
  }
  private optionName5(): void {
    this.CONSUME5(tokens.identifier);
    this.CONSUME5(tokens.equals);
  }
  private optionName6(): void {
    this.CONSUME6(tokens.identifier);
    this.CONSUME6(tokens.equals);
  }

  private readonly names = this.RULE('names', (): string[] => {
    const names: string[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: tokens.comma, DEF: () => names.push(this.SUBRULE(this.name)) });
    return names;
  });

  readonly apply = this.RULE('apply', (): Transformation[] => {
    const steps: Transformation[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: tokens.slash, DEF: () => steps.push(this.SUBRULE(this.transformation)) });
    return steps;
  });

  private readonly transformation = this.RULE('transformation', (): Transformation =>
    this.OR<Transformation>([
      {
        GATE: () => this.LA(1).image === 'filter',
        ALT: () => {
          this.CONSUME1(tokens.identifier);
          this.CONSUME1(tokens.open);
          const of = this.SUBRULE(this.filter);
          this.CONSUME1(tokens.close);
          return { kind: 'filter', of };
        },
      },
      {
        GATE: () => this.LA(1).image === 'aggregate',
        ALT: () => ({ kind: 'aggregate', items: this.SUBRULE1(this.aggregate) }),
      },
      {
        GATE: () => this.LA(1).image === 'groupby',
        ALT: () => {
          this.CONSUME2(tokens.identifier);
          this.CONSUME2(tokens.open);
          this.CONSUME3(tokens.open);
          const by: string[][] = [];
          this.AT_LEAST_ONE_SEP({ SEP: tokens.comma, DEF: () => by.push(this.SUBRULE(this.path)) });
          this.CONSUME2(tokens.close);
          let items: readonly Aggregation[] = [];
          this.OPTION(() => {
            this.CONSUME2(tokens.comma);
            items = this.SUBRULE2(this.aggregate);
          });
          this.CONSUME3(tokens.close);
          return { kind: 'groupby', by, items };
        },
      },
    ]),
  );

  private readonly aggregate = this.RULE('aggregate', (): Aggregation[] => {
    const items: Aggregation[] = [];
    this.CONSUME1(tokens.identifier);
    this.CONSUME(tokens.open);
    this.AT_LEAST_ONE_SEP({
      SEP: tokens.comma,
      DEF: () => {
        const of = this.SUBRULE(this.path);
        let method = 'count';
        // `revenue with sum as total` or `$count as rows`
        this.OPTION({
          GATE: () => this.LA(1).image === 'with',
          DEF: () => {
            this.CONSUME2(tokens.identifier);
            method = this.CONSUME3(tokens.identifier).image;
          },
        });
        this.CONSUME4(tokens.identifier);
        const as = this.CONSUME5(tokens.identifier).image;
        this.ACTION(() => items.push({ of: of[0] === '$count' ? '$count' : of, method, as }));
      },
    });
    this.CONSUME(tokens.close);
    return items;
  });
}

function callNode(
  segments: readonly string[],
  positional: readonly Node[],
  named: Readonly<Record<string, Literal | readonly Literal[]>>,
  lambda: { variable: string; body: Node } | null,
): Node {
  const last = segments.at(-1) ?? '';
  if (last === 'any' || last === 'all') {
    return {
      kind: 'lambda',
      path: segments.slice(0, -1),
      quantifier: last,
      variable: lambda?.variable ?? '',
      body: lambda?.body ?? null,
    };
  }
  if (last.startsWith(queryFunctionPrefix)) {
    return { kind: 'query-function', name: last.slice(queryFunctionPrefix.length), args: named };
  }
  return { kind: 'call', name: last, args: positional };
}

const unquote = (image: string): string => image.slice(1, -1).replaceAll("''", "'");

const parser = new ODataParser();

/** @throws DataverseError 400 with the place where the text stops being OData. */
/** Parentheses within parentheses; far above any query, far below what the stack holds. */
const deepestNesting = 200;

function deepest(found: readonly IToken[]): number {
  let [open, most] = [0, 0];
  for (const { tokenType } of found) {
    if (tokenType === tokens.open) most = Math.max(most, (open += 1));
    else if (tokenType === tokens.close) open -= 1;
  }
  return most;
}

function parse<Result>(option: string, text: string, run: () => Result): Result {
  const { tokens: found, errors } = lexer.tokenize(text);
  const bad = errors[0];
  if (bad) throw badRequest(`Syntax error at position ${bad.offset} in '${text}'.`);
  if (deepest(found) > deepestNesting) throw badRequest(`The ${option} expression is nested too deeply.`);
  parser.input = found;
  const result = run();
  const problem = parser.errors[0];
  if (problem) {
    const offset = Number.isNaN(problem.token.startOffset) ? text.length : problem.token.startOffset;
    throw badRequest(`Syntax error at position ${offset} in '${text}' (${option}).`);
  }
  return result;
}

export const parseFilter = (text: string): Node => parse('$filter', text, () => parser.filter());
export const parseOrderBy = (text: string): readonly OrderItem[] => parse('$orderby', text, () => parser.orderBy());
export const parseExpand = (text: string): readonly ExpandItem[] => parse('$expand', text, () => parser.expand());
export const parseApply = (text: string): readonly Transformation[] => parse('$apply', text, () => parser.apply());
