import type { Instant } from '../facts';
import { rowOfJira, type ValueMap } from '../maps/value-map';
import type { DoneChange, ResolvingLink } from './facts';

/** A change of an issue's status, as its changelog has it. */
export interface StatusChange {
  readonly entry: number;
  readonly on: Instant;
  readonly by: string | null;
  /** Ids of the statuses. */
  readonly from: string | null;
  readonly to: string | null;
}

export interface DoneRules {
  readonly statuses: ValueMap;
  /** Statuses of the category Done. */
  readonly done: ReadonlySet<string>;
}

/** What the map says of a status, else its category. */
const isDone = (status: string | null, { statuses, done }: DoneRules): boolean => {
  const row = rowOfJira(statuses, status);
  return row === undefined ? status !== null && done.has(status) : row.resolves === true;
};

/**
 * How an issue came to be done or open since it was linked. Pure.
 * @param statusId status as it stands
 * @param since newest entry when it was linked
 * @param resolution as it stands
 */
export function doneChanges(
  changes: readonly StatusChange[],
  {
    statusId,
    since,
    resolution,
  }: { readonly statusId: string; readonly since: number; readonly resolution: string | null },
  rules: DoneRules,
): Pick<ResolvingLink, 'doneWhenLinked' | 'changes'> {
  const later = changes.filter(({ entry }) => entry > since).sort((one, other) => one.entry - other.entry);
  const [first] = later;
  const atLink = first === undefined ? statusId : first.from;
  const crossing = later.filter(({ from, to }) => isDone(from, rules) !== isDone(to, rules));
  const last = crossing.at(-1);
  return {
    doneWhenLinked: isDone(atLink, rules),
    changes: crossing.map((change): DoneChange => {
      const done = isDone(change.to, rules);
      return {
        entry: change.entry,
        on: change.on,
        done,
        by: change.by,
        resolution: done && change === last ? resolution : null,
      };
    }),
  };
}
