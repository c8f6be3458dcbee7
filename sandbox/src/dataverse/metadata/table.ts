import type { ColumnMetadata, TableMetadata } from '@crmjira/domain';
import { guid, label, systemRequired } from './columns';

export interface PlatformTable extends TableMetadata {
  /** `prvRead<name>`; null: every member of the organisation may read it and administrators may write it. */
  readonly privilegeName: string | null;
}

interface Options extends Partial<PlatformTable> {
  readonly set?: string;
}

/** A table of Microsoft's; ids, names and type codes as the platform's entity reference lists them. */
export function table(
  logicalName: string,
  schemaName: string,
  objectTypeCode: number,
  primaryName: string | null,
  columns: readonly ColumnMetadata[],
  options: Options = {},
): PlatformTable {
  const primaryId = options.primaryId ?? `${logicalName}id`;
  const { set, ...rest } = options;
  return {
    logicalName,
    schemaName,
    entitySetName: set ?? plural(logicalName),
    primaryId,
    primaryName,
    objectTypeCode,
    ownership: 'UserOwned',
    isActivity: false,
    isCustom: false,
    isBusinessProcessFlow: false,
    isAudited: false,
    changeTracking: true,
    displayName: label(spaced(schemaName)),
    displayCollectionName: label(spaced(plural(schemaName))),
    keys: [],
    privilegeName: schemaName,
    ...rest,
    columns: [guid(primaryId, spaced(schemaName), { ...systemRequired, isValidForUpdate: false }), ...columns],
  };
}

/** As `table`; changes of its columns are audited as Microsoft ships it, amounts in base currency and computed ones left out. */
export const auditedTable: typeof table = (
  logicalName,
  schemaName,
  objectTypeCode,
  primaryName,
  columns,
  options = {},
) =>
  table(
    logicalName,
    schemaName,
    objectTypeCode,
    primaryName,
    columns.map((each) => ({ ...each, isAudited: each.isValidForUpdate })),
    { isAudited: true, ...options },
  );

const plural = (name: string): string =>
  name.endsWith('y') ? `${name.slice(0, -1)}ies` : name.endsWith('s') ? `${name}es` : `${name}s`;

const spaced = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2');
