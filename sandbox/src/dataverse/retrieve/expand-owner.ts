import { noSuchProperty } from '../errors';
import type { JsonObject } from '../annotations/project-row';
import type { SingleNavigation, Table } from '../metadata/schema';
import type { ExpandItem } from '../odata/ast';

/** The Web API's type of what a row belongs to: a user or a team. All that it declares is its key. */
const principalKey = 'ownerid';

/** True for `ownerid`, the one navigation that leads to a principal. */
export const leadsToPrincipal = (table: Table, navigation: SingleNavigation): boolean =>
  table.column.get(navigation.column)?.type === 'Owner';

/**
 * What may be asked of a principal: `fullname` and the like belong to `owninguser`.
 * @throws DataverseError 400
 */
export function requirePrincipalColumns(item: ExpandItem): void {
  const unknown = (item.select ?? []).find((name) => name !== principalKey);
  if (unknown !== undefined) throw noSuchProperty(unknown, 'principal');
}

/** Of the row itself nothing is to be selected then: its key is shown anyway. */
export const withoutPrincipalColumns = (item: ExpandItem, primaryId: string): ExpandItem =>
  item.select === undefined || item.select.length === 0 ? item : { ...item, select: [primaryId] };

/** A derived type says which it is. */
export const asPrincipal = (json: JsonObject, table: Table): JsonObject => ({
  '@odata.type': `#Microsoft.Dynamics.CRM.${table.logicalName}`,
  ...json,
});
