import { DataverseError, noSuchRow } from '../errors';
import type { Table } from '../metadata/schema';
import { requireAccess, requirePrivilege } from '../security/access';
import { isReference, type Row } from '../store/row';
import { auditChange } from './audit-change';
import type { Operation } from './operation';
import { refreshOrder } from './change-row';

/** Deletes a row and what its relationships say must go, be unlinked, or stand in the way. */
export async function deleteRow(operation: Operation, table: Table, row: Row): Promise<void> {
  const { tx, platform, caller } = operation;
  const id = String(row[table.primaryId]);
  if (!operation.asSystem) {
    requirePrivilege(caller, 'Delete', table);
    requireAccess(caller, 'Delete', table, row);
    await platform.steps.synchronous(operation, {
      message: 'Delete',
      stage: 10,
      table,
      id,
      target: {},
      before: row,
      after: null,
    });
    await tx.claim(table.logicalName, id);
    const current = tx.get(table.logicalName, id);
    if (!current) throw noSuchRow(table.logicalName, id);
    if (current !== row && operation.guard?.id === id) operation.guard.check(current);
    await platform.steps.synchronous(operation, {
      message: 'Delete',
      stage: 20,
      table,
      id,
      target: {},
      before: row,
      after: null,
    });
  }
  await followRelationships(operation, table, id);
  auditChange(operation, table, id, tx.get(table.logicalName, id) ?? row, null);
  tx.remove(table.logicalName, id);
  await refreshOrder(operation, table, row);
  await platform.steps.after(operation, {
    message: 'Delete',
    stage: 40,
    table,
    id,
    target: {},
    before: row,
    after: null,
  });
}

async function followRelationships(operation: Operation, table: Table, id: string): Promise<void> {
  const { tx, platform } = operation;
  const { schema } = platform;
  for (const relationship of schema.pointingAt(table.logicalName)) {
    const behaviour = relationship.cascade.delete;
    if (behaviour === 'NoCascade') continue;
    const { referencingTable, referencingColumn } = relationship;
    if (referencingTable === 'activitypointer') continue;
    const other = schema.table(referencingTable);
    for (const child of tx.pointingAt(referencingTable, referencingColumn, id)) {
      const value = child[referencingColumn];
      if (!isReference(value) || value.table !== table.logicalName) continue;
      if (behaviour === 'Restrict') {
        throw new DataverseError(
          400,
          '0x80040227',
          `The record cannot be deleted because it is associated with another record. If you contact support, please provide the technical details. (${relationship.schemaName})`,
        );
      }
      const childId = String(child[other.primaryId]);
      if (behaviour === 'RemoveLink') tx.put(referencingTable, childId, { ...child, [referencingColumn]: null });
      else await deleteRow({ ...operation, asSystem: true }, other, child);
    }
  }
  for (const link of schema.manyToMany) {
    for (const side of [link.first, link.second]) {
      if (side.table !== table.logicalName) continue;
      const intersect = schema.table(link.intersect);
      for (const each of tx.pointingAt(link.intersect, side.column, id))
        tx.remove(link.intersect, String(each[intersect.primaryId]));
    }
  }
}
