import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Row } from './row';

/** What one committed transaction writes to disk. */
export interface Commit {
  readonly puts: readonly { readonly table: string; readonly id: string; readonly row: Row }[];
  readonly deletes: readonly {
    readonly table: string;
    readonly id: string;
    readonly version: number;
    readonly on: string;
  }[];
  readonly version: number;
  readonly records: readonly { readonly kind: string; readonly id: string; readonly body: unknown }[];
  /** Tables that go with all their rows. */
  readonly drops: readonly string[];
}

export interface Tombstone {
  readonly table: string;
  readonly id: string;
  readonly version: number;
}

const schema = `
create table if not exists row (tbl text not null, id text not null, body text not null, primary key (tbl, id)) without rowid;
create table if not exists tombstone (tbl text not null, id text not null, version integer not null, deleted_on text not null);
create table if not exists counter (name text primary key, value integer not null) without rowid;
create table if not exists record (kind text not null, id text not null, body text not null, primary key (kind, id)) without rowid;
`;

/** State on disk: every committed change set is one SQLite transaction, so a kill in between leaves all of it or nothing. */
export class Persistence {
  private readonly database: DatabaseSync;
  private readonly statements: Record<
    'put' | 'remove' | 'drop' | 'bury' | 'count' | 'record' | 'forget',
    StatementSync
  >;

  constructor(file: string) {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    this.database = new DatabaseSync(file);
    // NORMAL: survives the end of the process; only a power cut may lose the newest commits, which a sandbox can bear.
    this.database.exec('pragma journal_mode = wal; pragma synchronous = normal;');
    this.database.exec(schema);
    this.statements = {
      put: this.database.prepare('insert into row values (?, ?, ?) on conflict do update set body = excluded.body'),
      remove: this.database.prepare('delete from row where tbl = ? and id = ?'),
      drop: this.database.prepare('delete from row where tbl = ?'),
      bury: this.database.prepare('insert into tombstone values (?, ?, ?, ?)'),
      count: this.database.prepare(
        'insert into counter values (?, ?) on conflict do update set value = excluded.value',
      ),
      record: this.database.prepare(
        'insert into record values (?, ?, ?) on conflict do update set body = excluded.body',
      ),
      forget: this.database.prepare('delete from record where kind = ? and id = ?'),
    };
  }

  *rows(): Iterable<{ table: string; id: string; row: Row }> {
    for (const found of this.database.prepare('select tbl, id, body from row').iterate()) {
      // Written by commit() below from a Row.
      yield { table: String(found.tbl), id: String(found.id), row: JSON.parse(String(found.body)) as Row };
    }
  }

  tombstones(): readonly Tombstone[] {
    return this.database
      .prepare('select tbl, id, version from tombstone order by version')
      .all()
      .map((found) => ({ table: String(found.tbl), id: String(found.id), version: Number(found.version) }));
  }

  counter(name: string): number {
    const found = this.database.prepare('select value from counter where name = ?').get(name);
    return found ? Number(found.value) : 0;
  }

  setCounter(name: string, value: number): void {
    this.statements.count.run(name, value);
  }

  records(kind: string): readonly { readonly id: string; readonly body: unknown }[] {
    return this.database
      .prepare('select id, body from record where kind = ? order by id')
      .all(kind)
      .map((found) => ({ id: String(found.id), body: JSON.parse(String(found.body)) as unknown }));
  }

  record(kind: string, id: string, body: unknown): void {
    this.statements.record.run(kind, id, JSON.stringify(body));
  }

  forget(kind: string, id: string): void {
    this.statements.forget.run(kind, id);
  }

  commit(commit: Commit): void {
    this.database.exec('begin immediate');
    try {
      for (const { table, id, row } of commit.puts) this.statements.put.run(table, id, JSON.stringify(row));
      for (const { table, id, version, on } of commit.deletes) {
        this.statements.remove.run(table, id);
        this.statements.bury.run(table, id, version, on);
      }
      for (const table of commit.drops) this.statements.drop.run(table);
      for (const { kind, id, body } of commit.records) this.statements.record.run(kind, id, JSON.stringify(body));
      this.statements.count.run('version', commit.version);
      this.database.exec('commit');
    } catch (error) {
      this.database.exec('rollback');
      throw error;
    }
  }

  close(): void {
    this.database.close();
  }
}
