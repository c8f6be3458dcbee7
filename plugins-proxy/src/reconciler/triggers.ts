import { derivedId, entryOf } from '@crmjira/domain';
import type { JiraPayload } from '../clients/jira/wire/jira-payload';
import type { SettledVersions } from './settled-versions';

/** A webhook step on a table. Stage 10 PreValidation, 40 PostOperation; mode 0 synchronous, 1 asynchronous. */
export interface Step {
  readonly table: string;
  readonly message: 'Create' | 'Update' | 'Delete';
  readonly endpoint: 'async' | 'sync';
  /** Columns of an update; left out: any column. */
  readonly columns?: readonly string[];
  /** Of a table that an environment need not have: there it is left out. */
  readonly isOptional?: boolean;
}

/** Fixed ids, so that registering again updates the same rows. */
export const endpointId = (endpoint: Step['endpoint']): string => derivedId('register', 'service-endpoint', endpoint);
export const stepId = (step: Step): string => derivedId('register', 'step', step.table, step.message, step.endpoint);

/** A table that is followed by change tracking, and what a changed row asks for. */
export interface TrackedTable {
  readonly name: string;
  readonly collection: string;
  readonly select: readonly string[];
  /** Keys of a changed row; none when it concerns nobody. */
  keysOf(row: unknown): readonly string[];
  /** Keys of a row that is there when the table is read for the first time; none to leave it alone. */
  keysAtStart(row: unknown): readonly string[];
  /** Whether a run has ended with the row as it is now. */
  isSettled?(row: unknown, settled: Pick<SettledVersions, 'covers'>): boolean;
  /** Keys of a deleted row. */
  keysOfDeleted(id: string): readonly string[];
  /** An environment need not have it: there it is left alone. */
  readonly isOptional?: boolean;
}

/** Which events name which jobs. A capability gives its own; an event may name jobs of several. */
export interface Triggers {
  readonly steps: readonly Step[];
  /** Keys of the jobs that a change of a row of this table starts, where a step tells of it. */
  readonly keysOfStep: Readonly<Record<string, (id: string) => readonly string[]>>;
  /** @param inbound whether steps reach the service beside the tracking */
  tracked(inbound: 'direct' | 'none'): readonly TrackedTable[];
  /** Jobs that an event of a connected Jira names; null: it is none of this capability's. Pure: what must be looked up, a job looks up. */
  keysOfJiraEvent(event: string, payload: JiraPayload, connectionId: string): readonly string[] | null;
  /** Jobs of an error that a connected monitor tells of; left out: none. */
  keysOfMonitoredError?(errorId: string, connectionId: string): readonly string[];
}

/** Those of all capabilities together. */
export type MergedTriggers = Required<Triggers>;

const unique = <T>(all: readonly T[]): T[] => [...new Set(all)];

/** Steps of the same table, message and endpoint are one step with the columns of all. */
function mergeSteps(steps: readonly Step[]): readonly Step[] {
  const merged = new Map<string, Step>();
  for (const step of steps) {
    const id = stepId(step);
    const { columns: known } = merged.get(id) ?? step;
    const { columns, ...rest } = step;
    const all = known === undefined || columns === undefined ? {} : { columns: unique([...known, ...columns]) };
    merged.set(id, { ...rest, ...all });
  }
  return [...merged.values()];
}

/** A table that several follow has one cursor: each row is shown to all of them. */
function mergeTracked(tables: readonly TrackedTable[]): readonly TrackedTable[] {
  return unique(tables.map(({ name }) => name)).map((name): TrackedTable => {
    const of = tables.filter((table) => table.name === name);
    const [first] = of;
    if (of.length === 1 || first === undefined) return first!;
    return {
      name,
      collection: first.collection,
      select: unique(of.flatMap(({ select }) => select)),
      keysOf: (row) => of.flatMap((table) => table.keysOf(row)),
      keysAtStart: (row) => of.flatMap((table) => table.keysAtStart(row)),
      // Only where all of them have seen it.
      isSettled: (row, settled) => of.every((table) => table.isSettled?.(row, settled) === true),
      keysOfDeleted: (id) => of.flatMap((table) => table.keysOfDeleted(id)),
      isOptional: of.every((table) => table.isOptional === true),
    };
  });
}

/** The triggers of several capabilities as one: a table whose steps several of them answer names the jobs of all. */
export function mergeTriggers(all: readonly Triggers[]): MergedTriggers {
  const keysOfStep: Record<string, (id: string) => readonly string[]> = {};
  for (const [table, keysOf] of all.flatMap((one) => Object.entries(one.keysOfStep))) {
    const others = entryOf(keysOfStep, table);
    keysOfStep[table] = others === undefined ? keysOf : (id) => unique([...others(id), ...keysOf(id)]);
  }
  return {
    // Only when asked for: an event that comes in needs none of them.
    get steps() {
      return mergeSteps(all.flatMap(({ steps }) => steps));
    },
    keysOfStep,
    tracked: (inbound) => mergeTracked(all.flatMap((one) => one.tracked(inbound))),
    keysOfJiraEvent: (event, payload, connectionId) => {
      const named = all.map((one) => one.keysOfJiraEvent(event, payload, connectionId)).filter((keys) => keys !== null);
      return named.length === 0 ? null : unique(named.flat());
    },
    keysOfMonitoredError: (errorId, connectionId) =>
      unique(all.flatMap((one) => one.keysOfMonitoredError?.(errorId, connectionId) ?? [])),
  };
}
