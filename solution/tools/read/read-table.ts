import type { ColumnMetadata, RelationshipMetadata, SolutionMetadata, TableMetadata } from '@crmjira/domain';
import { readKeys } from './read-alternate-keys';
import { DELEGATE_LOOKUPS } from './platform-tables';
import { readColumn, type OptionSets } from './read-column';
import { findLabels, readLabels } from './read-labels';
import { attributeOf, childOf, childrenOf, complaint, findChild, flagOf, textOf, type XmlElement } from './xml-element';

const OWNERSHIP: Readonly<Record<string, TableMetadata['ownership']>> = {
  UserOwned: 'UserOwned',
  OrgOwned: 'OrganizationOwned',
  BusinessOwned: 'BusinessOwned',
  None: 'None',
};

export interface TableSource {
  /** `<entity>` inside Entity.xml */
  readonly entity: XmlElement;
  readonly logicalName: string;
  /** A table of the platform that the solution only adds columns to. */
  readonly isExtension: boolean;
}

/** One Entity.xml. */
export function openTable(root: XmlElement): TableSource {
  const entity = childOf(root, 'EntityInfo', 'entity');
  return {
    entity,
    logicalName: attributeOf(entity, 'Name').toLowerCase(),
    isExtension: entity.attributes.unmodified === '1',
  };
}

/** Columns and keys added to a table of the platform. */
export function readExtension(
  source: TableSource,
  optionSets: OptionSets,
  relationships: readonly RelationshipMetadata[],
): SolutionMetadata['extensions'][number] {
  const columns = readColumns(source, optionSets, relationships);
  return { logicalName: source.logicalName, columns, keys: readKeys(source.entity, columns) };
}

/** A table of our own. @param objectTypeCode as an environment would number it on import */
export function readTable(
  source: TableSource,
  objectTypeCode: number,
  optionSets: OptionSets,
  relationships: readonly RelationshipMetadata[],
): TableMetadata {
  const { entity } = source;
  const columns = readColumns(source, optionSets, relationships);
  const ownership = OWNERSHIP[textOf(entity, 'OwnershipTypeMask')];
  if (ownership === undefined) throw complaint(entity, 'has an unknown OwnershipTypeMask');
  const description = findLabels(entity, 'Descriptions', 'Description');
  return {
    logicalName: source.logicalName,
    schemaName: attributeOf(entity, 'Name'),
    entitySetName: textOf(entity, 'EntitySetName'),
    primaryId: onlyColumn(entity, (column) => textOf(column, 'Type') === 'primarykey', 'primary key'),
    primaryName: onlyColumn(entity, (column) => masks(column).includes('PrimaryName'), 'primary name'),
    objectTypeCode,
    ownership,
    isActivity: flagOf(entity, 'IsActivity'),
    isCustom: true,
    isBusinessProcessFlow: flagOf(entity, 'IsBPFEntity'),
    isAudited: flagOf(entity, 'IsAuditEnabled'),
    changeTracking: flagOf(entity, 'ChangeTrackingEnabled'),
    displayName: readLabels(entity, 'LocalizedNames', 'LocalizedName'),
    displayCollectionName: readLabels(entity, 'LocalizedCollectionNames', 'LocalizedCollectionName'),
    ...(description && { description }),
    columns,
    keys: readKeys(entity, columns),
  };
}

function attributesOf(entity: XmlElement): XmlElement[] {
  return childrenOf(childOf(entity, 'attributes'), 'attribute');
}

function masks(column: XmlElement): string[] {
  return (findChild(column, 'DisplayMask')?.text ?? '').split('|');
}

function onlyColumn(entity: XmlElement, wanted: (column: XmlElement) => boolean, what: string): string {
  const [first, ...others] = attributesOf(entity).filter(wanted);
  if (first === undefined || others.length > 0) throw complaint(entity, `should have exactly one ${what} column`);
  return textOf(first, 'LogicalName');
}

function readColumns(
  source: TableSource,
  optionSets: OptionSets,
  relationships: readonly RelationshipMetadata[],
): ColumnMetadata[] {
  const elements = attributesOf(source.entity);
  const baseColumns = new Map(
    elements.flatMap((element) => {
      const of = findChild(element, 'CalculationOf')?.text;
      return of === undefined ? [] : [[of.toLowerCase(), textOf(element, 'LogicalName')] as const];
    }),
  );
  const columns = elements.map((element): ColumnMetadata => {
    const column = readColumn(element, optionSets);
    const baseColumn = baseColumns.get(column.logicalName);
    if (baseColumn !== undefined) return { ...column, baseColumn };
    if (column.type === 'Owner') return { ...column, targets: ['systemuser', 'team'] };
    return column.type === 'Lookup'
      ? { ...column, targets: lookupTargets(element, source.logicalName, column, relationships) }
      : column;
  });
  columns.sort((one, other) => (one.logicalName < other.logicalName ? -1 : 1));
  columns.forEach((column, at) => {
    if (columns[at - 1]?.logicalName === column.logicalName) {
      throw complaint(source.entity, `has the column ${column.logicalName} twice`);
    }
  });
  return columns;
}

function lookupTargets(
  element: XmlElement,
  table: string,
  column: ColumnMetadata,
  relationships: readonly RelationshipMetadata[],
): string[] {
  if (DELEGATE_LOOKUPS.includes(column.logicalName)) return ['systemuser'];
  const targets = relationships
    .filter(
      ({ referencingTable, referencingColumn }) =>
        referencingTable === table && referencingColumn === column.logicalName,
    )
    .map(({ referencedTable }) => referencedTable);
  if (targets.length === 0) throw complaint(element, 'is a lookup without a relationship in Other/Relationships');
  return targets;
}
