import { IntegrationStatus, OperationType, tables } from '@crmjira/domain';
import { z } from 'zod';
import { quoted } from '../../../clients/dataverse/filter';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { choice, instant } from '../../../clients/dataverse/columns';

const logRow = z.object({ crmjira_operation_type: choice(OperationType), createdon: instant });

/** Rows looked at: the newest link and the newest deletion stand among the newest few. */
const newest = 10;

/**
 * Whether the log tells of the deletion of this opportunity's mapping since a project was last linked (R-1232). Rows that have gone to
 * the archive are not looked at.
 */
export async function isDeletionLogged(client: DataverseReader, opportunityId: string): Promise<boolean> {
  const operations = [OperationType.Create, OperationType.Delete].map((type) => `crmjira_operation_type eq ${type}`);
  const rows = await client.many(
    tables.crmjira_integration_log.entitySet,
    {
      select: Object.keys(logRow.shape),
      filter: [
        `crmjira_source_record_id eq ${quoted(opportunityId)}`,
        `crmjira_integration_status eq ${IntegrationStatus.Success}`,
        `(${operations.join(' or ')})`,
      ].join(' and '),
      orderBy: ['createdon desc'],
      top: newest,
    },
    logRow,
  );
  const linkedOn = rows.find((row) => row.crmjira_operation_type === OperationType.Create)?.createdon ?? '';
  return rows.some((row) => row.crmjira_operation_type === OperationType.Delete && row.createdon >= linkedOn);
}
