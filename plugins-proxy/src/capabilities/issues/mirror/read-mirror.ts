import { SyncStatus, tables } from '@crmjira/domain';
import { z } from 'zod';
import { optionalInstant, optionalNumber } from '../../../clients/dataverse/columns';
import { equalsId, quoted } from '../../../clients/dataverse/filter';
import { mirrorRow, type MirrorRow, mirrorSelect } from './mirror-columns';
import type { RunDataverse } from './run-cost';
import type { EndedRun } from '../../../reconciler/sync-log';

type Reader = Pick<RunDataverse, 'many'>;

const byIssue = (rows: readonly MirrorRow[]): ReadonlyMap<string, MirrorRow> =>
  new Map(rows.map((row) => [row.issueId, row]));

const issues = tables.crmjira_jira_issue.entitySet;

/** Rows of some issues of a connection, by their ids in Jira. @param ids at least one, at most a page of a search */
export async function readMirrorOf(
  dataverse: Reader,
  connectionId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MirrorRow>> {
  const named = ids.map((id) => `crmjira_issue_id eq ${quoted(id)}`).join(' or ');
  const filter = `${equalsId('_crmjira_integration_id_value', connectionId)} and (${named})`;
  return byIssue(await dataverse.many(issues, { select: mirrorSelect, filter }, mirrorRow));
}

/** Rows of all issues of a project. @param projectRowId of `crmjira_jira_project` */
export async function readMirrorOfProject(
  dataverse: Reader,
  projectRowId: string,
): Promise<ReadonlyMap<string, MirrorRow>> {
  const filter = equalsId('_crmjira_project_value', projectRowId);
  return byIssue(await dataverse.many(issues, { select: mirrorSelect, filter }, mirrorRow));
}

/** How a connection is mirrored, as its row says. */
export interface MirrorSettings {
  readonly intervalMinutes: number;
  /** Issues read of one project in a run. */
  readonly limit: number;
  /** Rows written in one change set. */
  readonly batchSize: number;
}

const settingsRow = z.object({
  crmjira_sync_interval_minutes: optionalNumber,
  crmjira_issue_limit_per_project: optionalNumber,
  crmjira_batch_size: optionalNumber,
});
const within = (value: number | null | undefined, least: number, most: number, otherwise: number): number =>
  value == null ? otherwise : Math.min(most, Math.max(least, value));

/** What holds where the row of the connection does not say. */
export const defaultMirror: MirrorSettings = { intervalMinutes: 15, limit: 1_000, batchSize: 100 };

export async function readMirrorSettings(dataverse: Reader, connectionId: string): Promise<MirrorSettings> {
  const { entitySet, primaryId } = tables.crmjira_integration;
  const query = { select: Object.keys(settingsRow.shape), filter: equalsId(primaryId, connectionId) };
  const [row] = await dataverse.many(entitySet, query, settingsRow);
  return {
    intervalMinutes: within(row?.crmjira_sync_interval_minutes, 1, 10_080, defaultMirror.intervalMinutes),
    limit: within(row?.crmjira_issue_limit_per_project, 1, 1_000_000, defaultMirror.limit),
    // A change set takes a thousand writes at most.
    batchSize: within(row?.crmjira_batch_size, 1, 1_000, defaultMirror.batchSize),
  };
}

const startedRow = z.object({ crmjira_started_on: optionalInstant });

/** When the last run of its kind has begun that came to its end; null: there was none. */
export async function lastRunOf(dataverse: Reader, what: EndedRun['what'], connectionId: string): Promise<Date | null> {
  const { entitySet } = tables.crmjira_sync_log;
  const filter = [
    equalsId('_crmjira_integration_id_value', connectionId),
    `startswith(crmjira_name,${quoted(`${what}:`)})`,
    // A row that Dataverse refuses does not end a run.
    `(crmjira_status eq ${SyncStatus.Success} or crmjira_records_failed gt 0)`,
    'crmjira_is_dry_run eq false',
  ].join(' and ');
  const query = { select: ['crmjira_started_on'], filter, orderBy: ['crmjira_started_on desc'], top: 1 };
  const started = (await dataverse.many(entitySet, query, startedRow))[0]?.crmjira_started_on ?? null;
  return started === null ? null : new Date(started);
}
