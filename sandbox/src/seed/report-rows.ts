import { EfficiencyRating, Performance, finalReportId, toDecimal } from '@crmjira/domain';
import { currencies } from './currencies';
import type { MappingShare } from './mapping-share';
import type { ProjectOfOpportunity } from './project-of-opportunity';
import { ref } from './seed-row';
import type { SeedRow } from './seed-row';
import type { BurnDay } from './simulate-work';
import { hours } from './snapshot-rows';

/** English name of the month with the most work, e.g. `March 2025`. */
function peakMonth(history: readonly BurnDay[]): string | null {
  const months = new Map<string, number>();
  history.forEach(({ day, seconds }, index) => {
    const month = day.slice(0, 7);
    months.set(month, (months.get(month) ?? 0) + seconds - (history[index - 1]?.seconds ?? 0));
  });
  const [peak] = [...months].sort(([, left], [, right]) => right - left);
  if (!peak) return null;
  return new Date(`${peak[0]}-01T00:00:00Z`).toLocaleString('en-US', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** The final report of a completed project; the scenarios complete below their budget only. */
export function reportRows(
  { opportunity, scenario, work, jira }: ProjectOfOpportunity,
  share: MappingShare,
): SeedRow[] {
  const last = work.history.at(-1);
  if (scenario.state !== 'completed' || !last) return [];
  const approved = toDecimal(share.approved);
  const actual = last.spent / 100;
  const days = Math.round((Date.parse(share.syncedOn.slice(0, 10)) - Date.parse(work.startDay)) / 86_400_000);
  return [
    {
      table: 'crmjira_final_report',
      row: {
        crmjira_final_reportid: finalReportId(share.id),
        crmjira_name: jira.reference,
        ...share.ofMapping,
        ...share.owner,
        'transactioncurrencyid@odata.bind': ref('transactioncurrency', currencies[opportunity.currency].id),
        createdon: share.syncedOn,
        crmjira_project_name: opportunity.name,
        crmjira_project_key: jira.key,
        crmjira_duration_days: days,
        crmjira_approved: approved,
        crmjira_actual: actual,
        crmjira_variance: actual - approved,
        crmjira_variance_percentage: Math.round(((actual - approved) / approved) * 1000) / 10,
        crmjira_performance: Performance.UnderBudget,
        crmjira_total_hours: hours(last.seconds),
        crmjira_average_hourly_rate: Math.round((actual / hours(last.seconds)) * 100) / 100,
        crmjira_avg_daily_hours: Math.round((hours(last.seconds) / days) * 10) / 10,
        crmjira_peak_month: peakMonth(work.history),
        crmjira_efficiency_rating: EfficiencyRating.Excellent,
        crmjira_completion_date: share.syncedOn,
        crmjira_generated_on: share.syncedOn,
      },
    },
  ];
}
