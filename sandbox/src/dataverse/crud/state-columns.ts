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

/** Won and lost come from actions that also write the close activity, never from a plain update. */
export function refuseClosing(table: Table, before: Row | null, values: Readonly<Record<string, Value>>): void {
  if (table.logicalName !== 'opportunity') return;
  const state = stateValues(table, before, values).statecode;
  if (typeof state !== 'number' || state === 0 || state === (before ? numberOf(before, 'statecode') : null)) return;
  const [name, action] = state === 1 ? ['Won', 'WinOpportunity'] : ['Lost', 'LoseOpportunity'];
  throw new DataverseError(
    400,
    errorCode.invalidArgument,
    `This message can not be used to set the state of opportunity to ${name}. In order to set state of opportunity to ${name}, use the ${action} message instead.`,
  );
}
