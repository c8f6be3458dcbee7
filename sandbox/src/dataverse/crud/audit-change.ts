import { randomUUID } from 'node:crypto';
import type { ColumnMetadata } from '@crmjira/domain';
import type { Table } from '../metadata/schema';
import { referenceId, isReference, type Row, type Value } from '../store/row';
import { timestamp, type Operation } from './operation';
import { userReference } from './references';

/** Values of `action` and `operation`. Source: learn.microsoft.com "Auditing (Audit) table/entity reference". */
const operations = { create: 1, update: 2, delete: 3 } as const;
const assign = 13;

/** Longer texts are capped and end in an ellipsis. Source: learn.microsoft.com "Retrieve the history of audited data changes". */
const longest = 5000;

const audited = new WeakMap<Table, readonly ColumnMetadata[]>();

function auditedColumns(table: Table): readonly ColumnMetadata[] {
  const known = audited.get(table) ?? table.columns.filter(({ isAudited }) => isAudited);
  audited.set(table, known);
  return known;
}

const plain = (value: Value | undefined): Value => (isReference(value) ? value.id : (value ?? null));

const capped = (value: Value | undefined): Value =>
  typeof value === 'string' && value.length > longest ? `${value.slice(0, longest)}…` : (value ?? null);

const valuesOf = (row: Row | null, columns: readonly ColumnMetadata[]): Readonly<Record<string, Value>> =>
  row === null ? {} : Object.fromEntries(columns.map(({ logicalName }) => [logicalName, capped(row[logicalName])]));

/** One row of the audit table for a change of audited columns; old and new values lie in it beside its columns. */
export function auditChange(
  operation: Operation,
  table: Table,
  id: string,
  before: Row | null,
  after: Row | null,
): void {
  if (operation.silent || !table.isAudited) return;
  const { tx, caller, now } = operation;
  const columns = auditedColumns(table).filter(
    ({ logicalName }) => plain(before?.[logicalName]) !== plain(after?.[logicalName]),
  );
  if (columns.length === 0 && before !== null && after !== null) return;
  const kind = before === null ? 'create' : after === null ? 'delete' : 'update';
  const assigns = kind === 'update' && referenceId(before?.ownerid) !== referenceId(after?.ownerid);
  const auditid = randomUUID();
  tx.put('audit', auditid, {
    auditid,
    operation: operations[kind],
    action: assigns ? assign : operations[kind],
    attributemask: columns.map((column) => table.columns.indexOf(column) + 1).join(','),
    objecttypecode: table.logicalName,
    objectid: { table: table.logicalName, id },
    userid: userReference(caller.userId),
    callinguserid: caller.initiatingUserId === caller.userId ? null : userReference(caller.initiatingUserId),
    createdon: timestamp(now),
    transactionid: operation.correlationId,
    useradditionalinfo: null,
    changedata: JSON.stringify({ old: valuesOf(before, columns), new: valuesOf(after, columns) }),
  });
}
