import { baseRows } from '../base-rows/base-rows';
import type { SeedRow } from '../base-rows/seed-row';
import { seedRows } from '../base-rows/seed-rows';
import { deleteRow } from '../crud/delete-row';
import type { Operation } from '../crud/operation';
import { DataverseError } from '../errors';
import { buildSchema } from '../metadata/build-schema';
import { ManagedComponents } from '../metadata/managed-components';
import type { Schema } from '../metadata/schema';
import type { Persistence } from '../store/persistence';
import type { Store } from '../store/store';
import { Transaction } from '../store/transaction';
import { admitPackage, holdingName, type ImportKind, promoted, withoutSolution } from './admit-package';
import { changedComponents } from './changed-components';
import { forgetRemoved } from './forget-removed';
import type { InstalledSolution } from './installed-solution';
import { mergedMetadata } from './merge-metadata';
import { readPackage } from './read-package';
import { solutionError } from './solution-error';

const recordKind = 'environment';
const recordId = 'solutions';
const packageKind = 'solution-package';

/** What earlier imports left in this state; null when none ever ran. */
export function readInstalled(persistence: Persistence): readonly InstalledSolution[] | null {
  const record = persistence.records(recordKind).find(({ id }) => id === recordId);
  if (!record) return null;
  // Written by replace() below from this very type, or by an earlier sandbox that did not keep what is shown: without its hash such
  // a package is imported again.
  const installed = record.body as readonly (Omit<InstalledSolution, 'shown' | 'leftAside'> &
    Partial<InstalledSolution>)[];
  return installed.map(({ shown, leftAside, hash, ...rest }) => ({
    ...rest,
    shown: shown ?? [],
    leftAside: leftAside ?? [],
    hash: shown ? hash : '',
  }));
}

export const schemaOf = (installed: readonly InstalledSolution[]): Schema =>
  buildSchema(mergedMetadata(installed.map(({ metadata }) => metadata)), new ManagedComponents(installed));

/** Solutions of the environment. Schema, rows and memory of an import change together or not at all. */
export class Solutions {
  private readonly listeners: (() => void)[] = [];
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly store: Store,
    private current: readonly InstalledSolution[],
    private readonly clock: () => Date,
    private readonly operationOn: (tx: Transaction) => Operation,
  ) {}

  get installed(): readonly InstalledSolution[] {
    return this.current;
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Work that goes on after its answer; `settled` waits for it. It must not throw. */
  inBackground(work: () => Promise<void>): void {
    const run = work().finally(() => this.running.delete(run));
    this.running.add(run);
  }

  async settled(): Promise<void> {
    await Promise.all(this.running);
  }

  /** @throws DataverseError 400; the environment is then as it was */
  async import(content: Uint8Array, kind: ImportKind): Promise<InstalledSolution> {
    const arriving = readPackage(content, this.clock(), primaryIdsOf(this.store.schema));
    await this.replace(
      (installed) => admitPackage(installed, arriving, kind),
      (tx) =>
        arriving.isManaged
          ? undefined
          : tx.record(packageKind, arriving.uniqueName, Buffer.from(content).toString('base64')),
    );
    return kind === 'hold' ? { ...arriving, uniqueName: holdingName(arriving.uniqueName) } : arriving;
  }

  /** The version that waits takes the installed one's place; what only the latter had goes with its data. */
  async promote(uniqueName: string): Promise<void> {
    await this.replace((installed) => promoted(installed, uniqueName));
  }

  /** Components of a solution that are no longer as its package says. */
  changedSinceImport(solution: InstalledSolution): readonly string[] {
    const { schema } = this.store;
    const expected = environmentRows({ schema, installed: this.current });
    return changedComponents(solution, expected, { schema, reader: this.store });
  }

  /** The package that an unmanaged solution was last imported from. */
  packageOf(uniqueName: string): Uint8Array | null {
    const record = this.store.persistence.records(packageKind).find(({ id }) => id === uniqueName);
    // Written by import() above.
    return record ? Buffer.from(record.body as string, 'base64') : null;
  }

  /** A managed solution goes with its components and their data, of an unmanaged one only the container. */
  async uninstall(uniqueName: string): Promise<void> {
    await this.replace((installed) => {
      const leaving = installed.find((each) => each.uniqueName === uniqueName);
      if (!leaving) throw solutionError('importFailed', `The solution ${uniqueName} is not installed.`);
      return leaving.isManaged
        ? withoutSolution(installed, leaving)
        : installed.map((each) => (each === leaving ? { ...each, isContainerDeleted: true } : each));
    });
  }

  private async replace(
    decide: (installed: readonly InstalledSolution[]) => readonly InstalledSolution[],
    remember: (tx: Transaction) => void = () => undefined,
  ): Promise<void> {
    const { store } = this;
    await store.turn.take();
    let tx: Transaction | undefined;
    try {
      await store.quiet();
      const before = { schema: store.schema, installed: this.current };
      const installed = decide(before.installed);
      const after = { schema: requireSchema(installed), installed };
      store.adopt(after.schema);
      try {
        tx = new Transaction(store, this.clock);
        await this.write(tx, before, after);
        remember(tx);
        tx.commit();
      } catch (error) {
        store.adopt(before.schema);
        throw error;
      }
      this.current = installed;
    } finally {
      tx?.end();
      store.turn.pass();
    }
    for (const listener of this.listeners) listener();
  }

  private async write(tx: Transaction, before: Environment, after: Environment): Promise<void> {
    const operation: Operation = { ...this.operationOn(tx), asSystem: true, silent: true };
    const rows = environmentRows(after);
    await seedRows(operation, rows);
    const staying = new Set(rows.map((each) => keyOf(after.schema, each)));
    const gone = environmentRows(before).filter((each) => !staying.has(keyOf(before.schema, each)));
    for (const each of [...gone].reverse()) {
      const table = after.schema.tables.get(each.table);
      const row = table && tx.get(each.table, String(each.row[table.primaryId]));
      if (table && row) await deleteRow(operation, table, row);
    }
    forgetRemoved(tx, before.schema, after.schema);
    tx.record(recordKind, recordId, after.installed);
  }
}

const primaryIdsOf = ({ tables }: Schema): ReadonlyMap<string, string> =>
  new Map([...tables.values()].map(({ logicalName, primaryId }) => [logicalName, primaryId]));

interface Environment {
  readonly schema: Schema;
  readonly installed: readonly InstalledSolution[];
}

const keyOf = (schema: Schema, { table, row }: SeedRow): string =>
  `${table} ${String(row[schema.table(table).primaryId])}`;

/** Every row that platform and solutions bring. */
function environmentRows({ schema, installed }: Environment): readonly SeedRow[] {
  const components = installed.flatMap((solution) =>
    solution.components.map(({ table: name, id, row }) => {
      const table = schema.table(name);
      const ismanaged = table.column.has('ismanaged') ? { ismanaged: solution.isManaged } : {};
      return { table: name, row: { [table.primaryId]: id, ...row, ...ismanaged } };
    }),
  );
  return [...baseRows(schema, installed), ...components];
}

function requireSchema(installed: readonly InstalledSolution[]): Schema {
  try {
    return schemaOf(installed);
  } catch (cause) {
    if (cause instanceof DataverseError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw solutionError('importFailed', `The solution cannot be imported: ${reason}.`, { cause });
  }
}
