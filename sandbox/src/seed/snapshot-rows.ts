import { snapshotId, toDecimal } from '@crmjira/domain';
import type { MappingShare } from './mapping-share';
import type { ProjectOfOpportunity } from './project-of-opportunity';
import type { SeedRow } from './seed-row';
import type { BurnDay } from './simulate-work';
import { at } from './work-days';

/** Hours with two decimals, as the columns keep them. */
export const hours = (seconds: number): number => Math.round(seconds / 36) / 100;

/** The burn history: one row for the day the project was made and one for each day on which work was logged. */
export function snapshotRows({ work, jira }: ProjectOfOpportunity, share: MappingShare): SeedRow[] {
  const estimate = work.issues.reduce((sum, issue) => sum + issue.estimate, 0);
  const first: BurnDay = { day: work.startDay, spent: 0, seconds: 0, remainingEstimate: estimate, doneFraction: 0 };
  return [first, ...work.history.filter(({ day }) => day !== work.startDay)].map((burn) => ({
    table: 'crmjira_budget_snapshot',
    row: {
      crmjira_budget_snapshotid: snapshotId(share.id, burn.day),
      crmjira_name: `${jira.reference} ${burn.day}`,
      ...share.ofMapping,
      ...share.currency,
      ...share.owner,
      createdon: at(burn.day, 22),
      crmjira_snapshot_date: burn.day,
      crmjira_spent_amount: burn.spent / 100,
      crmjira_approved_budget: toDecimal(share.approved),
      crmjira_total_hours: hours(burn.seconds),
      crmjira_remaining_estimate_hours: hours(burn.remainingEstimate),
      crmjira_done_fraction: Math.round(burn.doneFraction * 10_000) / 10_000,
    },
  }));
}
