import { AlertLevel } from '../schema/generated/options';
import type { Action } from './actions';
import type { CrmFacts, Instant, JiraFacts } from './facts';
import type { Policy } from './policy';
import { update } from './write-rows';

/**
 * Drafts that still wait are sent; a mail that was sent without its time being noted gets it. Failure to send undoes no figure
 * the draft is what the next plan finds.
 */
export function planMail(crm: CrmFacts, _jira: JiraFacts, _policy: Policy, now: Instant): Action[] {
  return crm.alerts
    .filter((alert) => alert.level !== AlertLevel.None && alert.emailedOn === null && alert.emailId !== null)
    .map((alert): Action => {
      if (alert.emailIsDraft) return { kind: 'dataverse.send-email', emailId: alert.emailId!, alertId: alert.id };
      return {
        kind: 'dataverse.change-set',
        because: 'an alert mail was sent',
        writes: [update('crmjira_budget_alert', alert.id, { crmjira_emailed_on: now })],
      };
    });
}
