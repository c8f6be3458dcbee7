import type { TimeRecordAction, TimeTrouble } from '@crmjira/domain';
import type { JiraSite } from '../../../clients/jira/jira-site';
import {
  isEditable,
  mayChange,
  mayLogWork,
  readTarget,
  readWorklogById,
} from '../../../clients/jira/worklogs/worklogs';
import type { IntegrationError } from '../../../platform/errors/integration-error';

type Write = Extract<TimeRecordAction, { readonly kind: 'create' | 'put' | 'delete' }>;

/**
 * Why Jira refuses a write (R-1813): its words come in the language of the account, so what they may be about is looked at. Tempo is
 * known by its name, which is the same in all.
 * @returns null: the worklog is gone, which the next plan tells
 */
export async function refusalOf(site: JiraSite, action: Write, error: IntegrationError): Promise<TimeTrouble | null> {
  const because = (code: TimeTrouble['code'], about: string | null): TimeTrouble => ({ code, about, on: null });
  if (error.code === 'jira-credentials') return because('time-sign-in', null);
  const target = await readTarget(site, action.issueId);
  if (target === null) return because('time-issue-missing', action.issueId);
  if (!(await mayLogWork(site, target.issueKey))) return because('time-no-permission', target.projectKey);
  if (action.kind !== 'create') {
    const worklog = await readWorklogById(site, action.worklogId);
    if (worklog === null) return null;
    const verb = action.kind === 'put' ? 'EDIT' : 'DELETE';
    if (!(await mayChange(site, target.issueKey, worklog, verb)))
      return because(action.kind === 'put' ? 'time-no-edit' : 'time-no-delete', action.worklogId);
  }
  const said = error.message.replace(/^Jira refused the request: /, '');
  if (/\btempo\b/i.test(said)) return because('time-frozen', said);
  if (target.isClosed && !(await isEditable(site, target.issueKey)))
    return because('time-issue-closed', target.issueKey);
  return error.status === 403 ? because('time-no-permission', target.projectKey) : because('time-refused', said);
}
