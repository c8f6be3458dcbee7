import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';

interface Identified {
  readonly id: string;
}

/** Rows of one kind: all of them in memory, every change written through to the database file. */
export class Collection<Row extends Identified> {
  private readonly rows = new Map<string, Row>();
  private readonly indexes = new Map<string, { keyOf: (row: Row) => string | null; ids: Map<string, Set<string>> }>();

  constructor(
    private readonly kind: string,
    stored: readonly Row[],
    private readonly write: StatementSync,
    private readonly remove: StatementSync,
    indexes: Readonly<Record<string, (row: Row) => string | null>>,
  ) {
    for (const [name, keyOf] of Object.entries(indexes)) this.indexes.set(name, { keyOf, ids: new Map() });
    for (const row of stored) this.remember(row);
  }

  get(id: string): Row | undefined {
    return this.rows.get(id);
  }

  /** In the order of creation. */
  all(): Row[] {
    return [...this.rows.values()];
  }

  get size(): number {
    return this.rows.size;
  }

  where(index: string, key: string): Row[] {
    const ids = this.indexes.get(index)?.ids.get(key);
    if (!ids) return [];
    return [...ids].flatMap((id) => this.rows.get(id) ?? []);
  }

  put<Stored extends Row>(row: Stored): Stored {
    this.remember(row);
    this.write.run(this.kind, row.id, JSON.stringify(row));
    return row;
  }

  delete(id: string): void {
    const old = this.rows.get(id);
    for (const { keyOf, ids } of this.indexes.values()) if (old) ids.get(keyOf(old) ?? '')?.delete(id);
    this.rows.delete(id);
    this.remove.run(this.kind, id);
  }

  /** A row that is changed keeps its place, in the whole and under every key that it keeps. */
  private remember(row: Row): void {
    const old = this.rows.get(row.id);
    this.rows.set(row.id, row);
    for (const { keyOf, ids } of this.indexes.values()) {
      const [before, key] = [old ? keyOf(old) : null, keyOf(row)];
      if (before === key) continue;
      if (before !== null) ids.get(before)?.delete(row.id);
      if (key === null) continue;
      const found = ids.get(key);
      if (found) found.add(row.id);
      else ids.set(key, new Set([row.id]));
    }
  }
}

export interface Store {
  collection<Row extends Identified>(
    kind: string,
    indexes?: Readonly<Record<string, (row: Row) => string | null>>,
  ): Collection<Row>;
  /** Next number of a sequence, starting at `first`. */
  next(sequence: string, first: number): number;
  /** One commit for everything that `work` writes. */
  together<Result>(work: () => Result): Result;
  close(): void;
}

/** Opens the database file (or `:memory:`) in WAL mode. */
export function openStore(stateFile: string): Store {
  if (stateFile !== ':memory:') mkdirSync(dirname(stateFile), { recursive: true });
  const database = new DatabaseSync(stateFile);
  database.exec(`
    pragma journal_mode = wal;
    pragma synchronous = normal;
    create table if not exists document (
      seq integer primary key autoincrement, kind text not null, id text not null, body text not null,
      unique (kind, id));
    create table if not exists sequence (name text primary key, value integer not null);`);
  const write = database.prepare(
    'insert into document (kind, id, body) values (?, ?, ?) on conflict (kind, id) do update set body = excluded.body',
  );
  const remove = database.prepare('delete from document where kind = ? and id = ?');
  const read = database.prepare('select body from document where kind = ? order by seq');
  const advance = database.prepare(
    'insert into sequence (name, value) values (?, ?) on conflict (name) do update set value = value + 1 returning value',
  );
  let depth = 0;
  return {
    collection<Row extends Identified>(
      kind: string,
      indexes: Readonly<Record<string, (row: Row) => string | null>> = {},
    ) {
      // the file is our own: what comes back is what put() wrote
      const stored = read.all(kind).map((row) => JSON.parse(String(row['body'])) as Row);
      return new Collection<Row>(kind, stored, write, remove, indexes);
    },
    next: (sequence, first) => Number(advance.get(sequence, first)?.['value']),
    together(work) {
      if (depth > 0) return work();
      depth += 1;
      database.exec('begin');
      try {
        const result = work();
        database.exec('commit');
        return result;
      } catch (cause) {
        database.exec('rollback');
        throw cause;
      } finally {
        depth -= 1;
      }
    },
    close: () => database.close(),
  };
}
