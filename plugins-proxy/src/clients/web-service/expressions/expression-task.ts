/** What the worker is asked: to read one answer of a service by expressions that an administrator wrote. */
export interface ExpressionTask {
  readonly kind: 'json' | 'xml';
  readonly text: string;
  /** Prefixes of XPaths. */
  readonly namespaces: Readonly<Record<string, string>>;
  /** Of the answer as a whole. */
  readonly single: readonly string[];
  /** Of the list; empty: the answer itself (JSON), the first element of its body (XML); null: nothing but `single` is read. */
  readonly records: string | null;
  /** Of each record. */
  readonly fields: readonly string[];
}

/** A value as text; null: nothing is there; `wrong`: the expression fails on this record. */
export type Cell = string | null | { readonly wrong: string };

/** What it found. */
export interface ExpressionResult {
  readonly single: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Why it found nothing. */
export type ExpressionFault =
  | 'service-expression-invalid'
  | 'service-expression-slow'
  | 'service-expression-memory'
  | 'service-result-large'
  | 'not-json'
  | 'soap-xml-broken'
  | 'soap-doctype'
  | 'service-too-deep';
