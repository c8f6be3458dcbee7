import { parseSiteId, tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid, optionalFlag } from '../../../clients/dataverse/columns';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { equalsId } from '../../../clients/dataverse/filter';
import { jobKey, siteJobKey } from '../../../queue/job-key';
import { type JobHandler, nothingToEnqueue, resolver } from '../../../reconciler/job-handler';
import type { Triggers } from '../../../reconciler/triggers';
import { readRecordsOfWorklogs } from './records-of-worklogs';
import { timeKind, timeLaterKind } from './time-record-module';

/** A record of which a step tells: whether its sync is wished is looked up, as our own answers change it too. */
const wishKind = 'time-record-wish';
const worklogKind = 'jira-worklog';
/** A worklog that no time record has: whether one is to be made of it, the job looks up. */
export const arrivalKind = 'jira-worklog-arrival';
const deletedWorklogKind = 'jira-worklog-deleted';
/** Jira's feed of deleted worklogs leaves out the last minute, in milliseconds. */
const deletedTellsMs = 75_000;

const timeRow = z.object({ crmjira_time_recordid: guid, crmjira_sync_requested: optionalFlag });
const select = Object.keys(timeRow.shape);

const wished = (row: unknown): readonly string[] => {
  const { crmjira_time_recordid: id, crmjira_sync_requested: isWished } = timeRow.parse(row);
  return isWished ? [jobKey(timeKind, id)] : [];
};

/** What names the jobs of time records. */
export const timeTriggers: Triggers = {
  steps: [
    { table: 'crmjira_time_record', message: 'Create', endpoint: 'async' },
    { table: 'crmjira_time_record', message: 'Update', endpoint: 'async', columns: ['crmjira_sync_requested'] },
  ],
  keysOfStep: { crmjira_time_record: (id) => [jobKey(wishKind, id)] },
  tracked: () => [
    {
      name: 'crmjira_time_record',
      collection: tables.crmjira_time_record.entitySet,
      select,
      keysOf: wished,
      keysAtStart: wished,
      keysOfDeleted: () => [],
    },
  ],
  keysOfJiraEvent: (event, { worklog }, connectionId) => {
    if (worklog?.id === undefined) return null;
    if (event === 'worklog_created') return [siteJobKey(arrivalKind, connectionId, worklog.id)];
    if (event === 'worklog_updated') return [siteJobKey(worklogKind, connectionId, worklog.id)];
    return event === 'worklog_deleted' ? [siteJobKey(deletedWorklogKind, connectionId, worklog.id)] : null;
  },
};

/** Which records a wish, a wait or a worklog stands for. */
export function timeResolvers({ dataverse }: { readonly dataverse: DataverseClient }): readonly JobHandler[] {
  const { entitySet } = tables.crmjira_time_record;
  const ofWorklog = (kind: string, delayMs: number): JobHandler =>
    resolver(kind, async ({ id }) => {
      const { connectionId, id: worklogId } = parseSiteId(id);
      if (connectionId === null) return nothingToEnqueue('the key names no site');
      const rows = await readRecordsOfWorklogs(dataverse.batched, connectionId, [worklogId]);
      // Changed by somebody who takes theirs, it is one to be made.
      if (rows.length === 0 && kind === worklogKind)
        return { keys: [siteJobKey(arrivalKind, connectionId, worklogId)], urgent: false };
      return {
        keys: rows.map(({ id: record }) => jobKey(timeKind, record)),
        urgent: false,
        ...(delayMs === 0 ? {} : { delayMs }),
      };
    });
  return [
    resolver(wishKind, async ({ id }) => {
      const filter = `${equalsId('crmjira_time_recordid', id)} and crmjira_sync_requested eq true`;
      const [row] = await dataverse.batched.many(entitySet, { select, filter }, timeRow);
      return row === undefined ? nothingToEnqueue('no sync is wished') : { keys: [jobKey(timeKind, id)], urgent: true };
    }),
    resolver(timeLaterKind, async ({ id }) => ({ keys: [jobKey(timeKind, id)], urgent: false })),
    ofWorklog(worklogKind, 0),
    ofWorklog(deletedWorklogKind, deletedTellsMs),
  ];
}
