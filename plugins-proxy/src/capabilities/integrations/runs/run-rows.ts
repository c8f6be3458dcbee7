import { Direction, type EnteredMapping, ErrorClass, type PastRun, SyncStatus, tables } from '@crmjira/domain';
import { z } from 'zod';
import { choice, instant, optionalFlag, optionalText } from '../../../clients/dataverse/columns';
import { equalsId } from '../../../clients/dataverse/filter';
import type { DataverseReader } from '../../../clients/dataverse/reader';

const runRow = z.object({
  crmjira_started_on: instant,
  crmjira_finished_on: instant,
  crmjira_status: choice(SyncStatus),
  crmjira_error_class: choice(ErrorClass).nullish(),
});
/** As many as there are repeats, and one. */
const lookedAt = 6;

/** The last runs of an integration that were no dry runs, the newest first. */
export async function readPastRuns(client: Pick<DataverseReader, 'many'>, id: string): Promise<readonly PastRun[]> {
  const rows = await client.many(
    tables.crmjira_sync_log.entitySet,
    {
      select: Object.keys(runRow.shape),
      filter: `${equalsId('_crmjira_integration_id_value', id)} and crmjira_is_dry_run eq false and crmjira_finished_on ne null`,
      orderBy: ['crmjira_started_on desc'],
      top: lookedAt,
    },
    runRow,
  );
  return rows.map((row) => ({
    startedOn: new Date(row.crmjira_started_on),
    finishedOn: new Date(row.crmjira_finished_on),
    succeeded: row.crmjira_status === SyncStatus.Success,
    errorClass: row.crmjira_error_class ?? null,
  }));
}

const mappingRow = z
  .object({
    crmjira_direction: choice(Direction),
    crmjira_source_table: optionalText,
    crmjira_source_field: optionalText,
    crmjira_target_object: optionalText,
    crmjira_target_field: optionalText,
    crmjira_transform: optionalText,
    crmjira_is_key: optionalFlag,
  })
  .transform((row): EnteredMapping => ({
    direction: row.crmjira_direction,
    sourceTable: row.crmjira_source_table ?? '',
    sourceField: row.crmjira_source_field ?? '',
    targetObject: row.crmjira_target_object ?? '',
    targetField: row.crmjira_target_field ?? '',
    transform: row.crmjira_transform,
    isKey: row.crmjira_is_key === true,
  }));
const mappingColumns = [
  'crmjira_direction',
  'crmjira_source_table',
  'crmjira_source_field',
  'crmjira_target_object',
  'crmjira_target_field',
  'crmjira_transform',
  'crmjira_is_key',
];

/** Field mappings of an integration, in their order. */
export const readMappings = (client: Pick<DataverseReader, 'many'>, id: string): Promise<readonly EnteredMapping[]> =>
  client.many(
    tables.crmjira_integration_mapping.entitySet,
    {
      select: mappingColumns,
      filter: equalsId('_crmjira_integration_id_value', id),
      orderBy: ['crmjira_sequence asc'],
    },
    mappingRow,
  );
