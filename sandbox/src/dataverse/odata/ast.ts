export type Literal = string | number | boolean | null;

export type LiteralKind = 'string' | 'number' | 'boolean' | 'null' | 'guid' | 'date' | 'datetime';

/** Node of `$filter`. */
export type Node =
  | { readonly kind: 'and' | 'or'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'not'; readonly of: Node }
  | { readonly kind: 'compare'; readonly operator: string; readonly left: Node; readonly right: Node }
  | { readonly kind: 'in'; readonly left: Node; readonly values: readonly Literal[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] }
  | {
      readonly kind: 'query-function';
      readonly name: string;
      readonly args: Readonly<Record<string, Literal | readonly Literal[]>>;
    }
  | {
      readonly kind: 'lambda';
      readonly path: readonly string[];
      readonly quantifier: 'any' | 'all';
      readonly variable: string;
      readonly body: Node | null;
    }
  | { readonly kind: 'path'; readonly segments: readonly string[] }
  | { readonly kind: 'literal'; readonly value: Literal; readonly type: LiteralKind };

export interface OrderItem {
  readonly path: readonly string[];
  readonly descending: boolean;
}

export interface ExpandItem {
  readonly navigation: string;
  readonly onlyReferences: boolean;
  readonly select?: readonly string[];
  readonly filter?: Node;
  readonly orderBy?: readonly OrderItem[];
  readonly top?: number;
  readonly count?: boolean;
  readonly expand?: readonly ExpandItem[];
}

export interface Aggregation {
  /** `$count` for rows. */
  readonly of: readonly string[] | '$count';
  readonly method: string;
  readonly as: string;
}

export type Transformation =
  | { readonly kind: 'filter'; readonly of: Node }
  | { readonly kind: 'aggregate'; readonly items: readonly Aggregation[] }
  | { readonly kind: 'groupby'; readonly by: readonly (readonly string[])[]; readonly items: readonly Aggregation[] };
