import type { Desk } from './desk';

/** What parts hold, by their names. */
export type Held = Readonly<Record<string, unknown>>;

/**
 * One thing that controls know of the record on the form. A control names its parts, of which its own bundle brings the code; the store
 * reads each of them once for all controls.
 */
export interface Part<Name extends string = string, Value = unknown, Known = unknown> {
  readonly name: Name;
  /** Columns of its rows, as `$select` of a query. */
  readonly select: string;
  /** Parts that are read before it. */
  readonly needs?: readonly Part[];
  /** Name of a part whose value this one is too: that other part is not read beside this one. */
  readonly serves?: string;
  /** Relationship from the record to rows that tell by their versions that there is something to read. */
  readonly watches?: string;
  /** A small request whose answer changes with rows that no relationship of the record leads to. */
  versions?(desk: Desk): Promise<unknown>;
  /** Read before all others: what they say is at least as new as what it says. */
  readonly first?: boolean;
  /** Read after all others: its failure leaves them as they are. */
  readonly apart?: boolean;
  /** @param known what has been read of the others by then, `needs` for sure @param before the last value */
  read(desk: Desk, known: Known, before: Value | undefined): Promise<Value>;
  /** Whether the last value still stands, told by what was read now and last. Without it every reading empties the part. */
  stands?(known: Known, last: Partial<Known>): boolean;
  /** Whether the value waits for an answer, and is read at every look until there is one. */
  waits?(value: Value, now: string): boolean;
}

/** Values of a list of parts by their names. */
export type RecordOf<Parts extends readonly Part[]> = {
  readonly [One in Parts[number] as One['name']]: Awaited<ReturnType<One['read']>>;
};
