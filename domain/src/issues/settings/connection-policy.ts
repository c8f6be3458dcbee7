import { ResolutionRule } from '../../schema/generated/options';
import type { RecordFacts } from '../facts';
import { type MapGaps, mapGaps } from '../maps/map-gaps';
import { type MapProblem, parseValueMap } from '../maps/parse-value-map';
import { type NamedPriority, proposePriorities } from '../maps/propose-priorities';
import { type JiraStatus, proposeStatuses, type RecordStatus } from '../maps/propose-statuses';
import type { ValueMap } from '../maps/value-map';
import { type ConflictPolicy, DEFAULT_CONFLICTS, type IssuePolicy } from '../policy';

/** What the row of a connection says of issues, as it stands there. */
export interface PolicySettings {
  readonly conflictPolicy: string | null;
  readonly statusMap: string | null;
  readonly priorityMap: string | null;
  readonly resolutionRule: ResolutionRule | null;
}

/** Statuses and priorities of both sides, highest priority first. */
export interface PolicyValues {
  readonly jira: { readonly statuses: readonly JiraStatus[]; readonly priorities: readonly NamedPriority[] };
  /** Of a case; empty where there are no cases. */
  readonly record: { readonly statuses: readonly RecordStatus[]; readonly priorities: readonly NamedPriority[] };
}

/** A setting that cannot be used as it stands. */
export type SettingProblem =
  | ({ readonly setting: 'status' | 'priority' } & MapProblem)
  | { readonly setting: 'conflict'; readonly code: 'not-a-policy'; readonly field: string | null };

/** Settings of a connection about its issues. */
export interface ConnectionPolicy extends Pick<IssuePolicy, 'conflicts' | 'statuses' | 'priorities'> {
  readonly resolutionRule: ResolutionRule;
}

const FIELDS = ['status', 'priority', 'summary', 'label'] as const;
const WINNERS: readonly string[] = ['crm', 'jira', 'ask'] satisfies readonly ConflictPolicy[];

type Conflicts = IssuePolicy['conflicts'];
type ReadConflicts = { readonly conflicts: Conflicts } | { readonly problem: SettingProblem };

/** `{"status": "jira", "label": "merge"}`; what is left out stays as it is by default. */
function readConflicts(text: string | null): ReadConflicts {
  const wrong = (field: string | null): ReadConflicts => ({
    problem: { setting: 'conflict', code: 'not-a-policy', field },
  });
  if (text === null || text.trim() === '') return { conflicts: DEFAULT_CONFLICTS };
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return wrong(null);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return wrong(null);
  const isField = (name: string): name is keyof Conflicts => FIELDS.some((field) => field === name);
  const conflicts: Record<keyof Conflicts, ConflictPolicy> = { ...DEFAULT_CONFLICTS };
  for (const [name, winner] of Object.entries(content)) {
    const isWinner = WINNERS.includes(String(winner)) || (name === 'label' && winner === 'merge');
    if (!isField(name) || !isWinner) return wrong(name);
    conflicts[name] = winner as ConflictPolicy;
  }
  return { conflicts };
}

/** The policy, or all that keeps it from being used. What a map names and a side does not have any more changes nothing. Pure. */
export function connectionPolicy(
  settings: PolicySettings,
  { jira, record }: PolicyValues,
): ConnectionPolicy | { readonly problems: readonly SettingProblem[] } {
  const conflicts = readConflicts(settings.conflictPolicy);
  const maps = {
    status: mapOf(settings.statusMap, () => proposeStatuses(jira.statuses, record.statuses)),
    priority: mapOf(settings.priorityMap, () => proposePriorities(jira.priorities, record.priorities)),
  };
  const problems = [
    ...('problem' in conflicts ? [conflicts.problem] : []),
    ...(['status', 'priority'] as const).flatMap((setting) =>
      'problems' in maps[setting] ? maps[setting].problems.map((problem) => ({ setting, ...problem })) : [],
    ),
  ];
  if ('problem' in conflicts || 'problems' in maps.status || 'problems' in maps.priority) return { problems };
  return {
    conflicts: conflicts.conflicts,
    statuses: maps.status.map,
    priorities: maps.priority.map,
    resolutionRule: settings.resolutionRule ?? ResolutionRule.All,
  };
}

const mapOf = (text: string | null, propose: () => ValueMap): ReturnType<typeof parseValueMap> =>
  text === null || text.trim() === '' ? { map: propose() } : parseValueMap(text);

/** What the maps in force leave out, and what they name that is not there any more: to be told before it is missed. Pure. */
export function policyGaps(
  { statuses, priorities }: Pick<IssuePolicy, 'statuses' | 'priorities'>,
  { jira, record }: PolicyValues,
): Readonly<Record<'status' | 'priority', MapGaps>> {
  const ids = (values: readonly { readonly id: string }[]): string[] => values.map(({ id }) => id);
  // A cancelled case stays cancelled, and its issue as it is.
  const active = record.statuses.filter(({ state }) => state !== 'cancelled').map(({ value }) => value);
  const gaps = mapGaps(statuses, ids(jira.statuses), active);
  const cancelled = record.statuses.filter(({ state }) => state === 'cancelled').map(({ value }) => value);
  return {
    status: { ...gaps, gone: gaps.gone.filter((value) => !cancelled.includes(value)) },
    priority: mapGaps(priorities, ids(jira.priorities), ids(record.priorities)),
  };
}

/** Characters that the title of a record holds as the platform installs it. */
export const titleLengths: Readonly<Record<RecordFacts['table'], number>> = {
  incident: 200,
  opportunity: 300,
  account: 160,
  product: 100,
};
