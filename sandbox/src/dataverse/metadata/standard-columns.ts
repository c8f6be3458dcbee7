import type { ColumnMetadata } from '@crmjira/domain';
import { column, dateTime, decimal, guid, integer, lookup, readOnly, states } from './columns';
import type { PlatformTable } from './table';

const tracked: readonly ColumnMetadata[] = [
  dateTime('createdon', 'Created On', readOnly),
  lookup('createdby', ['systemuser'], 'Created By', readOnly),
  lookup('createdonbehalfby', ['systemuser'], 'Created By (Delegate)', readOnly),
  dateTime('modifiedon', 'Modified On', readOnly),
  lookup('modifiedby', ['systemuser'], 'Modified By', readOnly),
  lookup('modifiedonbehalfby', ['systemuser'], 'Modified By (Delegate)', readOnly),
  dateTime('overriddencreatedon', 'Record Created On', { isValidForUpdate: false }),
  integer('importsequencenumber', -2_147_483_648, 2_147_483_647, 'Import Sequence Number', { isValidForUpdate: false }),
  integer('timezoneruleversionnumber', -1, 2_147_483_647, 'Time Zone Rule Version Number'),
  integer('utcconversiontimezonecode', -1, 2_147_483_647, 'UTC Conversion Time Zone Code'),
  column('BigInt', 'versionnumber', 'Version Number', readOnly),
];

const owned: readonly ColumnMetadata[] = [
  column('Owner', 'ownerid', 'Owner', { targets: ['systemuser', 'team'], requiredLevel: 'SystemRequired' }),
  lookup('owningbusinessunit', ['businessunit'], 'Owning Business Unit', readOnly),
  lookup('owninguser', ['systemuser'], 'Owning User', readOnly),
  lookup('owningteam', ['team'], 'Owning Team', readOnly),
];

const monetary: readonly ColumnMetadata[] = [
  lookup('transactioncurrencyid', ['transactioncurrency'], 'Currency'),
  decimal('exchangerate', 12, 'Exchange Rate', { ...readOnly, minValue: 1e-12 }),
];

const staged: readonly ColumnMetadata[] = [
  ...states({ 0: ['Active', { 1: 'Active' }], 1: ['Inactive', { 2: 'Inactive' }] }),
];

const process: readonly ColumnMetadata[] = [
  guid('processid', 'Process'),
  guid('stageid', '(Deprecated) Process Stage'),
  column('String', 'traversedpath', '(Deprecated) Traversed Path', { maxLength: 1250, format: 'Text' }),
];

/** Adds what the platform gives every table of its kind, where the definition does not write it out. */
export function withStandardColumns(table: PlatformTable): PlatformTable {
  const columns = new Map(table.columns.map((each) => [each.logicalName, each]));
  const add = (more: readonly ColumnMetadata[]): void => {
    for (const each of more) if (!columns.has(each.logicalName)) columns.set(each.logicalName, each);
  };
  if (table.logicalName === 'activityparty') add(owned.slice(0, 1).map((owner) => ({ ...owner, ...readOnly })));
  if (table.ownership === 'None' && !['organization', 'processstage', 'activityparty'].includes(table.logicalName)) {
    add(tracked.slice(-1));
    return { ...table, columns: [...columns.values()] };
  }
  add(tracked);
  if (table.ownership === 'UserOwned')
    add(owned.map((each) => ({ ...each, isAudited: table.isAudited && each.isValidForUpdate })));
  if (table.isActivity) add(process);
  const moneyColumns = [...columns.values()].filter(
    (each) => each.type === 'Money' && !each.logicalName.endsWith('_base'),
  );
  if (moneyColumns.length > 0) add(monetary);
  for (const each of moneyColumns) add([baseColumn(each)]);
  for (const each of moneyColumns) {
    columns.set(each.logicalName, { ...each, baseColumn: each.baseColumn ?? `${each.logicalName}_base` });
  }
  if (table.isCustom) add(staged);
  return { ...table, columns: [...columns.values()] };
}

const baseColumn = (of: ColumnMetadata): ColumnMetadata =>
  column('Money', of.baseColumn ?? `${of.logicalName}_base`, `${of.displayName[1033]} (Base)`, {
    ...readOnly,
    isCustom: of.isCustom,
    isSecured: of.isSecured,
    precision: of.precision,
  });
