/** Milliseconds since 1970-01-01T00:00:00Z. */
type Millis = number;

/** A row of Dataverse as it stood when it was archived. */
export interface ArchivedRow {
  readonly table: string;
  readonly id: string;
  /** From when its years of retention count. */
  readonly since: Millis;
  readonly correlationId: string | null;
  readonly status: number | null;
  /** All its columns, as the Web API gave them. */
  readonly columns: Readonly<Record<string, unknown>>;
  readonly archivedOn: Millis;
  /** When it left the hot table; null = it may still be there. */
  readonly removedOn: Millis | null;
  /** When it was last brought back into the hot table. */
  readonly restoredOn: Millis | null;
}

/** What archived rows are looked for by (R-1509); all that is given must hold. */
export interface ArchiveSearch {
  readonly table?: string;
  readonly correlationId?: string;
  readonly status?: number;
  readonly from?: Millis;
  readonly to?: Millis;
  readonly limit: number;
}

/** Something that happened and must be provable for years: a run, a purge, a signature, figures of an hour. */
export interface KeptRecord {
  readonly kind: RecordKind;
  /** Same id = same record: written again it replaces itself. */
  readonly id: string;
  readonly at: Millis;
  readonly content: unknown;
}

export type RecordKind =
  | 'access'
  | 'backup'
  | 'compliance-report'
  | 'erasure'
  | 'figures'
  | 'maintenance'
  | 'purge'
  | 'retention'
  | 'sign-off';

/**
 * Long-term storage beside the hot tables of Dataverse (R-1509), apart from the queue: it is backed up and kept for years, the queue
 * is not. One implementation of the SQL over two databases, one conformance suite.
 */
export interface Archive {
  /** Keeps rows that are not there yet; gives how many were new. */
  keep(rows: readonly Omit<ArchivedRow, 'removedOn' | 'restoredOn'>[]): Promise<number>;
  search(wanted: ArchiveSearch): Promise<readonly ArchivedRow[]>;
  /** The newest `since` of a table: everything before it has been archived. */
  newest(table: string): Promise<Millis | null>;
  /** Archived rows that may still be in the hot table, oldest first; those restored after `restoredBefore` are left alone. */
  notRemoved(table: string, restoredBefore: Millis, limit: number): Promise<readonly ArchivedRow[]>;
  markRemoved(table: string, ids: readonly string[], at: Millis): Promise<void>;
  markRestored(table: string, ids: readonly string[], at: Millis): Promise<void>;
  /** Forgets rows for good. The caller has written the record of it before. */
  purge(table: string, ids: readonly string[]): Promise<void>;
  counts(): Promise<readonly { readonly table: string; readonly rows: number }[]>;
  record(record: KeptRecord): Promise<void>;
  /** Records of a kind from `from` on and before `to`, oldest first. */
  records(kind: RecordKind, from: Millis, to: Millis): Promise<readonly KeptRecord[]>;
  dropRecords(kind: RecordKind, before: Millis): Promise<void>;
  close(): Promise<void>;
}
