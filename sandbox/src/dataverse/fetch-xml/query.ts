/** A FetchXML query as data. */
export interface FetchQuery {
  readonly entity: FetchEntity;
  readonly aggregate: boolean;
  readonly distinct: boolean;
  readonly top: number | null;
  readonly count: number | null;
  readonly page: number;
  readonly pagingCookie: string | null;
  readonly returnTotalRecordCount: boolean;
}

export interface FetchEntity {
  readonly name: string;
  readonly attributes: readonly FetchAttribute[];
  readonly allAttributes: boolean;
  readonly filters: readonly FetchFilter[];
  readonly orders: readonly FetchOrder[];
  readonly links: readonly FetchLink[];
}

export interface FetchLink extends FetchEntity {
  /** Column of the linked table. */
  readonly from: string;
  /** Column of the table around. */
  readonly to: string;
  readonly alias: string;
  readonly type: string;
}

export interface FetchAttribute {
  readonly name: string;
  readonly alias: string | null;
  readonly aggregate: string | null;
  readonly groupBy: boolean;
  readonly dateGrouping: string | null;
  readonly distinct: boolean;
}

export interface FetchFilter {
  readonly type: 'and' | 'or';
  readonly conditions: readonly FetchCondition[];
  readonly filters: readonly FetchFilter[];
  /** `link-entity` inside a filter: a condition on whether linked rows exist. */
  readonly links: readonly FetchLink[];
}

export interface FetchCondition {
  readonly entityName: string | null;
  readonly attribute: string;
  readonly operator: string;
  readonly values: readonly string[];
  /** `valueof`: another column of the row. */
  readonly valueOf: string | null;
}

export interface FetchOrder {
  readonly attribute: string | null;
  readonly alias: string | null;
  readonly descending: boolean;
  readonly entityName: string | null;
}
