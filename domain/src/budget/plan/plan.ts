import type { Action } from './actions';
import type { CrmFacts, Instant, JiraFacts } from './facts';
import { planAllocation } from './plan-allocation';
import { planApproval } from './plan-approval';
import { planAuthority } from './plan-authority';
import { planBudget } from './plan-budget';
import { planCommands } from './plan-commands';
import { planCompletion } from './plan-completion';
import { planDeletedMapping } from './plan-deleted-mapping';
import { planDiscrepancies } from './plan-discrepancies';
import { otherOrganization, planMoved, planOwnership } from './plan-environment';
import { planHistory } from './plan-history';
import { planReopening } from './plan-reopening';
import { planLifecycle } from './plan-lifecycle';
import { planLinking } from './plan-linking';
import { planMail } from './plan-mail';
import { planProvisioning } from './plan-provisioning';
import { planRequestNotice } from './plan-request-notice';
import { planResolution } from './plan-resolution';
import { planRootIssue } from './plan-root-issue';
import { planSnooze } from './plan-snooze';
import { planStageMoves } from './plan-stage-moves';
import { planTeam } from './plan-team';
import { planTeamNotice } from './plan-team-notice';
import type { Policy } from './policy';

/** In this order: what comes first must be settled before what comes after can be judged. */
const PARTS = [
  planAuthority,
  planLifecycle,
  planApproval,
  planDeletedMapping,
  planLinking,
  planProvisioning,
  planOwnership,
  planReopening,
  planCompletion,
  planResolution,
  planBudget,
  planHistory,
  planRootIssue,
  planTeam,
  planMail,
  planSnooze,
  planStageMoves,
  planAllocation,
  planDiscrepancies,
  planTeamNotice,
  planRequestNotice,
];

/**
 * What is left to do so that Dataverse and Jira agree about one opportunity and every consequence exists. Pure: the same facts
 * give the same actions, and facts in agreement give none (ARCHITECTURE.md).
 *
 * The first part with something to do speaks alone: what follows may rest on its outcome, so the caller applies it, reads again
 * and plans again until the plan is empty.
 * @param now ISO 8601 instant in UTC
 */
export function plan(crm: CrmFacts, jira: JiraFacts, policy: Policy, now: Instant): Action[] {
  if (otherOrganization(crm, jira) !== null) return planMoved(crm, jira, now);
  for (const part of PARTS) {
    const actions = part(crm, jira, policy, now);
    // The process shows that the project is being created from its start, not when it is there (E1.9).
    if (part === planProvisioning && crm.mapping && actions.length > 0) {
      return [...planStageMoves(crm, jira, policy, now), ...actions];
    }
    if (actions.length > 0) return actions;
  }
  return planCommands(crm, jira, policy, now);
}
