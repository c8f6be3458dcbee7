import type { RelationshipMetadata } from '@crmjira/domain';
import { guidOf } from '../guid';
import type { Schema, Table } from '../metadata/schema';
import { privilegeId } from '../security/access';
import { privilegeName, rights } from '../security/privilege-names';
import { attributeDefinition } from './attribute-definition';
import { tableFacts } from './definition-facts';
import type { DefinitionJson } from './definition-json';
import { labelJson, managed } from './labels';
import { manyToMany as linkTables } from '../metadata/relationships';

const intersects = new Set(linkTables.map(({ intersect }) => intersect));

export const entityMetadataId = (logicalName: string): string => guidOf(`entity:${logicalName}`);

/** Collections of an entity definition that are navigation properties: shown when expanded or addressed. */
export const entityCollections = [
  'Attributes',
  'Keys',
  'ManyToOneRelationships',
  'OneToManyRelationships',
  'ManyToManyRelationships',
] as const;

export function entityDefinition(schema: Schema, table: Table): DefinitionJson {
  const isManaged = schema.managed.table(table.logicalName);
  let attributes: DefinitionJson[] | undefined;
  return {
    MetadataId: entityMetadataId(table.logicalName),
    HasChanged: null,
    ...tableFacts(schema, table),
    ActivityTypeMask: table.isActivity ? 1 : 0,
    ChangeTrackingEnabled: table.changeTracking,
    CollectionSchemaName: table.entitySetName,
    Description: labelJson(table.description, isManaged),
    DisplayCollectionName: labelJson(table.displayCollectionName, isManaged),
    DisplayName: labelJson(table.displayName, isManaged),
    EntitySetName: table.entitySetName,
    IsActivity: table.isActivity,
    IsAuditEnabled: managed(table.isAudited, 'canmodifyauditsettings'),
    IsBPFEntity: table.isBusinessProcessFlow,
    IsCustomEntity: table.isCustom,
    IsIntersect: intersects.has(table.logicalName),
    IsLogicalEntity: false,
    IsManaged: isManaged,
    IsPrivate: false,
    IsValidForAdvancedFind: true,
    LogicalCollectionName: table.entitySetName,
    LogicalName: table.logicalName,
    ObjectTypeCode: table.objectTypeCode,
    OwnershipType: table.ownership,
    PrimaryIdAttribute: table.primaryId,
    PrimaryNameAttribute: table.primaryName,
    PrimaryImageAttribute: null,
    SchemaName: table.schemaName,
    TableType: 'Standard',
    Privileges: rights.flatMap((right) => {
      const name = privilegeName(right, table);
      return name === null
        ? []
        : [
            {
              CanBeBasic: true,
              CanBeDeep: true,
              CanBeGlobal: true,
              CanBeLocal: true,
              CanBeEntityReference: false,
              CanBeParentEntityReference: false,
              Name: name,
              PrivilegeId: privilegeId(name),
              PrivilegeType: right,
            },
          ];
    }),
    // Made when asked for: most readers want those of one table.
    get Attributes() {
      attributes ??= table.columns.map((column) =>
        attributeDefinition(table, column, schema.managed.partOf(table.logicalName, column.logicalName)),
      );
      return attributes;
    },
    Keys: table.keys.map((key) => ({
      MetadataId: guidOf(`key:${table.logicalName}.${key.logicalName}`),
      HasChanged: null,
      LogicalName: key.logicalName,
      SchemaName: key.schemaName,
      EntityLogicalName: table.logicalName,
      DisplayName: labelJson(key.displayName, schema.managed.partOf(table.logicalName, key.logicalName)),
      KeyAttributes: [...key.columns],
      EntityKeyIndexStatus: 'Active',
      IsManaged: schema.managed.partOf(table.logicalName, key.logicalName),
      IsSynchronous: false,
    })),
    ManyToOneRelationships: schema.relationships
      .filter((each) => each.referencingTable === table.logicalName)
      .map((each) => oneToMany(schema, each)),
    OneToManyRelationships: schema.relationships
      .filter((each) => each.referencedTable === table.logicalName)
      .map((each) => oneToMany(schema, each)),
    ManyToManyRelationships: manyToMany(schema).filter(
      (each) => each.Entity1LogicalName === table.logicalName || each.Entity2LogicalName === table.logicalName,
    ),
  };
}

const oneToMany = (schema: Schema, relationship: RelationshipMetadata): DefinitionJson => ({
  MetadataId: guidOf(
    `relationship:${relationship.schemaName}:${relationship.referencingTable}.${relationship.referencingColumn}`,
  ),
  HasChanged: null,
  RelationshipType: 'OneToManyRelationship',
  SchemaName: relationship.schemaName,
  IsCustomRelationship: relationship.schemaName.includes('crmjira_'),
  IsManaged: schema.managed.relationship(relationship.schemaName),
  IsHierarchical: false,
  IsValidForAdvancedFind: true,
  ReferencedAttribute: relationship.referencedColumn,
  ReferencedEntity: relationship.referencedTable,
  ReferencingAttribute: relationship.referencingColumn,
  ReferencingEntity: relationship.referencingTable,
  ReferencedEntityNavigationPropertyName: relationship.referencedNavigation,
  ReferencingEntityNavigationPropertyName: relationship.referencingNavigation,
  RelationshipBehavior: 0,
  SecurityTypes: 'Append',
  CascadeConfiguration: {
    Assign: relationship.cascade.assign,
    Delete: relationship.cascade.delete,
    Archive: relationship.cascade.delete === 'Restrict' ? 'Restrict' : 'RemoveLink',
    Merge: 'NoCascade',
    Reparent: relationship.cascade.reparent,
    Share: relationship.cascade.share,
    Unshare: relationship.cascade.unshare,
    RollupView: 'NoCascade',
  },
});

const manyToMany = (schema: Schema): readonly DefinitionJson[] =>
  schema.manyToMany.map((each) => ({
    MetadataId: guidOf(`relationship:${each.schemaName}`),
    HasChanged: null,
    RelationshipType: 'ManyToManyRelationship',
    SchemaName: each.schemaName,
    IsCustomRelationship: false,
    IsManaged: true,
    Entity1LogicalName: each.first.table,
    Entity1IntersectAttribute: each.first.column,
    Entity1NavigationPropertyName: each.navigation,
    Entity2LogicalName: each.second.table,
    Entity2IntersectAttribute: each.second.column,
    Entity2NavigationPropertyName: each.navigation,
    IntersectEntityName: each.intersect,
  }));

export const relationshipDefinitions = (schema: Schema): readonly DefinitionJson[] => [
  ...schema.relationships.map((each) => ({
    '@odata.type': '#Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata',
    ...oneToMany(schema, each),
  })),
  ...manyToMany(schema).map((each) => ({
    '@odata.type': '#Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata',
    ...each,
  })),
];
