import type { BudgetFacts, Unusable } from '@crmjira/domain';
import { isDone } from '../../../../clients/jira/read-issues';
import type { IssueAnswer } from '../../../../clients/jira/wire/answers';

/** Most that one issue may be estimated at, in seconds: a hundred years of work. */
const longestEstimate = 100 * 366 * 86_400;

const isEstimate = (seconds: number): boolean => seconds >= 0 && seconds <= longestEstimate;

/**
 * How much of the estimated work is done (ADR-10: done estimate ÷ total estimate). Of an open issue that part of its
 * original estimate counts as done that its remaining estimate no longer holds. Whoever may edit an issue may estimate it at 2^53 seconds:
 * such an issue does not count (F-304). Pure; nulls when no issue carries an estimate.
 */
export function estimateWork(
  issues: readonly IssueAnswer[],
): Pick<BudgetFacts, 'remainingEstimateHours' | 'doneFraction'> & { readonly unusable: readonly Unusable[] } {
  const unusable: Unusable[] = [];
  let total = 0;
  let done = 0;
  let remaining = 0;
  for (const issue of issues) {
    const original = issue.fields.timeoriginalestimate ?? 0;
    if (original === 0) continue;
    const left = isDone(issue) ? 0 : (issue.fields.timeestimate ?? original);
    if (!isEstimate(original) || !isEstimate(left)) {
      unusable.push({ of: issue.id, why: 'estimate' });
      continue;
    }
    total += original;
    remaining += left;
    done += Math.max(0, original - left);
  }
  if (total === 0) return { remainingEstimateHours: null, doneFraction: null, unusable };
  return { remainingEstimateHours: remaining / 3600, doneFraction: done / total, unusable };
}
