import { entryOf } from '@crmjira/domain';
import { DataverseError, errorCode } from '../errors';
import type { Table } from '../metadata/schema';
import { numberOf, type Row, type Value } from '../store/row';

/**
 * State and status belong together: a state alone takes its default status, a status alone brings its state.
 * @throws DataverseError 400 0x80048408 for a status that does not belong to the state.
 */
export function stateValues(
  table: Table,
  before: Row | null,
  changed: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  const state = table.column.get('statecode');
  const status = table.column.get('statuscode');
  if (!state || !status) return {};
  const reasons = status.options ?? [];
  const initial = typeof state.defaultValue === 'number' ? state.defaultValue : (state.options?.[0]?.value ?? 0);
  const old = before ? numberOf(before, 'statecode') : null;
  const asked = typeof changed.statecode === 'number' ? changed.statecode : null;
  const reason = typeof changed.statuscode === 'number' ? changed.statuscode : null;
  if (before && asked === null && reason === null) return {};
  const implied = reasons.find(({ value }) => value === reason)?.state;
  const next = asked ?? (reason === null ? initial : (implied ?? old ?? initial));
  const nextReason =
    reason ?? (next === old && before ? numberOf(before, 'statuscode') : null) ?? defaultReason(table, next);
  const belongs = reasons.some((each) => each.value === nextReason && (each.state ?? next) === next);
  if (!belongs) {
    const name = state.options?.find(({ value }) => value === next)?.label[1033] ?? String(next);
    throw new DataverseError(
      400,
      errorCode.invalidStatusForState,
      `${String(nextReason)} is not a valid status code for state code ${table.schemaName}State.${name} on ${table.logicalName}.`,
    );
  }
  return { statecode: next, statuscode: nextReason };
}

/** The first reason of a state, unless the column names another. */
export function defaultReason(table: Table, state: number): number | null {
  const status = table.column.get('statuscode');
  const named = status?.defaultValue;
  const reasons = (status?.options ?? []).filter((each) => (each.state ?? 0) === state);
  if (typeof named === 'number' && reasons.some(({ value }) => value === named)) return named;
  return reasons[0]?.value ?? null;
}

interface Closing {
  readonly state: number;
  /** As the refusal names state and message. */
  readonly name: string;
  readonly message: string;
  readonly code: string;
}

/** 0x80100005 is CannotUseOpportunitySetStateMessage; Microsoft lists no code of its own for cases. */
const closings: Readonly<Record<string, readonly Closing[]>> = {
  opportunity: [
    { state: 1, name: 'won', message: 'won', code: '0x80100005' },
    { state: 2, name: 'lost', message: 'lost', code: '0x80100005' },
  ],
  incident: [{ state: 1, name: 'Resolved', message: 'CloseIncidentRequest', code: errorCode.invalidArgument }],
};

/** Some states come from messages that also write the close activity, never from a plain update. */
export function refuseClosing(table: Table, before: Row | null, values: Readonly<Record<string, Value>>): void {
  const known = entryOf(closings, table.logicalName);
  if (!known) return;
  const state = stateValues(table, before, values).statecode;
  if (state === (before ? numberOf(before, 'statecode') : null)) return;
  const closing = known.find((each) => each.state === state);
  if (!closing) return;
  throw new DataverseError(
    400,
    closing.code,
    `This message can not be used to set the state of ${table.logicalName} to ${closing.name}. In order to set state of ${table.logicalName} to ${closing.name}, use the ${closing.message} message instead.`,
  );
}
