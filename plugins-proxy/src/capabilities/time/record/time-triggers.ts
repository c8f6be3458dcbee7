import { parseSiteId, tables, timeRecordName } from '@crmjira/domain';
import { z } from 'zod';
import { guid, optionalFlag, optionalText } from '../../../clients/dataverse/columns';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { jobKey, siteJobKey } from '../../../queue/job-key';
import { type JobHandler, nothingToEnqueue, resolver } from '../../../reconciler/job-handler';
import type { Triggers } from '../../../reconciler/triggers';
import { readRecordsOfWorklogs } from './records-of-worklogs';
import { timeKind, timeLaterKind } from './time-record-module';

/** A record that was changed: whether its sync is wished, or its name is another, is looked up, as our own answers change it too. */
const changedKind = 'time-record-wish';
const worklogKind = 'jira-worklog';
/** A worklog that no time record has: whether one is to be made of it, the job looks up. */
export const arrivalKind = 'jira-worklog-arrival';
const deletedWorklogKind = 'jira-worklog-deleted';
/** Jira's feed of deleted worklogs leaves out the last minute, in milliseconds. */
const deletedTellsMs = 75_000;

const timeRow = z
  .object({
    crmjira_time_recordid: guid,
    crmjira_sync_requested: optionalFlag,
    crmjira_name: optionalText,
    crmjira_subject: optionalText,
    crmjira_jira_issue_key: optionalText,
  })
  .transform((row) => {
    const name = timeRecordName(row.crmjira_jira_issue_key, row.crmjira_subject ?? '');
    const { crmjira_time_recordid: id, crmjira_sync_requested: isWished } = row;
    /** null: it has the name that it should have */
    return { id, isWished, newName: name === '' || name === row.crmjira_name ? null : name };
  });
const select = [
  ...['crmjira_time_recordid', 'crmjira_sync_requested', 'crmjira_name', 'crmjira_subject', 'crmjira_jira_issue_key'],
];

const keysOf = (row: unknown): readonly string[] => {
  const { id, isWished, newName } = timeRow.parse(row);
  if (newName !== null) return [jobKey(changedKind, id)];
  return isWished ? [jobKey(timeKind, id)] : [];
};

/** The name follows subject and issue, whoever writes them. */
const followed = ['crmjira_sync_requested', 'crmjira_subject', 'crmjira_jira_issue_key'];

/** What names the jobs of time records. */
export const timeTriggers: Triggers = {
  steps: [
    { table: 'crmjira_time_record', message: 'Create', endpoint: 'async' },
    { table: 'crmjira_time_record', message: 'Update', endpoint: 'async', columns: followed },
  ],
  keysOfStep: { crmjira_time_record: (id) => [jobKey(changedKind, id)] },
  tracked: () => [
    {
      name: 'crmjira_time_record',
      collection: tables.crmjira_time_record.entitySet,
      select,
      keysOf,
      keysAtStart: keysOf,
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
    resolver(changedKind, async ({ id }) => {
      const row = await dataverse.batched.one(entitySet, id, select, timeRow);
      if (row === null) return nothingToEnqueue('it was deleted');
      const { newName, isWished } = row;
      if (newName !== null) {
        const columns = { crmjira_name: newName };
        await dataverse.changeSet([{ op: 'update', collection: entitySet, id, columns }]);
      }
      return isWished ? { keys: [jobKey(timeKind, id)], urgent: true } : nothingToEnqueue('no sync is wished');
    }),
    resolver(timeLaterKind, async ({ id }) => ({ keys: [jobKey(timeKind, id)], urgent: false })),
    ofWorklog(worklogKind, 0),
    ofWorklog(deletedWorklogKind, deletedTellsMs),
  ];
}
