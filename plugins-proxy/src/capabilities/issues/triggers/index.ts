import { tellsOfWork } from '../../../clients/jira/wire/tells-of-work';
import { commentKeysOfJiraEvent } from '../comments/comment-triggers';
import { mirrorKeysOfJiraEvent } from '../mirror/mirror-triggers';
import { siteJobKey } from '../../../queue/job-key';
import type { Triggers } from '../../../reconciler/triggers';
import { errorKind } from '../errors/error-kind';
import { watchedColumns } from '../link/read-record';
import { linkedRecordKey } from '../link/resolvers';
import { linkKeysOfJiraEvent } from './jira-events';
import { issueTables } from './tracked-tables';

const tablesOfRecords = ['incident', 'opportunity'] as const;

/** What names the jobs of links and of the records that they stand on. */
export const issueTriggers: Triggers = {
  steps: tablesOfRecords.flatMap((table) => [
    {
      table,
      message: 'Update',
      endpoint: 'async',
      columns: watchedColumns[table],
      // Cases belong to another app, which an environment need not have.
      isOptional: table === 'incident',
    },
    { table, message: 'Delete', endpoint: 'async', isOptional: table === 'incident' },
  ]),
  keysOfStep: {
    incident: (id) => [linkedRecordKey('incident', id)],
    opportunity: (id) => [linkedRecordKey('opportunity', id)],
  },
  tracked: issueTables,
  keysOfJiraEvent: (event, payload, connectionId) => {
    const comments = commentKeysOfJiraEvent(event, payload, connectionId);
    // Neither links nor rows of issues show logged work, the most frequent of events (R-1307); the instant of the update comes with the
    // mirror's next run.
    const keys = tellsOfWork(event, payload)
      ? comments
      : [
          ...linkKeysOfJiraEvent(event, payload, connectionId),
          ...comments,
          ...mirrorKeysOfJiraEvent(event, payload, connectionId),
        ];
    return keys.length === 0 ? null : keys;
  },
  keysOfMonitoredError: (errorId, connectionId) => [siteJobKey(errorKind, connectionId, errorId)],
};
