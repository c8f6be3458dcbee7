import { safeUrl } from '../safe-url';
import type { OwnConnection } from './connection-part';
import type { TimeRecord } from './time-record';

/** Where the worklog of a record is seen in Jira; null where there is none, or no way there. */
export function worklogAddress(
  { issueKey, worklogId }: Pick<TimeRecord, 'issueKey' | 'worklogId'>,
  connection: Pick<OwnConnection, 'url'> | null,
): string | null {
  const site = safeUrl(connection?.url ?? null);
  const path = `browse/${issueKey}?focusedWorklogId=${worklogId}`;
  return site && issueKey && worklogId ? new URL(path, site.replace(/\/*$/, '/')).href : null;
}
