import { SyncPreference } from '../../schema/generated/options';
import type { Decision, FieldBase, FieldValue } from '../facts';
import type { ConflictPolicy } from '../policy';
import type { Walked } from './walk-changelog';

export type FieldMove =
  | 'agree'
  | 'write'
  | 'take'
  /** with an entry for the record's value */
  | 'take-over'
  | 'keep'
  | 'hold'
  | 'close'
  | 'decided'
  | 'refuse';

export interface MergedField {
  /** null: never accounted for */
  readonly base: FieldBase | null;
  readonly record: FieldValue;
  readonly walked: Walked;
  readonly preference: SyncPreference;
  readonly policy: ConflictPolicy;
  /** The record cannot be written. */
  readonly closed: boolean;
  readonly decision: Decision | null;
}

/** What one field calls for: the table of the merge, with the base on both sides; null: nothing. */
export function mergeField(field: MergedField): FieldMove | null {
  const { base, record, walked, preference, decision } = field;
  const { theirs, stands } = walked;
  const conflict = base?.conflict ?? null;

  if (decision !== null) {
    const isShown = conflict !== null && record === decision.crm && theirs === decision.jira;
    return isShown && !(field.closed && decision.side === 'jira') ? 'decided' : 'refuse';
  }
  if (record === theirs) {
    if (conflict !== null) return 'close';
    const isAccounted = base !== null && base.crm === record && base.jira === record && walked.end === base.cursor;
    return isAccounted ? null : 'agree';
  }

  const isDirty = base === null || record !== walked.baseCrm || walked.owed;
  const hasMoved = base === null || theirs !== walked.baseJira || walked.touched;
  if (conflict !== null && (!isDirty || !hasMoved || preference !== SyncPreference.Both)) return 'close';
  if (isDirty && hasMoved) return bothMoved(field);
  if (isDirty) {
    // Jira has it already: a write would leave no entry, for ever.
    if (record === stands) return 'agree';
    return preference === SyncPreference.JiraToCrm ? null : 'write';
  }
  if (hasMoved) return preference === SyncPreference.CrmToJira || field.closed ? null : 'take';
  return null;
}

function bothMoved({ base, record, walked, preference, policy, closed }: MergedField): FieldMove | null {
  const winner = preference === SyncPreference.Both ? policy : preference === SyncPreference.JiraToCrm ? 'jira' : 'crm';
  // A label that somebody has added stays.
  if (winner === 'crm' || (winner === 'merge' && record !== null)) return 'keep';
  if (winner !== 'ask' && !closed) return 'take-over';
  if (preference !== SyncPreference.Both) return null;
  const shown = base?.conflict ?? null;
  return shown?.crm === record && shown.jira === walked.theirs ? null : 'hold';
}
