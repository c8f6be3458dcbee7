import type { ColumnMetadata } from '@crmjira/domain';
import { isLookup, type Schema, type Table } from '../metadata/schema';
import type { DefinitionJson } from './definition-json';
import { managed } from './labels';

const since = '5.0.0.0';
/** What the platform answers for components that came with it. */
const created = '1900-01-01T00:00:00Z';
const settled = (value: boolean, name: string): DefinitionJson => managed(value, name, false);

const pointsAt = (schema: Schema, from: string, column: string, table: Table): boolean =>
  schema.table(from).column.get(column)?.targets?.includes(table.logicalName) === true;

/** What an entity definition tells beside its names. Source: learn.microsoft.com "EntityMetadata EntityType"; values as those of `lead`. */
export function tableFacts(schema: Schema, table: Table): DefinitionJson {
  const isManaged = schema.managed.table(table.logicalName);
  return {
    AutoCreateAccessTeams: false,
    AutoReplicateClusterRecords: false,
    AutoRouteToOwnerQueue: false,
    CanBeInCustomEntityAssociation: settled(true, 'canbeincustomentityassociation'),
    CanBeInManyToMany: settled(true, 'canbeinmanytomany'),
    CanBePrimaryEntityInRelationship: settled(true, 'canbeprimaryentityinrelationship'),
    CanBeRelatedEntityInRelationship: settled(true, 'canberelatedentityinrelationship'),
    CanChangeClusterMode: true,
    CanChangeHierarchicalRelationship: settled(false, 'canchangehierarchicalrelationship'),
    CanChangeTrackingBeEnabled: managed(true, 'canchangetrackingbeenabled'),
    CanCreateAttributes: settled(true, 'cancreateattributes'),
    CanCreateCharts: settled(true, 'cancreatecharts'),
    CanCreateForms: settled(true, 'cancreateforms'),
    CanCreateViews: settled(true, 'cancreateviews'),
    CanEnableSyncToExternalSearchIndex: managed(true, 'canenablesynctoexternalsearchindex'),
    CanModifyAdditionalSettings: managed(true, 'canmodifyadditionalsettings'),
    CanTriggerWorkflow: true,
    ClusterMode: 'Local',
    CreatedOn: created,
    DataProviderId: null,
    DataSourceId: null,
    DaysSinceRecordLastModified: 0,
    DefaultToLocalPartition: false,
    EnforceStateTransitions: false,
    EntityColor: null,
    EntityHelpUrl: null,
    EntityHelpUrlEnabled: false,
    ExternalCollectionName: null,
    ExternalName: null,
    HasActivities: pointsAt(schema, 'email', 'regardingobjectid', table),
    HasEmailAddresses: table.columns.some(({ format }) => format === 'Email'),
    HasFeedback: false,
    HasNotes: pointsAt(schema, 'annotation', 'objectid', table),
    IconLargeName: null,
    IconMediumName: null,
    IconSmallName: null,
    IconVectorName: null,
    IntroducedVersion: since,
    IsAIRUpdated: true,
    IsActivityParty: pointsAt(schema, 'activityparty', 'partyid', table),
    IsArchivalEnabled: false,
    IsAvailableOffline: true,
    IsBusinessProcessEnabled: schema.processFlows.some(({ primaryTable }) => primaryTable === table.logicalName),
    IsChildEntity: false,
    IsConnectionsEnabled: managed(false, 'canmodifyconnectionsettings'),
    IsCustomizable: managed(true, 'iscustomizable', !isManaged),
    IsDocumentManagementEnabled: false,
    IsDocumentRecommendationsEnabled: false,
    IsDuplicateDetectionEnabled: managed(false, 'canmodifyduplicatedetectionsettings'),
    IsEnabledForCharts: true,
    IsEnabledForExternalChannels: false,
    IsEnabledForTrace: false,
    IsImportable: true,
    IsInteractionCentricEnabled: false,
    IsKnowledgeManagementEnabled: false,
    IsMSTeamsIntegrationEnabled: false,
    IsMailMergeEnabled: managed(false, 'canmodifymailmergesettings'),
    IsMappable: settled(true, 'ismappable'),
    IsOfflineInMobileClient: managed(false, 'canmodifymobileclientoffline'),
    IsOneNoteIntegrationEnabled: false,
    IsOptimisticConcurrencyEnabled: table.column.has('versionnumber'),
    IsQuickCreateEnabled: false,
    IsReadOnlyInMobileClient: managed(false, 'canmodifymobileclientreadonly'),
    IsReadingPaneEnabled: true,
    IsRenameable: managed(true, 'isrenameable', !isManaged),
    IsRetentionEnabled: false,
    IsRetrieveAuditEnabled: false,
    IsRetrieveMultipleAuditEnabled: false,
    IsSLAEnabled: false,
    IsSolutionAware: false,
    IsStateModelAware: table.column.has('statecode'),
    IsValidForQueue: managed(false, 'canmodifyqueuesettings'),
    IsVisibleInMobile: managed(false, 'canmodifymobilevisibility'),
    IsVisibleInMobileClient: managed(true, 'canmodifymobileclientvisibility'),
    MobileOfflineFilters: null,
    ModifiedOn: created,
    OwnerId: null,
    OwnerIdType: null,
    OwningBusinessUnit: null,
    PrimaryKey: null,
    RecurrenceBaseEntityLogicalName: null,
    ReportViewName: `Filtered${table.schemaName}`,
    SettingOf: null,
    Settings: [],
    SyncToExternalSearchIndex: false,
    UsesBusinessDataLabelTable: false,
  };
}

/** Types that may be calculated or rolled up; the others have no source. */
const calculable: ReadonlySet<ColumnMetadata['type']> = new Set([
  'String',
  'Picklist',
  'Double',
  'Integer',
  'Money',
  'Boolean',
  'DateTime',
  'Decimal',
]);

/**
 * What an attribute's definition tells beside its names and type. Source: learn.microsoft.com "AttributeMetadata EntityType"; values as
 * those of `lead`, where a managed column's own managed properties are closed.
 */
export function columnFacts(column: ColumnMetadata, isManaged: boolean): DefinitionJson {
  const open = (value: boolean, name: string): DefinitionJson => managed(value, name, !isManaged);
  const securable = column.isCustom && !isLookup(column);
  return {
    AutoNumberFormat: column.type === 'String' ? (column.autoNumberFormat ?? '') : null,
    CanBeSecuredForCreate: securable && column.isValidForCreate,
    CanBeSecuredForRead: securable && column.isValidForRead,
    CanBeSecuredForUpdate: securable && column.isValidForUpdate,
    CanModifyAdditionalSettings: open(true, 'canmodifyadditionalsettings'),
    CreatedOn: created,
    DeprecatedVersion: null,
    ExternalName: null,
    InheritsFrom: null,
    IntroducedVersion: since,
    IsCustomizable: open(true, 'iscustomizable'),
    IsDataSourceSecret: false,
    IsFilterable: false,
    IsGlobalFilterEnabled: managed(false, 'canmodifyglobalfiltersettings'),
    IsRenameable: open(true, 'isrenameable'),
    IsRequiredForForm: false,
    IsRetrievable: false,
    IsSearchable: false,
    IsSortableEnabled: managed(false, 'canmodifyissortablesettings'),
    IsValidForAdvancedFind: managed(column.isValidForRead, 'canmodifysearchsettings'),
    IsValidForForm: column.isValidForRead,
    IsValidForGrid: column.isValidForRead,
    LinkedAttributeId: null,
    ModifiedOn: created,
    Settings: [],
    SourceType: calculable.has(column.type) ? 0 : null,
    ...(calculable.has(column.type) ? { FormulaDefinition: null, SourceTypeMask: 0 } : {}),
  };
}
