import type { SolutionMetadata } from '@crmjira/domain';

/** Metadata of one solution, and how it was installed. */
export interface SolutionLayer {
  readonly isManaged: boolean;
  readonly metadata: SolutionMetadata;
}

const namesOf = ({
  tables,
  extensions,
  relationships,
  globalOptionSets,
  roles,
}: SolutionMetadata): readonly string[] => [
  ...tables.map(({ logicalName }) => logicalName),
  ...[...tables, ...extensions].flatMap(({ logicalName, columns, keys }) =>
    [...columns, ...keys].map((part) => `${logicalName}.${part.logicalName}`),
  ),
  ...relationships.map(({ schemaName }) => `relationship ${schemaName}`),
  ...globalOptionSets.map(({ name }) => `choice ${name}`),
  ...roles.map(({ id }) => `role ${id}`),
];

/**
 * Which components answer `IsManaged: true`: Microsoft's, and those that a managed solution brought. What an unmanaged solution brought
 * belongs to the makers of the environment.
 */
export class ManagedComponents {
  private readonly managed: ReadonlySet<string>;
  private readonly unmanaged: ReadonlySet<string>;

  constructor(layers: readonly SolutionLayer[]) {
    const names = (isManaged: boolean): readonly string[] =>
      layers.filter((layer) => layer.isManaged === isManaged).flatMap(({ metadata }) => namesOf(metadata));
    // A component of both kinds of solutions was there managed; the unmanaged one only customizes it.
    this.managed = new Set(names(true));
    this.unmanaged = new Set(names(false).filter((name) => !this.managed.has(name)));
  }

  table(logicalName: string): boolean {
    return !this.unmanaged.has(logicalName);
  }

  /**
   * The platform's own columns of a table are as the table is.
   *
   * @param part logical name of a column or of an alternate key
   */
  partOf(table: string, part: string): boolean {
    const name = `${table}.${part}`;
    return this.managed.has(name) || (this.table(table) && !this.unmanaged.has(name));
  }

  relationship(schemaName: string): boolean {
    return !this.unmanaged.has(`relationship ${schemaName}`);
  }

  choice(name: string): boolean {
    return !this.unmanaged.has(`choice ${name}`);
  }

  role(id: string): boolean {
    return !this.unmanaged.has(`role ${id}`);
  }
}
