import { JIRA_STATUS_LABEL } from '../budget-status';
import { toDecimal } from '../../money/money';
import { ProvisioningState } from '../../schema/generated/options';
import type { Action, RootIssueFields } from './actions';
import type { CrmFacts, Instant, JiraFacts, MappingFacts, OpportunityFacts } from './facts';
import type { Policy } from './policy';
import { changed } from './write-rows';

/** The four values on the root issue (D-7.1). */
export function rootIssueFields(opportunity: OpportunityFacts, mapping: MappingFacts): RootIssueFields {
  return {
    opportunityId: opportunity.id,
    accountId: opportunity.accountId,
    budgetStatus: JIRA_STATUS_LABEL[mapping.status],
    approvedAmount: toDecimal(mapping.approved),
  };
}

/** Keeps the root issue and the Jira budget at the CRM's values: a change by hand is put back, an approval applied. */
export function planRootIssue(crm: CrmFacts, jira: JiraFacts, _policy: Policy, _now: Instant): Action[] {
  const { mapping, opportunity } = crm;
  if (!mapping || !opportunity || jira.state !== 'found') return [];
  if (mapping.provisioningState !== ProvisioningState.Linked || jira.project.archived) return [];
  const wished = rootIssueFields(opportunity, mapping);
  if (!jira.rootIssue) {
    return [{ kind: 'jira.create-root-issue', projectId: jira.project.id, summary: jira.project.name, fields: wished }];
  }
  const { id, key: _key, isDone: _isDone, ...stored } = jira.rootIssue;
  const fields = changed<RootIssueFields>(stored as Partial<RootIssueFields>, wished);
  if (!fields) return [];
  const found = Object.fromEntries(Object.entries(stored).filter(([field]) => field in fields));
  const subject = { mappingId: mapping.id, projectKey: jira.project.key, opportunityId: opportunity.id };
  return [{ kind: 'jira.update-root-issue', projectId: jira.project.id, issueId: id, found, fields, wished, subject }];
}
