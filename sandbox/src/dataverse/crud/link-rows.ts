import { payloadError } from '../errors';
import { guidOf } from '../guid';
import type { CollectionNavigation, Table } from '../metadata/schema';
import { missingPrivilege, requireAccess } from '../security/access';
import type { Reference, Row } from '../store/row';
import type { Operation } from './operation';
import { changeRow } from './change-row';

/** Associates over a collection-valued navigation property: sets the other row's lookup, or writes the intersect row. */
export async function linkRows(
  operation: Operation,
  table: Table,
  row: Row,
  navigation: CollectionNavigation,
  to: Reference,
): Promise<void> {
  const { tx, platform } = operation;
  if (to.table !== navigation.table) {
    throw payloadError(
      `The entity '${to.table}' cannot be associated through the navigation property '${navigation.name}'.`,
    );
  }
  const id = String(row[table.primaryId]);
  if (navigation.kind === 'one-to-many') {
    const other = tx.get(to.table, to.id);
    if (other)
      await changeRow(operation, platform.schema.table(to.table), other, {
        [navigation.column]: { table: table.logicalName, id },
      });
    return;
  }
  requireLinkPrivilege(operation, table, row, to);
  const linkId = guidOf(
    `link:${navigation.intersect}:${[`${navigation.own}=${id}`, `${navigation.other}=${to.id}`].sort().join('&')}`,
  );
  const intersect = platform.schema.table(navigation.intersect);
  tx.put(navigation.intersect, linkId, {
    [intersect.primaryId]: linkId,
    [navigation.own]: id,
    [navigation.other]: to.id,
  });
}

export async function unlinkRows(
  operation: Operation,
  table: Table,
  row: Row,
  navigation: CollectionNavigation,
  otherId: string,
): Promise<void> {
  const { tx, platform } = operation;
  const id = String(row[table.primaryId]);
  if (navigation.kind === 'one-to-many') {
    const other = tx.get(navigation.table, otherId);
    if (other)
      await changeRow(operation, platform.schema.table(navigation.table), other, { [navigation.column]: null });
    return;
  }
  requireLinkPrivilege(operation, table, row, { table: navigation.table, id: otherId });
  const intersect = platform.schema.table(navigation.intersect);
  for (const link of tx.pointingAt(navigation.intersect, navigation.own, id)) {
    if (link[navigation.other] === otherId) tx.remove(navigation.intersect, String(link[intersect.primaryId]));
  }
}

/** Links of roles, profiles and teams are a matter of administrators; others need Append on one row and Append To on the other. */
function requireLinkPrivilege(operation: Operation, table: Table, row: Row, to: Reference): void {
  const { caller, platform, tx } = operation;
  if (operation.asSystem || caller.isAdministrator) return;
  if (table.ownership !== 'UserOwned') throw missingPrivilege(caller, 'prvAssignRole');
  requireAccess(caller, 'Append', table, row);
  const other = tx.get(to.table, to.id);
  if (other) requireAccess(caller, 'AppendTo', platform.schema.table(to.table), other);
}
