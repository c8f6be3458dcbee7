import { ApprovalStatus } from '@crmjira/domain';
import { plainId } from '@crmjira/form-data';
import type { ReadOutcome } from './follow-command';
import { readRefusal } from './follow-refusal';
import { words } from './words';

const TOLD = '?$select=crmjira_decision,crmjira_decided_on&$expand=modifiedby($select=applicationid)';

/**
 * What became of an approval: the service tells whoever decided why it has no effect, and everybody in the row of the request that it was
 * carried out. Others could have written the same there, so that counts only where an application wrote last.
 * @param approved what to say once it has effect
 */
export const decisionOutcome =
  (requestId: string, decisionId: string, approved: string): ReadOutcome =>
  async () => {
    const refusal = await readRefusal(`decision ${plainId(decisionId)}`);
    if (refusal !== null) return { state: 'noEffect', result: refusal.replaceAll('\n', ' ') };
    const row = await Xrm.WebApi.retrieveRecord('crmjira_budget_approval', requestId, TOLD);
    if (!row['modifiedby']?.applicationid || !row['crmjira_decided_on']) return null;
    return row['crmjira_decision'] === ApprovalStatus.Approved
      ? { state: 'done', result: approved }
      : { state: 'noEffect', result: words('withoutEffect') };
  };
