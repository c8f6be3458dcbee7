import { DataverseError, errorCode, noSuchRow, payloadError } from '../errors';
import { createRow } from '../crud/create-row';
import type { Operation } from '../crud/operation';
import { timestamp } from '../crud/operation';
import type { Body } from '../crud/read-payload';
import { changeRow } from '../crud/update-row';
import { resolveReference } from '../crud/resolve-reference';
import { defaultReason } from '../crud/state-columns';
import { requireAccess } from '../security/access';
import { numberOf, textOf } from '../store/row';

/** What each action leaves behind; closeprobability as the platform writes it. */
const outcomes = {
  Win: { state: 1, probability: 100, name: 'Won' },
  Lose: { state: 2, probability: 0, name: 'Lost' },
} as const;

/** `WinOpportunity` and `LoseOpportunity`: the close activity and the opportunity's end, in one transaction. */
export async function closeOpportunity(
  operation: Operation,
  kind: 'Win' | 'Lose',
  body: Body,
  status: number,
): Promise<void> {
  const { tx, platform } = operation;
  const outcome = outcomes[kind];
  const table = platform.schema.table('opportunity');
  const bound = body['opportunityid@odata.bind'];
  const nested = body.opportunityid;
  const url =
    typeof bound === 'string'
      ? bound
      : typeof nested === 'object' && nested !== null && 'opportunityid' in nested
        ? `opportunities(${String(nested.opportunityid)})`
        : null;
  if (url === null)
    throw payloadError("The parameter 'OpportunityClose' must name its opportunity by 'opportunityid@odata.bind'.");
  const { id } = resolveReference(platform.schema, tx, operation.contentIds, url);
  await tx.claim('opportunity', id);
  const row = tx.get('opportunity', id);
  if (!row) throw noSuchRow('opportunity', id);
  requireAccess(operation.caller, 'Write', table, row);
  if (numberOf(row, 'statecode') !== 0) {
    throw new DataverseError(400, '0x80043b12', 'The opportunity has already been closed.');
  }
  const reason = status === -1 ? defaultReason(table, outcome.state) : status;
  const fits = table.column
    .get('statuscode')
    ?.options?.some(({ value, state }) => value === reason && state === outcome.state);
  if (!fits) {
    throw new DataverseError(
      400,
      errorCode.invalidStatusForState,
      `${String(reason)} is not a valid status code for state code OpportunityState.${outcome.name} on opportunity with Id ${id}.`,
    );
  }
  const { 'opportunityid@odata.bind': _bound, opportunityid: _nested, ...columns } = body;
  const close = platform.schema.table('opportunityclose');
  const written = await createRow(
    operation,
    close,
    { subject: `Opportunity ${outcome.name}`, ...columns },
    {
      opportunityid: { table: 'opportunity', id },
      regardingobjectid: { table: 'opportunity', id },
      opportunitystatecode: outcome.state,
      opportunitystatuscode: reason,
      statecode: 1,
      statuscode: 2,
      transactioncurrencyid: row.transactioncurrencyid ?? null,
      ...(columns.actualend === undefined ? { actualend: timestamp(operation.now) } : {}),
      ...(columns.actualrevenue === undefined && kind === 'Win'
        ? { actualrevenue: numberOf(row, 'estimatedvalue') }
        : {}),
    },
  );
  await changeRow({ ...operation, asSystem: true }, table, row, {
    statecode: outcome.state,
    statuscode: reason,
    actualvalue: numberOf(written, 'actualrevenue') ?? (kind === 'Lose' ? 0 : null),
    actualclosedate: (textOf(written, 'actualend') ?? timestamp(operation.now)).slice(0, 10),
    closeprobability: outcome.probability,
  });
}
