import { DataverseError, errorCode, noSuchRow, payloadError } from '../errors';
import { createRow } from '../crud/create-row';
import type { Operation } from '../crud/operation';
import { isBody, type Body } from '../crud/read-payload';
import { parseBody } from '../crud/request-body';
import { changeRow } from '../crud/change-row';
import { resolveReference } from '../crud/resolve-reference';
import { defaultReason } from '../crud/state-columns';
import { noContent, type ApiResponse } from '../http/api-message';
import { inTransaction, type Session } from '../http/session';
import type { Table } from '../metadata/schema';
import { requireAccess } from '../security/access';
import { numberOf } from '../store/row';
import type { CloseMessage } from './close-messages';

/** `WinOpportunity`, `CloseIncident` and their kind: `{"<parameter>": {…}, "Status": -1}`. */
export const closing =
  (message: CloseMessage) =>
  async (session: Session): Promise<ApiResponse> => {
    const body = parseBody(session.request.body);
    const given = body[message.parameter];
    const status = body.Status ?? -1;
    if (!isBody(given)) throw payloadError(`The parameter '${message.parameter}' is missing.`);
    if (typeof status !== 'number') throw payloadError("The parameter 'Status' must be an integer.");
    await inTransaction(session, (operation) => closeRow(operation, message, given, status));
    return noContent();
  };

/** The row by `<lookup>@odata.bind`, or nested with its key. */
function urlOf({ parameter, lookup }: CloseMessage, table: Table, body: Body): string {
  const bound = body[`${lookup}@odata.bind`];
  if (typeof bound === 'string') return bound;
  const nested = body[lookup];
  if (isBody(nested) && table.primaryId in nested) return `${table.entitySetName}(${String(nested[table.primaryId])})`;
  throw payloadError(`The parameter '${parameter}' must name its ${table.logicalName} by '${lookup}@odata.bind'.`);
}

/** The close activity and the row's end, in one transaction. */
async function closeRow(operation: Operation, message: CloseMessage, body: Body, status: number): Promise<void> {
  const { tx, platform } = operation;
  const table = platform.schema.table(message.table);
  const { id } = resolveReference(platform.schema, tx, operation.contentIds, urlOf(message, table, body));
  await tx.claim(message.table, id);
  const row = tx.get(message.table, id);
  if (!row) throw noSuchRow(message.table, id);
  requireAccess(operation.caller, 'Write', table, row);
  if (!message.from.includes(numberOf(row, 'statecode') ?? 0))
    throw new DataverseError(400, message.refusal.code, message.refusal.message);
  const reason = status === -1 ? defaultReason(table, message.state) : status;
  const fits = table.column
    .get('statuscode')
    ?.options?.some(({ value, state }) => value === reason && state === message.state);
  if (reason === null || fits !== true) {
    throw new DataverseError(
      400,
      errorCode.invalidStatusForState,
      `${String(reason)} is not a valid status code for state code ${table.schemaName}State.${message.stateName} on ${message.table} with Id ${id}.`,
    );
  }
  const columns = Object.fromEntries(
    Object.entries(body).filter(([name]) => name !== message.lookup && name !== `${message.lookup}@odata.bind`),
  );
  const written = await createRow(
    operation,
    platform.schema.table(message.close),
    { subject: message.subject, ...columns },
    {
      [message.lookup]: { table: message.table, id },
      regardingobjectid: { table: message.table, id },
      statecode: 1,
      statuscode: 2,
      ...message.onClose(tx, row, columns, reason, operation.now),
    },
  );
  await changeRow({ ...operation, asSystem: true }, table, row, {
    statecode: message.state,
    statuscode: reason,
    ...message.onRow(written, operation.now),
  });
}
