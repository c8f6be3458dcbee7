import { DataverseError, errorCode, unsupportedMethod } from '../errors';
import type { Table } from '../metadata/schema';
import type { Row, Value } from '../store/row';
import { changeRow } from './change-row';
import { createRow } from './create-row';
import { linkRows } from './link-rows';
import type { Operation } from './operation';
import { readPayload, type Body } from './read-payload';
import { refuseClosing } from './state-columns';

/** @throws DataverseError 400 for a bad payload, 403 without the privilege, 412 when a key is taken. */
export async function updateRow(operation: Operation, table: Table, row: Row, body: Body): Promise<Row> {
  if (table.logicalName === 'audit') throw unsupportedMethod('Update', table.logicalName);
  const payload = readPayload(operation, table, body, 'update');
  if (payload.children.some(({ navigation }) => navigation.table !== 'activityparty')) {
    throw new DataverseError(400, errorCode.payload, 'Deep inserts are not supported in an update operation.');
  }
  const values: Record<string, Value> = { ...payload.values };
  if (payload.parents.length > 0)
    throw new DataverseError(400, errorCode.payload, 'Deep inserts are not supported in an update operation.');
  refuseClosing(table, row, values);
  const written = await changeRow(operation, table, row, values);
  const id = String(row[table.primaryId]);
  for (const { navigation, bodies } of payload.children) {
    if (navigation.kind !== 'one-to-many') continue;
    // Parties of an activity are replaced as a whole.
    for (const old of operation.tx.pointingAt(navigation.table, navigation.column, id))
      operation.tx.remove(navigation.table, String(old.activitypartyid));
    const target = operation.platform.schema.table(navigation.table);
    for (const child of bodies)
      await createRow(operation, target, child, { [navigation.column]: { table: table.logicalName, id } });
  }
  for (const { navigation, to } of payload.links) await linkRows(operation, table, written, navigation, to);
  return written;
}
