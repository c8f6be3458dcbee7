import { randomUUID } from 'node:crypto';
import { DataverseError, errorCode, payloadError, unsupportedMethod } from '../errors';
import type { Table } from '../metadata/schema';
import { requireAccess, requirePrivilege } from '../security/access';
import { referenceOf, type Reference, type Row, type Value } from '../store/row';
import { auditChange } from './audit-change';
import { autonumber } from './autonumber';
import { computedValues } from './computed-columns';
import { checkAppend, checkKeys, checkRequired, checkSecuredColumns } from './constraints';
import { linkRows } from './link-rows';
import { monetaryValues } from './money-columns';
import { timestamp, type Operation } from './operation';
import { owningValues } from './owner-columns';
import { processInstanceDefaults } from './process-instance';
import { readPayload, type Body } from './read-payload';
import { userReference } from './references';
import { userSettings } from './user-settings';
import { refreshOrder } from './change-row';
import { refuseClosing, stateValues } from './state-columns';

/**
 * Creates a row and, in the same transaction, the rows nested in its body.
 * @throws DataverseError 400 for a bad payload, 403 without the privilege, 412 when the identifier or a key is taken.
 */
export async function createRow(
  operation: Operation,
  table: Table,
  body: Body,
  given: Readonly<Record<string, Value>> = {},
): Promise<Row> {
  if (!operation.asSystem) requirePrivilege(operation.caller, 'Create', table);
  if (['activitypointer', 'usersettings', 'audit'].includes(table.logicalName))
    throw unsupportedMethod('Create', table.logicalName);
  const payload = readPayload(operation, table, body, 'create');
  const values: Record<string, Value> = { ...payload.values, ...given };
  for (const parent of payload.parents) {
    const target = operation.platform.schema.table(parent.navigation.targets[0] ?? '');
    const row = await createRow(operation, target, parent.body);
    values[parent.navigation.column] = { table: target.logicalName, id: String(row[target.primaryId]) };
  }
  const row = await insertRow(operation, table, values);
  const id = String(row[table.primaryId]);
  for (const { navigation, bodies } of payload.children) {
    const target = operation.platform.schema.table(navigation.table);
    for (const child of bodies) {
      if (navigation.kind === 'one-to-many') {
        await createRow(operation, target, child, { [navigation.column]: { table: table.logicalName, id } });
      } else {
        const created = await createRow(operation, target, child);
        await linkRows(operation, table, row, navigation, {
          table: target.logicalName,
          id: String(created[target.primaryId]),
        });
      }
    }
  }
  for (const { navigation, to } of payload.links) await linkRows(operation, table, row, navigation, to);
  return row;
}

/** Inserts what is already checked for shape; runs the steps of message Create. */
export async function insertRow(
  operation: Operation,
  table: Table,
  given: Readonly<Record<string, Value>>,
): Promise<Row> {
  const { tx, platform, caller } = operation;
  const id = typeof given[table.primaryId] === 'string' ? String(given[table.primaryId]) : randomUUID();
  const values = { ...given, [table.primaryId]: id };
  if (!operation.asSystem) {
    checkSecuredColumns(operation, table, values, 'cancreate');
    checkAppend(operation, table, values);
    await platform.steps.synchronous(operation, {
      message: 'Create',
      stage: 10,
      table,
      id,
      target: values,
      before: null,
      after: null,
    });
    await tx.claim(table.logicalName, id);
  }
  if (tx.get(table.logicalName, id)) {
    throw new DataverseError(412, errorCode.duplicateRecord, 'A record with matching key values already exists.');
  }
  const row = completeRow(operation, table, values);
  if (!operation.asSystem) refuseClosing(table, null, values);
  if (!operation.asSystem) {
    checkOwner(operation, table, row);
    requireAccess(caller, 'Create', table, row);
  }
  checkRequired(table, row);
  checkKeys(operation, table, id, row);
  await platform.steps.synchronous(operation, {
    message: 'Create',
    stage: 20,
    table,
    id,
    target: values,
    before: null,
    after: row,
  });
  const written = tx.put(table.logicalName, id, row);
  auditChange(operation, table, id, null, written);
  await refreshOrder(operation, table, written);
  if (table.logicalName === 'systemuser')
    await insertRow(
      { ...operation, asSystem: true, silent: true },
      platform.schema.table('usersettings'),
      userSettings(written),
    );
  await platform.steps.after(operation, {
    message: 'Create',
    stage: 40,
    table,
    id,
    target: { ...values, ...onlyTracked(written) },
    before: null,
    after: written,
  });
  return written;
}

const trackedOnCreate = [
  'createdon',
  'createdby',
  'modifiedon',
  'modifiedby',
  'ownerid',
  'statecode',
  'statuscode',
  'transactioncurrencyid',
  'exchangerate',
  'owningbusinessunit',
];

const onlyTracked = (row: Row): Readonly<Record<string, Value>> =>
  Object.fromEntries(trackedOnCreate.filter((name) => row[name] != null).map((name) => [name, row[name] ?? null]));

function checkOwner(operation: Operation, table: Table, row: Row): void {
  const owner = referenceOf(row, 'ownerid');
  if (table.ownership !== 'UserOwned' || !owner || !['systemuser', 'team'].includes(owner.table)) return;
  if (!operation.tx.get(owner.table, owner.id)) throw payloadError(`The owner ${owner.id} does not exist.`);
}

function completeRow(operation: Operation, table: Table, values: Readonly<Record<string, Value>>): Row {
  const { tx, caller, platform } = operation;
  const defaults: Record<string, Value> = {};
  for (const column of table.columns) {
    if (column.type === 'PartyList' || column.type === 'Virtual') continue;
    const standard = column.defaultValue;
    defaults[column.logicalName] =
      column.type === 'State' || column.type === 'Status' || standard === undefined ? null : standard;
    if (column.autoNumberFormat !== undefined && values[column.logicalName] == null) {
      const format = column.autoNumberFormat;
      defaults[column.logicalName] = autonumber(
        format,
        () => platform.sequences.take(`${table.logicalName}.${column.logicalName}`),
        operation.now,
      );
    }
  }
  const named = withoutNullAutonumbers(table, values);
  const owned =
    table.ownership === 'UserOwned'
      ? owningValues(tx, referenceOf(values, 'ownerid') ?? userReference(caller.userId))
      : {};
  const draft: Row = {
    ...defaults,
    ...named,
    ...owned,
    ...tracked(operation, table, values),
    ...stateValues(table, null, values),
  };
  const staged: Row = { ...draft, ...processInstanceDefaults(operation, table, draft) };
  const computed: Row = { ...staged, ...computedValues(tx, table, staged) };
  return { ...computed, ...monetaryValues(tx, table, null, computed, new Set()) };
}

const withoutNullAutonumbers = (
  table: Table,
  values: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) => value !== null || table.column.get(name)?.autoNumberFormat === undefined,
    ),
  );

function tracked(
  operation: Operation,
  table: Table,
  values: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  if (!table.column.has('createdon')) return {};
  const { caller, now, asSystem } = operation;
  const on = timestamp(now);
  const by = userReference(caller.userId);
  const behalf: Reference | null =
    caller.initiatingUserId === caller.userId ? null : userReference(caller.initiatingUserId);
  // overriddencreatedon: the date given becomes createdon, and the true one is kept where the other was.
  const overridden = values.overriddencreatedon ?? null;
  const createdon = asSystem && values.createdon != null ? values.createdon : overridden !== null ? overridden : on;
  return {
    createdon,
    overriddencreatedon: overridden === null ? null : on,
    createdby: asSystem && values.createdby != null ? values.createdby : by,
    createdonbehalfby: behalf,
    modifiedon: asSystem && values.modifiedon != null ? values.modifiedon : asSystem ? createdon : on,
    modifiedby: asSystem && values.modifiedby != null ? values.modifiedby : by,
    modifiedonbehalfby: behalf,
  };
}
