import { isAtLeast } from '../alert-rank';
import { AlertLevel } from '../../schema/generated/options';
import type { Action } from './actions';
import type { CrmFacts, Instant, JiraFacts } from './facts';
import { tellPeople } from './plan-alerts';
import type { Policy } from './policy';
import { snoozedUntil } from './snooze';
import { update } from './write-rows';

/**
 * Drafts that still wait are sent; a mail that was sent without its time being noted gets it. Failure to send undoes no figure
 * the draft is what the next plan finds.
 */
export function planMail(crm: CrmFacts, _jira: JiraFacts, policy: Policy, now: Instant): Action[] {
  const ended = endSnooze(crm, policy, now);
  if (ended.length > 0) return ended;
  return crm.alerts
    .filter(
      (alert) => isAtLeast(alert.level, AlertLevel.BudgetWarning) && alert.emailedOn === null && alert.emailId !== null,
    )
    .map((alert): Action => {
      if (alert.emailIsDraft) return { kind: 'dataverse.send-email', emailId: alert.emailId!, alertId: alert.id };
      return {
        kind: 'dataverse.change-set',
        because: 'an alert mail was sent',
        writes: [update('crmjira_budget_alert', alert.id, { crmjira_emailed_on: now })],
      };
    });
}

/**
 * The snooze is over and the level still stands: people are told now, with the figures of now (R-2306). An alert that was cleared
 * or overtaken by a higher one meanwhile stays untold.
 */
function endSnooze(crm: CrmFacts, policy: Policy, now: Instant): Action[] {
  const { mapping, opportunity } = crm;
  if (!mapping || mapping.completedOn !== null || !opportunity || snoozedUntil(opportunity, now) !== null) return [];
  const due = crm.alerts.filter(
    (alert) => alert.isSnoozed && alert.clearedOn === null && alert.level === mapping.lastAlertLevel,
  );
  return due.map((alert) => ({
    kind: 'dataverse.change-set',
    because: 'the snooze of an alert is over',
    writes: [
      update('crmjira_budget_alert', alert.id, { crmjira_snoozed_until: null }),
      ...tellPeople({ ...crm, mapping, opportunity }, alert, mapping, policy, now),
    ],
  }));
}
