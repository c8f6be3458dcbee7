import { ConflictState, SyncPreference } from '../../schema/generated/options';
import type { FieldAction, IssueAction } from '../actions';
import type {
  ConflictEntry,
  Decision,
  FieldBase,
  FieldName,
  IssueLinkFacts,
  IssueThere,
  RecordFacts,
  StoredLink,
  Trouble,
} from '../facts';
import type { IssuePolicy } from '../policy';
import { guardOf } from '../link/stored-link';
import { conflictEntry, coveredEntry } from './conflict-entry';
import { fieldNames, fieldView, recordChange, type FieldView } from './field-view';
import { type FieldMove, mergeField } from './merge-field';
import { unknownBase, walkChangelog, type Walked } from './walk-changelog';
import { writeOf } from './write-of';

interface Judged {
  readonly name: FieldName;
  readonly view: FieldView;
  readonly base: FieldBase | null;
  readonly walked: Walked;
  readonly move: FieldMove | null;
  readonly decision: Decision | null;
}

export interface FieldsPlan {
  /** Entries for covered values: also of a link that is off. */
  readonly enter: IssueAction | null;
  /** The next step of the merge. */
  readonly next: IssueAction | null;
  /** Why a value that is owed to Jira cannot be written. */
  readonly trouble: Trouble | null;
}

const emptyBase = (cursor: number): FieldBase => ({
  crm: null,
  jira: null,
  version: 0,
  cursor,
  entered: [],
  conflict: null,
});

/** A label that is not listed was on neither side at the link's cursor, unless Jira had it already then. */
function baseOf(name: FieldName, view: FieldView, stored: StoredLink): FieldBase | null {
  const known = stored.fields[name];
  if (known !== undefined) return known;
  if (!name.startsWith('label:')) return null;
  const [first] = view.changes.filter(({ id }) => id > stored.cursor);
  const wasThere = first === undefined ? view.jira === 'set' : first.value === null;
  return wasThere ? null : emptyBase(stored.cursor);
}

function judge(
  name: FieldName,
  facts: IssueLinkFacts,
  record: RecordFacts,
  issue: IssueThere,
  policy: IssuePolicy,
): Judged | null {
  const { link } = facts;
  const view = fieldView(name, record, issue, link.id, policy);
  if (view === null) return null;
  const base = baseOf(name, view, link.stored);
  if (base === null && view.jira === undefined) return null;
  const end = Math.max(link.stored.cursor, issue.changelog.at(-1)?.id ?? 0);
  const walked =
    base === null || base.isFirst === true
      ? unknownBase({ id: end, value: view.jira ?? null, text: view.jiraText, by: null, on: '', ownVersion: null })
      : walkChangelog(base, view.changes);
  const decision = facts.decisions.find(({ field }) => field === name) ?? null;
  const move = mergeField({
    base,
    record: view.record,
    walked,
    // One link of an issue sends, the others follow.
    preference: link.follows && link.preference === SyncPreference.Both ? SyncPreference.JiraToCrm : link.preference,
    policy: policy.conflicts[name.startsWith('label:') ? 'label' : (name as 'status' | 'priority' | 'summary')],
    closed: record.closed,
    decision,
  });
  // It stands there already, though no entry that counts says so.
  const isThere = move === 'write' && view.jira === view.record;
  return { name, view, base, walked, move: isThere ? 'agree' : move, decision };
}

export function planFields(
  facts: IssueLinkFacts,
  record: RecordFacts,
  issue: IssueThere,
  policy: IssuePolicy,
): FieldsPlan {
  const { stored } = facts.link;
  const judged = fieldNames(record, issue, Object.keys(stored.fields) as FieldName[])
    .map((name) => judge(name, facts, record, issue, policy))
    .filter((one) => one !== null);

  const covered = judged.find(({ walked }) => walked.lost.length > 0);
  const enter = covered ? enterAction(covered, facts, record) : null;
  let trouble: Trouble | null = null;
  let next: IssueAction | null = null;
  for (const one of judged) {
    if (one.move === null || one.move === 'agree' || next !== null) continue;
    if (one.move !== 'write') next = moveAction(one, one.move, facts, record, policy);
    else if (facts.link.follows) trouble ??= { code: 'other-link-sends', field: null, from: null, to: null };
    else {
      const write = writeOf(one.view, issue, policy);
      if ('code' in write) trouble ??= write;
      else {
        const mark = {
          link: facts.link.id,
          version: record.version,
          wrote: { field: write.field, value: write.value },
        };
        next = { kind: 'write', issueId: issue.shown.issueId, name: one.name, write, mark };
      }
    }
  }
  return { enter, next: next ?? agreeAction(judged, facts, record, issue), trouble };
}

const settledBase = (one: Judged, record: RecordFacts, crm: FieldBase['crm'], jira: FieldBase['jira']): FieldBase => ({
  crm,
  jira,
  version: record.version,
  cursor: one.walked.end,
  entered: [],
  conflict: null,
});

const withField = (stored: StoredLink, name: FieldName, base: FieldBase): StoredLink => ({
  ...stored,
  fields: { ...stored.fields, [name]: base },
});

function fieldAction(
  one: Judged,
  facts: IssueLinkFacts,
  record: RecordFacts,
  base: FieldBase,
  entries: readonly ConflictEntry[] = [],
  settled: FieldAction['settled'] = null,
): FieldAction {
  return {
    guard: guardOf(facts.link, record),
    stored: withField(facts.link.stored, one.name, base),
    field: one.name,
    entries,
    settled,
  };
}

/** What it says of the record holds for the version that was read: the next round shows newer values. */
const unguarded = (action: FieldAction): FieldAction => ({ ...action, guard: { ...action.guard, record: null } });

function enterAction(one: Judged, facts: IssueLinkFacts, record: RecordFacts): IssueAction {
  const base = one.base ?? emptyBase(facts.link.stored.cursor);
  const entries = one.walked.lost.map((lost) =>
    coveredEntry(facts.link.id, one.view, lost, one.walked, ConflictState.KeptCrm),
  );
  const entered = [...base.entered, ...one.walked.lost.map(({ id }) => id)];
  return { kind: 'enter', ...fieldAction(one, facts, record, { ...base, entered }, entries) };
}

function moveAction(
  one: Judged,
  move: Exclude<FieldMove, 'agree' | 'write'>,
  facts: IssueLinkFacts,
  record: RecordFacts,
  policy: IssuePolicy,
): IssueAction {
  const { view, walked, name, decision } = one;
  const base: FieldBase = one.base ?? { ...emptyBase(walked.end), isFirst: true };
  const shown = base.conflict;
  const entry = (state: ConflictState): ConflictEntry => conflictEntry(facts.link.id, view, walked, record, state);
  const ends = (state: ConflictState): FieldAction['settled'] =>
    shown === null ? null : { entry: shown.entry, state, by: decision?.by ?? null };
  // An empty value that was never accounted for is nobody's.
  const unless = (empty: boolean, state: ConflictState): ConflictEntry[] =>
    one.base === null && empty ? [] : [entry(state)];
  const taken = settledBase(one, record, walked.theirs, walked.stands);
  const kept = settledBase(one, record, view.record, walked.stands);
  const change = recordChange(name, walked.theirs, walked.change?.text ?? view.jiraText, record, policy);
  const action = (next: FieldBase, entries?: readonly ConflictEntry[], settled?: FieldAction['settled']): FieldAction =>
    fieldAction(one, facts, record, next, entries, settled);
  switch (move) {
    case 'take':
      return { kind: 'take', record: change, ...action(taken) };
    case 'take-over':
      return {
        kind: 'take',
        record: change,
        ...action(taken, unless(view.record === null, ConflictState.KeptJira), ends(ConflictState.Superseded)),
      };
    case 'keep':
      return {
        kind: 'keep',
        ...action(kept, unless(walked.theirs === null, ConflictState.KeptCrm), ends(ConflictState.Superseded)),
      };
    case 'hold': {
      const opened = entry(ConflictState.Open);
      const conflict = { entry: opened.id, crm: view.record, jira: walked.theirs };
      return { kind: 'hold', ...unguarded(action({ ...base, conflict }, [opened], ends(ConflictState.Superseded))) };
    }
    case 'close':
      return { kind: 'close', ...unguarded(action({ ...base, conflict: null }, [], ends(ConflictState.Superseded))) };
    case 'refuse':
      return { kind: 'refuse', guard: guardOf(facts.link, record), field: name, command: decision!.commandId };
    case 'decided': {
      const { side, commandId: command } = decision!;
      return side === 'crm'
        ? { kind: 'decided', side, command, record: null, ...action(kept, [], ends(ConflictState.KeptCrm)) }
        : { kind: 'decided', side, command, record: change, ...action(taken, [], ends(ConflictState.KeptJira)) };
    }
  }
}

/** Entries that no field needs any more are left behind in one write for many. */
const LONG_LOG = 50;

/** By our own writes the base has come to the value already: what is left is to forget the entries behind it. */
const isBase = ({ view: { record }, walked }: Judged): boolean =>
  walked.baseCrm === record && walked.baseJira === record && walked.stands === record && !walked.owed;

/** All fields that agree, in one change set. */
function agreeAction(
  judged: readonly Judged[],
  facts: IssueLinkFacts,
  record: RecordFacts,
  issue: IssueThere,
): IssueAction | null {
  const { stored } = facts.link;
  const agreed = judged.filter(({ move }) => move === 'agree');
  const end = issue.changelog.at(-1)?.id ?? 0;
  const isLong = issue.changelog.filter(({ id }) => id > stored.cursor).length >= LONG_LOG;
  if (agreed.length === 0 && !isLong) return null;
  const fields: Partial<Record<FieldName, FieldBase>> = { ...stored.fields };
  for (const one of judged) {
    const rests = one.move === null && one.view.record === one.walked.theirs && one.base?.conflict === null;
    if (one.move === 'agree') {
      const stands = one.view.record === one.walked.stands || one.view.jira !== one.view.record;
      fields[one.name] = settledBase(one, record, one.view.record, stands ? one.walked.stands : one.view.record);
    }
    if (!isLong || (one.move !== 'agree' && !rests)) continue;
    if (one.name.startsWith('label:') && one.view.record === null && one.walked.stands === null)
      delete fields[one.name];
    else if (fields[one.name]) fields[one.name] = { ...fields[one.name]!, cursor: end };
  }
  const cursor = isLong ? Math.max(stored.cursor, end) : stored.cursor;
  const guard = guardOf(facts.link, record);
  // Only where both sides have come to the value by themselves does it matter that the record still has it.
  const isRead = agreed.every(isBase);
  return { kind: 'agree', guard: isRead ? { ...guard, record: null } : guard, stored: { ...stored, cursor, fields } };
}
