import { ConflictState, SyncPreference } from '../../schema/generated/options';
import type { RecordChange } from '../actions';
import type { FieldName, FieldValue, Instant, RecordFacts, StoredLink } from '../facts';
import { rowOfCrm, rowOfJira } from '../maps/value-map';
import type { IssuePolicy } from '../policy';
import type { PolicyValues } from '../settings/connection-policy';
import { comparedTitle, recordChange, recordValue } from './field-view';

/** For so many days the value that did not stand can be taken back. */
export const UNDO_DAYS = 30;

/** A row of `crmjira_sync_conflict` as people read it: statuses and priorities by name. */
export interface SettledEntry {
  readonly field: FieldName;
  readonly state: ConflictState;
  readonly crm: string | null;
  readonly jira: string | null;
  /** When its last decision was made, by a person or by the policy. */
  readonly decidedOn: Instant;
}

export type UndoRefusal = 'not-decided' | 'too-late' | 'off' | 'closed' | 'changed';

/** What an entry's value may be, raw and as compared; undefined: nothing that has this name, or several. */
function valueOf(
  { field, crm, jira }: SettledEntry,
  side: 'crm' | 'jira',
  values: PolicyValues,
  policy: IssuePolicy,
): { readonly raw: string | null; readonly compared: FieldValue } | undefined {
  const text = side === 'crm' ? crm : jira;
  if (field !== 'status' && field !== 'priority')
    return { raw: text, compared: field === 'summary' && text !== null ? comparedTitle(text, policy) : text };
  if (text === null) return field === 'priority' ? { raw: null, compared: null } : undefined;
  const map = field === 'status' ? policy.statuses : policy.priorities;
  const named =
    field === 'status'
      ? side === 'crm'
        ? values.record.statuses.map(({ value, labels }) => ({ id: value, names: labels }))
        : values.jira.statuses.map(({ id, name }) => ({ id, names: [name] }))
      : values[side === 'crm' ? 'record' : 'jira'].priorities;
  const found = named.flatMap(({ id, names }) => {
    const row = id === text || names.includes(text) ? (side === 'crm' ? rowOfCrm : rowOfJira)(map, id) : undefined;
    return row === undefined ? [] : [{ raw: id, compared: row.crm[0] }];
  });
  return new Set(found.map(({ compared }) => compared)).size === 1 ? found[0] : undefined;
}

/**
 * Takes the other value of a decided conflict back: as a change of the record, which the merge carries on like any person's. Only while
 * the record still has what was kept, so that nothing newer is overwritten; what Jira has become by then is the merge's business. Pure.
 */
export function undoEntry(
  entry: SettledEntry,
  { record, stored, preference }: { record: RecordFacts; stored: StoredLink; preference: SyncPreference },
  values: PolicyValues,
  policy: IssuePolicy,
  now: Instant,
): { readonly change: RecordChange; readonly state: ConflictState; readonly value: string | null } | UndoRefusal {
  const { field, state, decidedOn } = entry;
  if (state !== ConflictState.KeptCrm && state !== ConflictState.KeptJira) return 'not-decided';
  if (Date.parse(now) - Date.parse(decidedOn) > UNDO_DAYS * 86_400_000) return 'too-late';
  if (preference === SyncPreference.Off) return 'off';
  if (record.closed) return 'closed';
  const back = state === ConflictState.KeptCrm ? 'jira' : 'crm';
  const kept = valueOf(entry, back === 'jira' ? 'crm' : 'jira', values, policy);
  const other = valueOf(entry, back, values, policy);
  const base = stored.fields[field];
  // Labels of a record would have to be a column; none has one.
  const isThere = kept !== undefined && other !== undefined && !field.startsWith('label:');
  if (!isThere || base === undefined || base.conflict !== null || recordValue(field, record, policy) !== kept.compared)
    return 'changed';
  const change =
    back === 'crm' && field !== 'summary'
      ? { [field]: other.raw }
      : recordChange(field, other.compared, other.raw, record, policy);
  return {
    change,
    state: back === 'jira' ? ConflictState.KeptJira : ConflictState.KeptCrm,
    value: back === 'jira' ? entry.jira : entry.crm,
  };
}
