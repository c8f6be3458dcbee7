import { derivedId } from '../../hash/derived-id';
import type { ConflictState } from '../../schema/generated/options';
import type { ConflictEntry, FieldValue, Guid, RecordFacts } from '../facts';
import type { FieldView } from './field-view';
import type { FieldChange, Walked } from './walk-changelog';

/** One row for what stood on both sides at that version and entry: a repeat finds its own (F-112). */
export function conflictEntry(
  linkId: Guid,
  view: FieldView,
  walked: Walked,
  record: RecordFacts,
  state: ConflictState,
): ConflictEntry {
  const { change, end } = walked;
  return {
    id: derivedId(linkId, 'conflict', view.name, String(record.version), String(end), String(state)),
    field: view.name,
    base: walked.baseCrm,
    crm: view.recordText,
    jira: textOf(walked.theirs, change, view),
    crmBy: record.changedBy,
    crmOn: record.changedOn,
    jiraBy: change?.by ?? null,
    jiraOn: change?.on || null,
    state,
  };
}

/** A person's value that a write of ours covered before anybody in Dynamics could know it: one row an entry of the changelog. */
export function coveredEntry(
  linkId: Guid,
  view: FieldView,
  lost: FieldChange,
  walked: Walked,
  state: ConflictState,
): ConflictEntry {
  return {
    id: derivedId(linkId, 'covered', view.name, String(lost.id)),
    field: view.name,
    base: walked.baseCrm,
    crm: view.recordText,
    jira: lost.text,
    crmBy: null,
    crmOn: null,
    jiraBy: lost.by,
    jiraOn: lost.on,
    state,
  };
}

const textOf = (value: FieldValue, change: FieldChange | null, view: FieldView): string | null =>
  change?.value === value ? change.text : value === view.jira ? view.jiraText : value;
