import type { BudgetFacts } from '@crmjira/domain';
import { isDone } from '../../jira/read-issues';
import type { IssueAnswer } from '../../jira/wire/answers';

/**
 * How much of the estimated work is done (UX.md "Forecast": done estimate ÷ total estimate). Of an open issue that part of its
 * original estimate counts as done that its remaining estimate no longer holds. Pure; nulls when no issue carries an estimate.
 */
export function estimateWork(
  issues: readonly IssueAnswer[],
): Pick<BudgetFacts, 'remainingEstimateHours' | 'doneFraction'> {
  let total = 0;
  let done = 0;
  let remaining = 0;
  for (const issue of issues) {
    const original = issue.fields.timeoriginalestimate ?? 0;
    if (original <= 0) continue;
    const left = isDone(issue) ? 0 : (issue.fields.timeestimate ?? original);
    total += original;
    remaining += left;
    done += Math.max(0, original - left);
  }
  if (total === 0) return { remainingEstimateHours: null, doneFraction: null };
  return { remainingEstimateHours: remaining / 3600, doneFraction: done / total };
}
