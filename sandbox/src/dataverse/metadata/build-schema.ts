import type { ColumnMetadata, ProcessFlowMetadata, RelationshipMetadata, SolutionMetadata } from '@crmjira/domain';
import { column, dateTime, guid, integer, label, lookup, states, text } from './columns';
import { completeRelationships, manyToMany } from './relationships';
import type { ManagedComponents } from './managed-components';
import { Schema } from './schema';
import { platformTables } from './platform';
import { withStandardColumns } from './standard-columns';
import type { PlatformTable } from './table';

/**
 * Microsoft's tables, the solution's own, and what the solution adds to Microsoft's.
 *
 * @param ownership which components makers may change; without it everything that is not Microsoft's
 */
export function buildSchema(solution: SolutionMetadata, ownership?: ManagedComponents): Schema {
  const tables = new Map<string, PlatformTable>(platformTables.map((each) => [each.logicalName, each]));
  for (const each of solution.tables) {
    // A table that the platform has already (opportunity as a shell) only brings its added columns.
    const platform = tables.get(each.logicalName);
    tables.set(
      each.logicalName,
      platform ? extended(platform, each.columns, each.keys) : { ...each, privilegeName: each.schemaName },
    );
  }
  for (const each of solution.extensions) {
    const platform = tables.get(each.logicalName);
    if (!platform) throw new Error(`the solution extends ${each.logicalName}, which the stand-in has not`);
    tables.set(each.logicalName, extended(platform, each.columns, each.keys));
  }
  for (const flow of solution.processFlows) {
    const given = tables.get(flow.uniqueName);
    tables.set(flow.uniqueName, processTable(flow, given));
  }
  const complete = [...tables.values()].map((each) => withTargets(withStandardColumns(each), solution.relationships));
  const relationships = completeRelationships(
    complete,
    solution.relationships.filter(({ referencingColumn }) => referencingColumn !== 'ownerid'),
  );
  return new Schema(
    complete,
    relationships,
    manyToMany,
    solution.globalOptionSets,
    solution.processFlows,
    solution,
    ownership,
  );
}

function extended(
  table: PlatformTable,
  columns: readonly ColumnMetadata[],
  keys: PlatformTable['keys'],
): PlatformTable {
  const added = columns.filter((each) => !table.columns.some(({ logicalName }) => logicalName === each.logicalName));
  const newKeys = keys.filter((each) => !table.keys.some(({ logicalName }) => logicalName === each.logicalName));
  return { ...table, columns: [...table.columns, ...added], keys: [...table.keys, ...newKeys] };
}

/** A relationship may widen a lookup of Microsoft's, such as what an e-mail may be about. */
function withTargets(table: PlatformTable, relationships: readonly RelationshipMetadata[]): PlatformTable {
  const own = relationships.filter((one) => one.referencingTable === table.logicalName);
  if (own.length === 0) return table;
  const columns = table.columns.map((each) => {
    const more = own.filter((one) => one.referencingColumn === each.logicalName).map((one) => one.referencedTable);
    return more.length === 0 ? each : { ...each, targets: [...new Set([...(each.targets ?? []), ...more])] };
  });
  return { ...table, columns };
}

/** The table of a process flow's running instances, with what the platform gives every such table. */
function processTable(flow: ProcessFlowMetadata, given: PlatformTable | undefined): PlatformTable {
  const standard: readonly ColumnMetadata[] = [
    guid('businessprocessflowinstanceid', flow.name[1033], {
      requiredLevel: 'SystemRequired',
      isValidForUpdate: false,
    }),
    text('bpf_name', 200, 'Name'),
    lookup(`bpf_${flow.primaryTable}id`, [flow.primaryTable], flow.primaryTable, { isValidForUpdate: false }),
    lookup('processid', ['workflow'], 'Process'),
    lookup('activestageid', ['processstage'], 'Active Stage'),
    dateTime('activestagestartedon', 'Active Stage Started On'),
    dateTime('completedon', 'Completed On'),
    integer('bpf_duration', 0, 2_147_483_647, 'Duration', { isValidForCreate: false, isValidForUpdate: false }),
    column('String', 'traversedpath', 'Traversed Path', { maxLength: 1250, format: 'Text' }),
    ...states({ 0: ['Active', { 1: 'Active' }], 1: ['Inactive', { 2: 'Finished', 3: 'Aborted' }] }),
  ];
  const base: PlatformTable = given ?? {
    logicalName: flow.uniqueName,
    schemaName: flow.uniqueName,
    entitySetName: `${flow.uniqueName}s`,
    primaryId: 'businessprocessflowinstanceid',
    primaryName: 'bpf_name',
    objectTypeCode: 10900,
    ownership: 'OrganizationOwned',
    isActivity: false,
    isCustom: true,
    isBusinessProcessFlow: true,
    isAudited: false,
    changeTracking: true,
    displayName: flow.name,
    displayCollectionName: label(`${flow.name[1033]}s`, flow.name[3084]),
    keys: [],
    privilegeName: flow.uniqueName,
    columns: [],
  };
  const complete = extended(base, standard, []);
  return { ...complete, isBusinessProcessFlow: true };
}
