import { DataverseError } from '../errors';
import type { Reader } from './reader';
import type { Row } from './row';
import type { OpenTransaction, Store } from './store';
import { keyText, pointed } from './table-data';

interface Change {
  readonly before: Row | undefined;
  readonly after: Row | null;
  readonly version: number;
}

/** Milliseconds; the platform's own SQL timeout for a locked row is of this order. */
const lockTimeout = 30_000;

/**
 * Writes nobody else sees before `commit()`; dropped without a trace when it is not called. From its beginning to its end the
 * caller holds the store's turn, except while a synchronous step runs: rows written so far stay claimed meanwhile.
 */
export class Transaction implements Reader, OpenTransaction {
  firstVersion: number | null = null;
  private readonly changes = new Map<string, Map<string, Change>>();
  private readonly claims = new Set<string>();
  private readonly records: { kind: string; id: string; body: unknown }[] = [];
  private readonly drops: string[] = [];
  private readonly afterCommit: (() => void)[] = [];
  readonly done: Promise<void>;
  private finish: () => void = () => undefined;

  constructor(
    private readonly store: Store,
    private readonly now: () => Date,
  ) {
    this.done = new Promise((resolve) => {
      this.finish = resolve;
    });
    store.began(this);
  }

  get(table: string, id: string): Row | undefined {
    for (const each of this.store.physical(table)) {
      const change = this.changes.get(each)?.get(id);
      if (change) {
        if (change.after) return change.after;
        continue;
      }
      const row = this.store.get(each, id);
      if (row) return row;
    }
    return undefined;
  }

  *all(table: string): Iterable<Row> {
    for (const each of this.store.physical(table)) {
      const changed = this.changes.get(each);
      const { primaryId } = this.store.schema.table(each);
      for (const row of this.store.all(each)) if (!changed?.has(String(row[primaryId]))) yield row;
      for (const change of changed?.values() ?? []) if (change.after) yield change.after;
    }
  }

  pointingAt(table: string, column: string, id: string | null): readonly Row[] {
    const found: Row[] = [];
    for (const each of this.store.physical(table)) {
      const changed = this.changes.get(each);
      const { primaryId } = this.store.schema.table(each);
      for (const row of this.store.pointingAt(each, column, id))
        if (!changed?.has(String(row[primaryId]))) found.push(row);
      for (const { after } of changed?.values() ?? []) if (after && pointed(after, column) === id) found.push(after);
    }
    return found;
  }

  byKey(table: string, key: string, values: Row): Row | undefined {
    const definition = this.store.schema.table(table).keys.find(({ logicalName }) => logicalName === key);
    if (!definition) return undefined;
    const changed = this.changes.get(table);
    const { primaryId } = this.store.schema.table(table);
    const committed = this.store.byKey(table, key, values);
    if (committed && !changed?.has(String(committed[primaryId]))) return committed;
    const text = keyText(definition, values);
    for (const change of changed?.values() ?? []) {
      if (change.after && text !== null && keyText(definition, change.after) === text) return change.after;
    }
    return undefined;
  }

  /** Waits for a transaction that holds the row and is itself waiting for a synchronous step; then holds it. */
  async claim(table: string, id: string): Promise<void> {
    await this.untilFree(table, id);
    this.claims.add(`${table}/${id}`);
  }

  /** Waits as `claim` does, without holding: steps before the transaction may still write the row. */
  async untilFree(table: string, id: string): Promise<void> {
    const deadline = Date.now() + lockTimeout;
    for (let holder = this.store.holder(table, id); holder && holder !== this; holder = this.store.holder(table, id)) {
      const left = deadline - Date.now();
      if (left <= 0) throw new DataverseError(500, '0x80044151', 'SQL timeout expired.');
      await this.outsideTurn(() => Promise.race([holder?.done, after(left)]));
    }
  }

  holds(table: string, id: string): boolean {
    return this.claims.has(`${table}/${id}`);
  }

  /** Lets other writers in while something slow (a synchronous step) runs. */
  async outsideTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    this.store.turn.pass();
    try {
      return await task();
    } finally {
      await this.store.turn.take();
    }
  }

  othersFirst(): Promise<void> {
    return this.outsideTurn(() => this.done);
  }

  put(table: string, id: string, row: Row): Row {
    const version = this.store.nextVersion();
    const after: Row = { ...row, versionnumber: version };
    this.change(table, id, after, version);
    return after;
  }

  remove(table: string, id: string): void {
    this.change(table, id, null, this.store.nextVersion());
  }

  /** A line of the journal that must be as durable as the rows: mails sent, steps to call. */
  record(kind: string, id: string, body: unknown): void {
    this.records.push({ kind, id, body });
  }

  /** A table that the schema no longer has goes from the disk with all its rows. */
  drop(table: string): void {
    this.drops.push(table);
  }

  onCommit(task: () => void): void {
    this.afterCommit.push(task);
  }

  commit(): void {
    const on = this.now().toISOString();
    const puts: { table: string; id: string; row: Row }[] = [];
    const deletes: { table: string; id: string; version: number; on: string }[] = [];
    for (const [table, changes] of this.changes) {
      const data = this.store.tableData(table);
      for (const [id, change] of changes) {
        if (data.rows.get(id) !== change.before) {
          throw new DataverseError(500, '0x80044150', 'Generic SQL error: the row was changed by another transaction.');
        }
        if (change.after) puts.push({ table, id, row: change.after });
        else if (change.before) deletes.push({ table, id, version: change.version, on });
      }
    }
    const { records, drops } = this;
    if (puts.length + deletes.length + records.length + drops.length > 0) {
      this.store.persistence.commit({ puts, deletes, version: this.store.currentVersion(), records, drops });
      for (const { table, id } of deletes) this.store.tableData(table).remove(id);
      for (const { table, id, row } of puts) this.store.tableData(table).put(id, row);
      this.store.bury(deletes);
      this.store.touched(this.changes.keys());
    }
    this.end();
    for (const task of this.afterCommit) task();
  }

  end(): void {
    this.store.ended(this);
    this.finish();
  }

  private change(table: string, id: string, after: Row | null, version: number): void {
    this.firstVersion ??= version;
    this.claims.add(`${table}/${id}`);
    const changes = this.changes.get(table) ?? new Map<string, Change>();
    this.changes.set(table, changes);
    const before = changes.has(id) ? changes.get(id)?.before : this.store.get(table, id);
    changes.set(id, { before, after, version });
  }
}

const after = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
