import type { CoveredTime, SeenWorklog, StoredTimeRecord } from './facts';
import type { Instant } from './work';

/** A change of one worklog's duration, as its issue's history tells: how much time came to the issue, or went. */
export interface WorklogStep {
  readonly id: number;
  readonly by: string | null;
  readonly on: Instant;
  readonly seconds: number;
}

/** The write of ours whose place in the history is not accounted for; null: there is none. */
export function unaccountedWrite({ base }: StoredTimeRecord, { mark }: Pick<SeenWorklog, 'mark'>): string | null {
  return mark !== null && base !== null && mark.version > base.version ? String(mark.version) : null;
}

/**
 * Somebody's duration that our last write to a worklog covered: what stood right before it, unless both sides knew that. Pure.
 * @param steps oldest first
 */
export function coveredByWrite(
  steps: readonly WorklogStep[],
  { base, entered }: StoredTimeRecord,
  worklog: Pick<SeenWorklog, 'mark' | 'work'>,
): CoveredTime | null {
  const { mark } = worklog;
  if (mark === null || base === null || entered === String(mark.version)) return null;
  let after = worklog.work.seconds;
  for (let at = steps.length - 1; at >= 0; at -= 1) {
    const before = after - steps[at]!.seconds;
    if (after === mark.wrote.seconds) {
      const isKnown = [after, base.jira.seconds, base.crm.seconds].includes(before);
      const whose = steps[at - 1];
      return isKnown
        ? null
        : { of: String(mark.version), seconds: before, by: whose?.by ?? null, on: whose?.on ?? null };
    }
    after = before;
  }
  return null;
}

/** Somebody's duration that went with a worklog that was removed because another issue was chosen. Pure. */
export function coveredByRemoval(
  steps: readonly WorklogStep[],
  { left, entered }: StoredTimeRecord,
): CoveredTime | null {
  const last = steps.at(-1);
  const of = `left ${left?.worklogId ?? ''}`;
  if (left === null || last === undefined || entered === of || last.seconds >= 0) return null;
  const whose = steps.at(-2);
  return -last.seconds === left.work.seconds
    ? null
    : { of, seconds: -last.seconds, by: whose?.by ?? null, on: whose?.on ?? null };
}
