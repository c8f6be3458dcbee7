import { type CrmFacts, type MappingFacts, moneyFromDecimal, opportunityCloseId, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { equalsId } from '../../../clients/dataverse/filter';

const reportRow = z.object({
  crmjira_actual: z.number(),
  crmjira_approved: z.number(),
  crmjira_total_hours: z.number(),
});

/** Report and close activity of a completed project; nothing is asked for the others. */
export async function readCompletion(
  client: DataverseReader,
  mapping: MappingFacts | null,
): Promise<Pick<CrmFacts, 'finalReport' | 'closeActivityExists'>> {
  if (mapping?.completedOn == null) return { finalReport: null, closeActivityExists: false };
  const { currency } = mapping.approved;
  const closeId = opportunityCloseId(mapping.id, mapping.completedOn);
  const [reports, close] = await Promise.all([
    client.many(
      tables.crmjira_final_report.entitySet,
      {
        select: Object.keys(reportRow.shape),
        filter: equalsId('_crmjira_budget_mapping_id_value', mapping.id),
        top: 1,
      },
      reportRow,
    ),
    client.one(tables.opportunityclose.entitySet, closeId, ['activityid'], z.unknown()),
  ]);
  const report = reports[0];
  return {
    finalReport:
      report === undefined
        ? null
        : {
            actual: moneyFromDecimal(report.crmjira_actual, currency),
            approved: moneyFromDecimal(report.crmjira_approved, currency),
            totalHours: report.crmjira_total_hours,
          },
    closeActivityExists: close !== null,
  };
}
