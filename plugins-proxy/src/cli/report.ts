import {
  EfficiencyRating,
  efficiencyRatingLabels,
  type Money,
  moneyFromDecimal,
  moneyText,
  Performance,
  percentText,
  performanceLabels,
  tables,
  toDecimal,
} from '@crmjira/domain';
import { Option } from 'commander';
import { z } from 'zod';
import { equalsId } from '../clients/dataverse/filter';
import {
  choice,
  optionalGuid,
  optionalInstant,
  optionalMoney,
  optionalNumber,
  optionalText,
} from '../clients/dataverse/columns';
import { IntegrationError } from '../platform/errors/integration-error';
import { type AddCommand, recordId } from './command';
import { exitCodes } from './exit-codes';
import { type Session, withSession } from './session';

const mappingRow = z.object({ crmjira_budget_mappingid: z.guid() });
const reportRow = z.object({
  crmjira_project_key: optionalText,
  crmjira_project_name: optionalText,
  crmjira_completion_date: optionalInstant,
  crmjira_duration_days: optionalNumber,
  crmjira_approved: z.number(),
  crmjira_actual: z.number(),
  crmjira_variance: z.number(),
  crmjira_variance_percentage: optionalNumber,
  crmjira_performance: choice(Performance).nullish(),
  crmjira_total_hours: optionalNumber,
  crmjira_average_hourly_rate: optionalNumber,
  crmjira_avg_daily_hours: optionalNumber,
  crmjira_peak_month: optionalText,
  crmjira_efficiency_rating: choice(EfficiencyRating).nullish(),
  crmjira_generated_on: optionalInstant,
  _transactioncurrencyid_value: optionalGuid,
});
type ReportRow = z.output<typeof reportRow>;

/** The stored final report of an opportunity. @throws IntegrationError `no-final-report` */
async function readReport(
  session: Session,
  id: string,
): Promise<{ readonly row: ReportRow; readonly currency: string }> {
  const { dataverse, environmentSettings } = session;
  const mappings = await dataverse.many(
    tables.crmjira_budget_mapping.entitySet,
    { select: Object.keys(mappingRow.shape), filter: equalsId('_crmjira_opportunity_id_value', id), top: 1 },
    mappingRow,
  );
  const mapping = mappings[0]?.crmjira_budget_mappingid;
  const rows =
    mapping === undefined
      ? []
      : await dataverse.many(
          tables.crmjira_final_report.entitySet,
          {
            select: Object.keys(reportRow.shape),
            filter: equalsId('_crmjira_budget_mapping_id_value', mapping),
            top: 1,
          },
          reportRow,
        );
  const row = rows[0];
  if (row === undefined)
    throw new IntegrationError(
      mapping === undefined
        ? 'This opportunity is not linked to a Jira project.'
        : 'This project has no final report yet: it is written when the project is completed.',
      { code: 'no-final-report', errorClass: 'permanent' },
    );
  const [currencies, { policy }] = await Promise.all([
    environmentSettings.currencies(),
    environmentSettings.settings(),
  ]);
  const currencyId = row._transactioncurrencyid_value;
  return { row, currency: currencyId === null ? policy.defaultCurrency : currencies.codeOf(currencyId) };
}

/** Figures as numbers and codes, for other programs. */
function toJson(row: ReportRow, currency: string) {
  const amount = (value: number): number => toDecimal(moneyFromDecimal(value, currency));
  return {
    projectKey: row.crmjira_project_key,
    projectName: row.crmjira_project_name,
    completedOn: row.crmjira_completion_date,
    durationDays: row.crmjira_duration_days,
    currency,
    approved: amount(row.crmjira_approved),
    actual: amount(row.crmjira_actual),
    variance: amount(row.crmjira_variance),
    variancePercentage: row.crmjira_variance_percentage,
    performance: row.crmjira_performance == null ? null : performanceLabels[row.crmjira_performance][1033],
    totalHours: row.crmjira_total_hours,
    averageHourlyRate: row.crmjira_average_hourly_rate,
    averageDailyHours: row.crmjira_avg_daily_hours,
    peakMonth: row.crmjira_peak_month,
    efficiencyRating:
      row.crmjira_efficiency_rating == null ? null : efficiencyRatingLabels[row.crmjira_efficiency_rating][1033],
    generatedOn: row.crmjira_generated_on,
  };
}

function toLines(row: ReportRow, currency: string): readonly string[] {
  const report = toJson(row, currency);
  const amount = (value: number): Money => moneyFromDecimal(value, currency);
  const rate = optionalMoney(report.averageHourlyRate, currency);
  const percentage = report.variancePercentage === null ? '' : ` (${percentText(report.variancePercentage)})`;
  const facts: readonly (readonly [string, string | null])[] = [
    ['Project', `${report.projectKey ?? ''} ${report.projectName ?? ''}`.trim()],
    ['Completed', report.completedOn?.slice(0, 10) ?? null],
    ['Duration', report.durationDays === null ? null : `${report.durationDays} days`],
    ['Approved', moneyText(amount(report.approved))],
    ['Actual', moneyText(amount(report.actual))],
    ['Variance', `${moneyText(amount(report.variance))}${percentage}`],
    ['Performance', report.performance],
    ['Hours', report.totalHours === null ? null : String(report.totalHours)],
    ['Average rate', rate === null ? null : `${moneyText(rate)} an hour`],
    ['Hours a day', report.averageDailyHours === null ? null : String(report.averageDailyHours)],
    ['Peak month', report.peakMonth],
    ['Efficiency', report.efficiencyRating],
  ];
  return facts.map(([name, text]) => `${name.padEnd(13)} ${text ?? '–'}`);
}

/** `crmjira report`: the final report of a completed project as Dynamics keeps it. */
export const addReport: AddCommand = (program, run) => {
  const command = program
    .command('report')
    .summary('print the final report of a completed project')
    .description('Print the final report of a completed project, with the figures that Dynamics keeps.')
    .addOption(new Option('--opportunity <id>', 'GUID of the opportunity').argParser(recordId).makeOptionMandatory());
  run<{ readonly opportunity: string }>(command, (terminal, options) =>
    withSession(terminal, async (session) => {
      const { row, currency } = await readReport(session, options.opportunity);
      return { exitCode: exitCodes.done, json: toJson(row, currency), lines: toLines(row, currency) };
    }),
  );
};
