import { payloadError } from '../errors';
import { guidOf } from '../guid';
import type { CollectionNavigation, Table } from '../metadata/schema';
import { missingPrivilege } from '../security/access';
import type { Reference, Row } from '../store/row';
import type { Operation } from './operation';
import { changeRow } from './update-row';

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
  requireLinkPrivilege(operation);
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
  requireLinkPrivilege(operation);
  const intersect = platform.schema.table(navigation.intersect);
  for (const link of tx.pointingAt(navigation.intersect, navigation.own, id)) {
    if (link[navigation.other] === otherId) tx.remove(navigation.intersect, String(link[intersect.primaryId]));
  }
}

/** All links between many and many here are about roles, profiles and teams: a matter of administrators. */
function requireLinkPrivilege(operation: Operation): void {
  if (!operation.asSystem && !operation.caller.isAdministrator)
    throw missingPrivilege(operation.caller, 'prvAssignRole');
}
