/** Kinds of columns, as far as mappings tell them apart. */
export type ColumnKind =
  | 'text'
  | 'whole'
  | 'decimal'
  | 'flag'
  | 'date'
  | 'date-time'
  | 'choice'
  | 'status'
  | 'lookup'
  | 'other';

/** What Dataverse tells of a column. */
export interface ColumnFacts {
  readonly kind: ColumnKind;
  /** In characters; null: no text. */
  readonly maxLength: number | null;
  readonly least: number | null;
  readonly most: number | null;
  /** Decimal digits; null: no number. */
  readonly precision: number | null;
  /** A day that Dataverse holds as a moment, its midnight. */
  readonly isMoment: boolean;
  /** Of a choice: the words by which another system names each value; the first are those that it is sent. */
  readonly options: readonly { readonly value: number; readonly words: readonly string[] }[];
  readonly canCreate: boolean;
  readonly canUpdate: boolean;
  /** Dataverse makes no row without it, and gives it nothing itself. */
  readonly isNeeded: boolean;
}

/** What Dataverse tells of a table. */
export interface TableFacts {
  readonly entitySet: string;
  readonly primaryId: string;
  /** Privileges by what they allow; one that is left out does not exist. */
  readonly privileges: Readonly<Partial<Record<'Read' | 'Create' | 'Write', string>>>;
  readonly columns: ReadonlyMap<string, ColumnFacts>;
}

/** Types of values on either side. */
export type FieldType = 'text' | 'number' | 'flag' | 'date' | 'date-time' | 'choice';

/** What is known of both sides; undefined: not known, null: there is no such table or field. */
export interface KnownFields {
  /** Of Dynamics. Left out: nothing is known, and nothing is asked of the mappings as a whole. */
  readonly table?: (name: string) => TableFacts | null | undefined;
  /** Privileges that the service does not hold. */
  readonly lacks?: ReadonlySet<string>;
  readonly target: (object: string, field: string) => FieldType | null | undefined;
}
export const nothingKnown: KnownFields = { target: () => undefined };
