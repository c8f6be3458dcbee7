import { plainId } from '@crmjira/form-data';
import { isReadOnly } from '../../opportunity-form/is-read-only';
import { recordId } from '../record';

/** What the form of a time record shows at this moment. */
export interface TimeFacts {
  readonly isSaved: boolean;
  readonly mayWrite: boolean;
  /** The person's own: the service refuses to send somebody else's. */
  readonly isOwn: boolean;
  readonly timeIn: Date | null;
  readonly timeOut: Date | null;
  readonly issueKey: string | null;
  readonly worklogId: string | null;
  readonly jiraSeconds: number | null;
}

export function timeFacts(form: Xrm.FormContext): TimeFacts {
  const value = (column: string): unknown => form.getAttribute(column)?.getValue() ?? null;
  const [owner] = (value('ownerid') ?? []) as readonly Xrm.LookupValue[];
  const { userId } = Xrm.Utility.getGlobalContext().userSettings;
  return {
    isSaved: recordId(form) !== '',
    mayWrite: !isReadOnly(form),
    isOwn: owner !== undefined && plainId(owner.id) === plainId(userId),
    // The columns are dates, texts and a whole number: their values are of these types.
    timeIn: value('crmjira_time_in') as Date | null,
    timeOut: value('crmjira_time_out') as Date | null,
    issueKey: value('crmjira_jira_issue_key') as string | null,
    worklogId: value('crmjira_jira_worklog_id') as string | null,
    jiraSeconds: value('crmjira_jira_seconds') as number | null,
  };
}

export const isRunning = ({ isSaved, mayWrite, timeIn, timeOut }: TimeFacts): boolean =>
  isSaved && mayWrite && timeIn !== null && timeOut === null;

/** R-1831: once there are an end and an issue. */
export const isSendable = ({ isSaved, isOwn, timeOut, issueKey }: TimeFacts): boolean =>
  isSaved && isOwn && timeOut !== null && issueKey !== null;

export const isInJira = ({ isSaved, isOwn, worklogId }: TimeFacts): boolean => isSaved && isOwn && worklogId !== null;
