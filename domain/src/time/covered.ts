import type { CoveredTime, SeenWorklog, StoredTimeRecord } from './facts';
import { type Instant, sameWork, type Work } from './work';

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

/** By so many seconds a site that rounds may change a duration. */
const mostRounded = 3_600;
const isNear = (one: number, other: number): boolean => Math.abs(one - other) < mostRounded;

interface Written {
  /** Place among the steps. */
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** The step that our last write has made; null: the history does not tell it. */
function stepOfWrite(steps: readonly WorklogStep[], wrote: number, stands: number, base: number): Written | null {
  const newestFirst: Written[] = [];
  let after = stands;
  for (let at = steps.length - 1; at >= 0; at -= 1) {
    const before = after - steps[at]!.seconds;
    newestFirst.push({ at, before, after });
    after = before;
  }
  const exact = newestFirst.find((one) => one.after === wrote);
  // A site that rounds: what is near comes from the write, as long as what it changed was not near already.
  const isRounding = (one: Written): boolean =>
    isNear(one.after, wrote) && (one.before === base || !isNear(one.before, wrote));
  return exact ?? newestFirst.find(isRounding) ?? null;
}

/**
 * Somebody's duration that our last write to a worklog covered: what stood right before it, unless both sides knew that. Pure.
 * @param steps oldest first
 */
export function coveredByWrite(
  steps: readonly WorklogStep[],
  { base, entered }: StoredTimeRecord,
  { mark, work }: Pick<SeenWorklog, 'mark' | 'work'>,
): CoveredTime | null {
  if (mark === null || base === null || entered === String(mark.version)) return null;
  const written = stepOfWrite(steps, mark.wrote.seconds, work.seconds, base.jira.seconds);
  if (written === null || [written.after, base.jira.seconds, base.crm.seconds].includes(written.before)) return null;
  const whose = steps[written.at - 1];
  return { of: String(mark.version), seconds: written.before, by: whose?.by ?? null, on: whose?.on ?? null };
}

/** What Jira made of our last write, whose answer was lost: a site that rounds, and nobody since. Null: it is not told. Pure. */
export function keptOfWrite(
  steps: readonly WorklogStep[],
  { base }: StoredTimeRecord,
  { mark, work }: Pick<SeenWorklog, 'mark' | 'work'>,
): Work | null {
  if (mark === null || base === null || !sameWork({ ...work, seconds: mark.wrote.seconds }, mark.wrote)) return null;
  const written = stepOfWrite(steps, mark.wrote.seconds, work.seconds, base.jira.seconds);
  return written?.at === steps.length - 1 ? work : null;
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
