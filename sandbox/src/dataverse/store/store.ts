import type { Schema } from '../metadata/schema';
import type { Persistence, Tombstone } from './persistence';
import type { Reader } from './reader';
import type { Row } from './row';
import { TableData } from './table-data';
import { Turn } from './turn';

const securityTables = new Set([
  'systemuser',
  'team',
  'businessunit',
  'role',
  'privilege',
  'systemuserroles',
  'teammembership',
  'teamroles',
  'roleprivileges',
  'fieldsecurityprofile',
  'fieldpermission',
  'systemuserprofiles',
  'teamprofiles',
]);

const stepTables = new Set(['serviceendpoint', 'sdkmessageprocessingstep', 'sdkmessageprocessingstepimage']);

/** What the store knows of a transaction that has begun and not ended. */
export interface OpenTransaction {
  /** Of its first change; null before that. */
  readonly firstVersion: number | null;
  /** Resolves when it has ended. */
  readonly done: Promise<void>;
  holds(table: string, id: string): boolean;
  /** For another writer, who holds the turn: waits until this transaction has ended. */
  othersFirst(): Promise<void>;
}

/** Every row, in memory for reading and in SQLite for the next start. */
export class Store implements Reader {
  /** One writer at a time; handed on while a transaction waits for a synchronous step. */
  readonly turn = new Turn();
  /** Grows whenever something changes that privileges are made of. */
  securityRevision = 0;
  /** Grows whenever a registered step, its endpoint or an image changes. */
  stepRevision = 0;
  private data: ReadonlyMap<string, TableData> = new Map();
  private activities: readonly string[] = [];
  private current: Schema;
  private readonly buried: Tombstone[];
  private readonly open = new Set<OpenTransaction>();
  private version: number;

  constructor(
    schema: Schema,
    readonly persistence: Persistence,
  ) {
    this.current = schema;
    this.adopt(schema);
    this.buried = [...this.persistence.tombstones()];
    this.version = Math.max(this.persistence.counter('version'), 1_000_000);
  }

  get schema(): Schema {
    return this.current;
  }

  /** Reads what is on disk under another schema: a solution came or went. The caller holds the turn and nothing is uncommitted. */
  adopt(schema: Schema): void {
    const tables = [...schema.tables.values()];
    const data = new Map(tables.map((table) => [table.logicalName, new TableData(table)]));
    // Rows of a table that no solution has any more stay on disk and out of sight.
    for (const { table, id, row } of this.persistence.rows()) data.get(table)?.put(id, row);
    this.current = schema;
    this.data = data;
    this.activities = tables
      .filter((table) => table.isActivity && table.logicalName !== 'activitypointer')
      .map((table) => table.logicalName);
    this.securityRevision += 1;
    this.stepRevision += 1;
  }

  /** Resolves, with the turn still the caller's, when no transaction waits for a synchronous step. */
  async quiet(): Promise<void> {
    for (let [waiting] = this.open; waiting; [waiting] = this.open) await waiting.othersFirst();
  }

  get(table: string, id: string): Row | undefined {
    if (table !== 'activitypointer') return this.data.get(table)?.rows.get(id);
    for (const activity of this.activities) {
      const row = this.data.get(activity)?.rows.get(id);
      if (row) return row;
    }
    return undefined;
  }

  *all(table: string): Iterable<Row> {
    for (const each of this.physical(table)) yield* this.tableData(each).rows.values();
  }

  pointingAt(table: string, column: string, id: string | null): readonly Row[] {
    const found: Row[] = [];
    for (const each of this.physical(table)) {
      const data = this.tableData(each);
      for (const rowId of data.pointingAt(column, id)) {
        const row = data.rows.get(rowId);
        if (row) found.push(row);
      }
    }
    return found;
  }

  byKey(table: string, key: string, values: Row): Row | undefined {
    const data = this.data.get(table);
    const id = data?.idByKey(key, values);
    return id === undefined ? undefined : data?.rows.get(id);
  }

  /** `activitypointer` is a view over the tables of all kinds of activities. */
  physical(table: string): readonly string[] {
    return table === 'activitypointer' ? this.activities : [table];
  }

  tableData(table: string): TableData {
    const found = this.data.get(table);
    if (!found) throw new Error(`no table ${table} in the store`);
    return found;
  }

  began(transaction: OpenTransaction): void {
    this.open.add(transaction);
  }

  ended(transaction: OpenTransaction): void {
    this.open.delete(transaction);
  }

  nextVersion(): number {
    this.version += 1;
    return this.version;
  }

  currentVersion(): number {
    return this.version;
  }

  /** Highest version below which nothing is still uncommitted: what a delta link may promise to start from. */
  settledVersion(): number {
    let settled = this.version;
    for (const transaction of this.open) {
      if (transaction.firstVersion !== null) settled = Math.min(settled, transaction.firstVersion - 1);
    }
    return settled;
  }

  holder(table: string, id: string): OpenTransaction | undefined {
    for (const transaction of this.open) if (transaction.holds(table, id)) return transaction;
    return undefined;
  }

  /** Called with the tables a commit has touched. */
  touched(tables: Iterable<string>): void {
    for (const table of tables) {
      if (securityTables.has(table)) this.securityRevision += 1;
      if (stepTables.has(table)) this.stepRevision += 1;
    }
  }

  bury(tombstones: readonly Tombstone[]): void {
    this.buried.push(...tombstones);
  }

  tombstonesSince(table: string, version: number): readonly Tombstone[] {
    return this.buried.filter((each) => each.table === table && each.version > version);
  }

  close(): void {
    this.persistence.close();
  }
}
