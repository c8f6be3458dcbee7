import type {
  ColumnMetadata,
  GlobalOptionSetMetadata,
  ProcessFlowMetadata,
  RelationshipMetadata,
  SolutionMetadata,
} from '@crmjira/domain';
import { noSuchSegment } from '../errors';
import { ManagedComponents } from './managed-components';
import type { ManyToMany } from './relationships';
import type { PlatformTable } from './table';

/** From the row that holds the lookup to the row it points at. */
export interface SingleNavigation {
  readonly name: string;
  readonly column: string;
  readonly targets: readonly string[];
}

/** From a row to those that point at it. */
export type CollectionNavigation =
  | {
      readonly kind: 'one-to-many';
      readonly name: string;
      readonly table: string;
      readonly column: string;
      readonly navigation: string;
    }
  | {
      readonly kind: 'many-to-many';
      readonly name: string;
      readonly table: string;
      readonly intersect: string;
      readonly own: string;
      readonly other: string;
    };

export interface Table extends PlatformTable {
  readonly column: ReadonlyMap<string, ColumnMetadata>;
  readonly single: ReadonlyMap<string, SingleNavigation>;
  readonly collections: ReadonlyMap<string, CollectionNavigation>;
}

const lookupTypes = new Set(['Lookup', 'Owner', 'Customer']);

export const isLookup = (column: ColumnMetadata): boolean => lookupTypes.has(column.type);

/** Name under which the Web API shows a column: `_x_value` for lookups. */
export const propertyOf = (column: ColumnMetadata): string =>
  isLookup(column) ? `_${column.logicalName}_value` : column.logicalName;

export class Schema {
  readonly tables: ReadonlyMap<string, Table>;
  private readonly sets: ReadonlyMap<string, Table>;

  constructor(
    tables: readonly PlatformTable[],
    readonly relationships: readonly RelationshipMetadata[],
    readonly manyToMany: readonly ManyToMany[],
    readonly globalOptionSets: readonly GlobalOptionSetMetadata[],
    readonly processFlows: readonly ProcessFlowMetadata[],
    readonly solution: SolutionMetadata,
    readonly managed: ManagedComponents = new ManagedComponents([]),
  ) {
    this.tables = new Map(tables.map((each) => [each.logicalName, this.index(each)]));
    this.sets = new Map([...this.tables.values()].map((each) => [each.entitySetName, each]));
  }

  table(logicalName: string): Table {
    const found = this.tables.get(logicalName);
    if (!found) throw new Error(`no table ${logicalName} in the schema`);
    return found;
  }

  bySet(entitySet: string): Table | undefined {
    return this.sets.get(entitySet);
  }

  requireSet(entitySet: string): Table {
    const found = this.sets.get(entitySet);
    if (!found) throw noSuchSegment(entitySet);
    return found;
  }

  /** Relationships whose deletion behaviour concerns rows pointing at this table. */
  pointingAt(logicalName: string): readonly RelationshipMetadata[] {
    return this.incoming.get(logicalName) ?? [];
  }

  private incomingCache: ReadonlyMap<string, readonly RelationshipMetadata[]> | undefined;

  private get incoming(): ReadonlyMap<string, readonly RelationshipMetadata[]> {
    this.incomingCache ??= groupBy(this.relationships, (each) => each.referencedTable);
    return this.incomingCache;
  }

  private index(table: PlatformTable): Table {
    const single = new Map<string, SingleNavigation>();
    const collections = new Map<string, CollectionNavigation>();
    for (const each of this.relationships) {
      if (each.referencingTable === table.logicalName) {
        single.set(each.referencingNavigation, {
          name: each.referencingNavigation,
          column: each.referencingColumn,
          targets: [each.referencedTable],
        });
      }
      if (each.referencedTable === table.logicalName) {
        collections.set(each.referencedNavigation, {
          kind: 'one-to-many',
          name: each.referencedNavigation,
          table: each.referencingTable,
          column: each.referencingColumn,
          navigation: each.referencingNavigation,
        });
      }
    }
    for (const column of table.columns) {
      if (column.type === 'Owner') {
        single.set(column.logicalName, {
          name: column.logicalName,
          column: column.logicalName,
          targets: column.targets ?? [],
        });
      }
    }
    for (const each of this.manyToMany) {
      for (const [own, other] of [
        [each.first, each.second],
        [each.second, each.first],
      ] as const) {
        if (own.table !== table.logicalName) continue;
        collections.set(each.navigation, {
          kind: 'many-to-many',
          name: each.navigation,
          table: other.table,
          intersect: each.intersect,
          own: own.column,
          other: other.column,
        });
      }
    }
    return { ...table, column: new Map(table.columns.map((each) => [each.logicalName, each])), single, collections };
  }
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
