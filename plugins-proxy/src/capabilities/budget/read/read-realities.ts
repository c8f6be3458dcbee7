import { type CrmFacts, type MappingFacts, ProvisioningState, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { equalsId } from '../../../clients/dataverse/filter';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import { guid, instant, optionalText } from '../../../clients/dataverse/columns';

const announcedRow = z.object({
  crmjira_budget_mappingid: guid,
  createdon: instant,
  // Dataverse counts it up with every write, over all rows.
  versionnumber: z.number(),
  crmjira_jira_project_id: optionalText,
});
const dayRow = z.object({ crmjira_snapshot_date: z.string().transform((value) => value.slice(0, 10)) });
/** R-2305: projects within an hour. */
const windowMs = 3_600_000;
/** Rows that are written at the same time may be dated so much apart, in milliseconds. */
const skewMs = 5_000;

/** Whether it was decided before that this project may be created, or waits: then nobody needs to count. */
function isJudged(mapping: MappingFacts): boolean {
  return (
    mapping.projectId !== null || mapping.heldOn !== null || mapping.provisioningState === ProvisioningState.Linked
  );
}

/**
 * Projects of the connection that were announced within the hour before this one; those that were held back, and those that were
 * linked and not created, do not count (R-2305). The order is that of the writes in Dataverse and not of their dates, which are whole
 * seconds: of announcements made at the same time by several workers, each counts those before it.
 */
async function countEarlier(client: DataverseReader, mapping: MappingFacts, connectionId: string): Promise<number> {
  const { entitySet } = tables.crmjira_budget_mapping;
  const select = Object.keys(announcedRow.shape);
  const own = await client.one(entitySet, mapping.id, select, announcedRow);
  if (own === null) return 0;
  const at = Date.parse(own.createdon);
  const [from, until] = [at - windowMs, at + skewMs].map((time) => new Date(time).toISOString());
  const rows = await client.many(
    entitySet,
    {
      select,
      filter: [
        equalsId('_crmjira_integration_id_value', connectionId),
        `createdon gt ${from} and createdon le ${until}`,
        '(crmjira_held_on eq null or crmjira_released_on ne null)',
        'crmjira_history_from eq null',
      ].join(' and '),
    },
    announcedRow,
  );
  return rows.filter(
    (row) =>
      row.crmjira_budget_mappingid !== own.crmjira_budget_mappingid &&
      (row.crmjira_jira_project_id !== null || row.versionnumber < own.versionnumber),
  ).length;
}

/** Day of the oldest snapshot: how far the back-filled history reaches (R-2303). */
async function readOldestDay(client: DataverseReader, mappingId: string): Promise<string | null> {
  const rows = await client.many(
    tables.crmjira_budget_snapshot.entitySet,
    {
      select: Object.keys(dayRow.shape),
      filter: equalsId('_crmjira_budget_mapping_id_value', mappingId),
      orderBy: ['crmjira_snapshot_date asc'],
      top: 1,
    },
    dayRow,
  );
  return rows[0]?.crmjira_snapshot_date ?? null;
}

/** What the operational realities need to know (R-2302, R-2303, R-2305); each is asked only where it matters. */
export async function readRealities(
  client: DataverseReader,
  environmentSettings: EnvironmentSettings,
  mapping: MappingFacts | null,
  connectionId: string,
): Promise<Pick<CrmFacts, 'connectionOrganizationId' | 'earlierProvisionings' | 'oldestSnapshotDay'>> {
  const [connectionOrganizationId, earlierProvisionings, oldestSnapshotDay] = await Promise.all([
    environmentSettings.connectionOrganizationId(connectionId),
    mapping === null || isJudged(mapping) ? 0 : countEarlier(client, mapping, connectionId),
    mapping === null || mapping.historyFrom === null ? null : readOldestDay(client, mapping.id),
  ]);
  return { connectionOrganizationId, earlierProvisionings, oldestSnapshotDay };
}
