import type { RecordFacts } from '../facts';
import { rowOfCrm } from '../maps/value-map';
import type { IssuePolicy } from '../policy';

/** Whether the record's status may have to be written: only then the steps that Jira offers are worth a request. */
export function mayMoveStatus(
  { status }: Pick<RecordFacts, 'status'>,
  statusId: string,
  { statuses }: Pick<IssuePolicy, 'statuses'>,
): boolean {
  const row = rowOfCrm(statuses, status);
  return row !== undefined && !row.jira.includes(statusId);
}
