import { noSuchRow } from '../errors';
import type { Table } from '../metadata/schema';
import { requireAccess, requirePrivilege } from '../security/access';
import { isReference, referenceOf, type Row, type Value } from '../store/row';
import { auditChange } from './audit-change';
import { computedValues } from './computed-columns';
import { checkAppend, checkKeys, checkNotEmptied, checkSecuredColumns } from './constraints';
import { monetaryValues } from './money-columns';
import { timestamp, type Operation } from './operation';
import { owningValues } from './owner-columns';
import { processInstanceMove } from './process-instance';
import { userReference } from './references';
import { stateValues } from './state-columns';

/** Changes columns of an existing row; runs the steps of message Update. */
export async function changeRow(
  operation: Operation,
  table: Table,
  row: Row,
  values: Readonly<Record<string, Value>>,
): Promise<Row> {
  const { tx, platform, caller } = operation;
  const id = String(row[table.primaryId]);
  if (!operation.asSystem) {
    requirePrivilege(caller, 'Write', table);
    requireAccess(caller, 'Write', table, row);
    checkSecuredColumns(operation, table, values, 'canupdate');
    checkNotEmptied(table, values);
    checkAppend(operation, table, values);
    checkAssign(operation, table, row, values);
    await platform.steps.synchronous(operation, {
      message: 'Update',
      stage: 10,
      table,
      id,
      target: values,
      before: row,
      after: null,
    });
    await tx.claim(table.logicalName, id);
  }
  // A step may have taken its time: what counts is the row as it is now.
  const before = tx.get(table.logicalName, id);
  if (!before) throw noSuchRow(table.logicalName, id);
  if (before !== row && operation.guard?.id === id) operation.guard.check(before);
  const next = changedRow(operation, table, before, values);
  checkKeys(operation, table, id, next);
  await platform.steps.synchronous(operation, {
    message: 'Update',
    stage: 20,
    table,
    id,
    target: values,
    before,
    after: next,
  });
  const written = tx.put(table.logicalName, id, next);
  auditChange(operation, table, id, before, written);
  await refreshOrder(operation, table, written);
  const target = { ...values, modifiedon: written.modifiedon ?? null, modifiedby: written.modifiedby ?? null };
  await platform.steps.after(operation, { message: 'Update', stage: 40, table, id, target, before, after: written });
  return written;
}

/** Totals of an order follow its lines. */
export async function refreshOrder(operation: Operation, table: Table, line: Row): Promise<void> {
  if (table.logicalName !== 'salesorderdetail') return;
  const order = operation.tx.get('salesorder', referenceOf(line, 'salesorderid')?.id ?? '');
  if (order)
    await changeRow({ ...operation, asSystem: true }, operation.platform.schema.table('salesorder'), order, {});
}

function changedRow(operation: Operation, table: Table, before: Row, values: Readonly<Record<string, Value>>): Row {
  const { tx, caller, now } = operation;
  const owner = values.ownerid;
  const owned = isReference(owner) ? owningValues(tx, owner) : {};
  const draft: Row = { ...before, ...values, ...owned, ...stateValues(table, before, values) };
  const moved: Row = { ...draft, ...processInstanceMove(operation, table, before, draft, values) };
  const followed = computedValues(tx, table, moved);
  const computed: Row = { ...moved, ...followed };
  const changed = new Set([...Object.keys(values), ...Object.keys(followed)]);
  const priced: Row = { ...computed, ...monetaryValues(tx, table, before, computed, changed) };
  const stamped: Row = table.column.has('modifiedon')
    ? {
        modifiedon: operation.asSystem && values.modifiedon != null ? values.modifiedon : timestamp(now),
        modifiedby: operation.asSystem && values.modifiedby != null ? values.modifiedby : userReference(caller.userId),
        modifiedonbehalfby: caller.initiatingUserId === caller.userId ? null : userReference(caller.initiatingUserId),
      }
    : {};
  return { ...priced, ...stamped };
}

function checkAssign(operation: Operation, table: Table, row: Row, values: Readonly<Record<string, Value>>): void {
  const owner = values.ownerid;
  if (isReference(owner) && owner.id !== referenceOf(row, 'ownerid')?.id)
    requireAccess(operation.caller, 'Assign', table, row);
}
