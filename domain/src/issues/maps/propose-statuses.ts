import type { ValueMap, ValueMapRow } from './value-map';

export interface JiraStatus {
  readonly id: string;
  readonly name: string;
  readonly category: 'new' | 'indeterminate' | 'done' | 'undefined';
}

export interface RecordStatus {
  readonly value: string;
  /** In each language of the environment. */
  readonly labels: readonly string[];
  readonly state: 'active' | 'resolved' | 'cancelled';
}

/** Words that name a wait, in names of statuses on both sides. */
const KINDS: readonly RegExp[] = [
  /\b(hold|block|pause|suspend)|bloqu|pause|suspen/i,
  /\b(wait|pending|need.* info|details)|attente|précisions|détails/i,
  /\b(review|research|investigat|analy)|recherche|analyse|examen|révision/i,
];

const kindOf = (names: readonly string[]): number => KINDS.findIndex((kind) => names.some((name) => kind.test(name)));
const plain = (name: string): string => name.trim().toLowerCase();

/**
 * A map to begin with: the same name, else the same kind of wait, else the category. Statuses of several workflows share rows;
 * what a person confirms is what counts.
 */
export function proposeStatuses(jira: readonly JiraStatus[], crm: readonly RecordStatus[]): ValueMap {
  const active = crm.filter(({ state }) => state === 'active');
  const resolved = crm.filter(({ state }) => state === 'resolved');
  const [usual] = active;
  const rows = new Map<RecordStatus, JiraStatus[]>();
  for (const status of jira) {
    const target = status.category === 'done' ? resolved[0] : targetOf(status, active, usual);
    if (target !== undefined) rows.set(target, [...(rows.get(target) ?? []), status]);
  }
  return {
    rows: crm.flatMap((status): ValueMapRow[] => {
      const statuses = rows.get(status) ?? [];
      // The record's status as it usually is stands for work under way, not for what nobody has begun.
      const [first, ...others] = [...statuses].sort((one, other) => rank(one) - rank(other)).map(({ id }) => id);
      if (first === undefined) return [];
      const isResolved = status.state === 'resolved';
      return [
        {
          crm: isResolved ? [status.value, ...resolved.slice(1).map(({ value }) => value)] : [status.value],
          jira: [first, ...others],
          ...(isResolved ? { resolves: true } : {}),
        },
      ];
    }),
  };
}

const rank = ({ category }: JiraStatus): number => (category === 'new' ? 1 : 0);

function targetOf(
  { name }: JiraStatus,
  active: readonly RecordStatus[],
  usual: RecordStatus | undefined,
): RecordStatus | undefined {
  const same = active.find(({ labels }) => labels.some((label) => plain(label) === plain(name)));
  const kind = kindOf([name]);
  return same ?? (kind < 0 ? undefined : active.find(({ labels }) => kindOf(labels) === kind)) ?? usual;
}
