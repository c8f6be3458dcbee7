import type { ChangeItem, ChangeRow, IssueRow } from '../../../../sandbox/src/jira/site/rows';
import { type MergedKind, mergedKinds, type StormSide } from './issue-storm-plan';

/** Rows of the status map: an option of the case, a status of Jira. */
export const statusPairs = [
  { crm: 1, jira: '3' },
  { crm: 2, jira: '10000' },
  { crm: 4, jira: '10002' },
] as const;
export const statusMap = JSON.stringify({
  rows: [
    ...statusPairs.map(({ crm, jira }) => ({ crm: [crm], jira: [jira] })),
    { crm: [5, 1000], jira: ['10001'], resolves: true },
  ],
});

/** What both sides compare, told from this table alone and from nothing of the product: raw values and words of each, by what they mean. */
const meanings: Readonly<Record<Exclude<MergedKind, 'title'>, Record<StormSide, Readonly<Record<string, string>>>>> = {
  status: {
    crm: { 1: 'work', 2: 'wait', 4: 'look', 'In Progress': 'work', 'On Hold': 'wait', Researching: 'look' },
    jira: { 3: 'work', 10000: 'wait', 10002: 'look', 'In Progress': 'work', 'To Do': 'wait', 'In Review': 'look' },
  },
  priority: {
    crm: { 1: 'high', 2: 'normal', 3: 'low', High: 'high', Normal: 'normal', Low: 'low' },
    jira: {
      ...{ 1: 'high', 2: 'high', 3: 'normal', 4: 'low', 5: 'low' },
      ...{ Highest: 'high', High: 'high', Medium: 'normal', Low: 'low', Lowest: 'low' },
    },
  },
};

export function meaningOf(kind: MergedKind, side: StormSide, value: unknown): string {
  if (kind === 'title') return String(value);
  return meanings[kind][side][String(value)] ?? `unknown ${String(value)}`;
}

/** A value that a field was given on one side. */
export interface Written {
  readonly value: string;
  readonly byPerson: boolean;
  /** Milliseconds; of Dataverse to the second. */
  readonly at: number;
}
export type History = Readonly<Record<MergedKind, readonly Written[]>>;

const jiraFields: Readonly<Record<MergedKind, string>> = { title: 'summary', status: 'status', priority: 'priority' };

const columnsOf: Readonly<Record<MergedKind, 'summary' | 'statusId' | 'priorityId'>> = {
  title: 'summary',
  status: 'statusId',
  priority: 'priorityId',
};

/** What Jira's changelog says of an issue that the service has made. What carries no mark is a person's. */
export function historyInJira(issue: IssueRow, changes: readonly ChangeRow[]): History {
  const ordered = changes.toSorted((one, other) => Number(one.id) - Number(other.id));
  const of = (kind: MergedKind): Written[] => {
    const told = ordered.flatMap(({ items, historyMetadata, createdOn }) =>
      items
        .filter(({ fieldId }) => fieldId === jiraFields[kind])
        .map((item) => ({ item, byPerson: historyMetadata === undefined, at: Date.parse(createdOn) })),
    );
    const [first] = told;
    const raw = (item: ChangeItem, end: 'from' | 'to'): string | null =>
      kind === 'title' ? item[`${end}String`] : item[end];
    const made = first === undefined ? issue[columnsOf[kind]] : raw(first.item, 'from');
    return [
      { value: meaningOf(kind, 'jira', made), byPerson: false, at: Date.parse(issue.createdOn) },
      ...told.map(({ item, byPerson, at }) => ({ value: meaningOf(kind, 'jira', raw(item, 'to')), byPerson, at })),
    ];
  };
  return { title: of('title'), status: of('status'), priority: of('priority') };
}

/** A row of `crmjira_sync_conflict`. */
export interface Entry {
  readonly field: string;
  readonly crm: string | null;
  readonly jira: string | null;
}

const fieldNames: Readonly<Record<MergedKind, string>> = { title: 'summary', status: 'status', priority: 'priority' };
/** Clocks of the two sides are one, and Dataverse drops what is below a second. */
const slackMs = 1_500;

/** Whether the other side held the value at some time between it being given and it being replaced. */
function stoodOnOther(other: readonly Written[], value: string, from: number, to: number): boolean {
  return other.some((one, at) => {
    const until = other[at + 1]?.at ?? Infinity;
    return one.value === value && one.at <= to + slackMs && until >= from - slackMs;
  });
}

/**
 * Values that both sides have held since the service wrote the field last: what a person puts back to one of them differs from nothing
 * that was accounted for, and is no change (tests/sync-model/README.md compares values).
 */
function heldByBoth(own: readonly Written[], other: readonly Written[], index: number): ReadonlySet<string> {
  const at = own[index]?.at ?? 0;
  const writes = [...own.slice(0, index), ...other].filter((one) => !one.byPerson && one.at <= at);
  const since = Math.max(0, ...writes.map((one) => one.at));
  const held = writes.filter((one) => one.at === since).map(({ value }) => value);
  for (let k = 0; k < index; k += 1) {
    const [one, until] = [own[k], own[k + 1]?.at ?? at];
    if (one !== undefined && until >= since && stoodOnOther(other, one.value, Math.max(one.at, since), until))
      held.push(one.value);
  }
  return new Set(held);
}

/**
 * Values of people that the service has replaced, that never reached the other side, and that no entry names. An entry stands for one
 * value only. What a person has replaced on the same side was seen by that person.
 */
export function lostValues(crm: History, jira: History, entries: readonly Entry[]): readonly string[] {
  return mergedKinds.flatMap((kind) => {
    const ofField = entries.filter(({ field }) => field === fieldNames[kind]);
    return (['crm', 'jira'] as const).flatMap((side) => {
      const [own, other] = side === 'crm' ? [crm[kind], jira[kind]] : [jira[kind], crm[kind]];
      const named = ofField.map((entry) => meaningOf(kind, side, entry[side]));
      return own.flatMap(({ value, byPerson, at }, index) => {
        const next = own[index + 1];
        if (!byPerson || next === undefined || next.byPerson || next.value === value) return [];
        if (stoodOnOther(other, value, at, next.at) || heldByBoth(own, other, index).has(value)) return [];
        const entry = named.indexOf(value);
        if (entry >= 0) {
          named.splice(entry, 1);
          return [];
        }
        const shown = (all: readonly Written[]): string =>
          all
            .map((one) => `${one.value}${one.byPerson ? '' : '*'} ${new Date(one.at).toISOString().slice(14)}`)
            .join(', ');
        return [
          `${kind} "${value}" of ${side}, replaced by "${next.value}" (* by the service); own ${shown(own)}; other ${shown(other)}`,
        ];
      });
    });
  });
}
