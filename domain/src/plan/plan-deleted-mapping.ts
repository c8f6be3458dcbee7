import { wholeSecond } from '../calendar';
import { derivedId } from '../derived-id';
import { CommandType, IntegrationStatus, OperationType, SourceSystem } from '../schema/generated/options';
import type { Action } from './actions';
import type { CrmFacts, Instant, JiraFacts } from './facts';
import { logRow } from './log-row';
import type { Policy } from './policy';
import { create, update } from './write-rows';

/**
 * An administrator deleted the mapping: reference and mapping are written together, so one without the other tells. It comes back
 * only when somebody asks for a project, not by itself (R-1232).
 */
export function isUnlinked(crm: CrmFacts): boolean {
  const { mapping, opportunity, commands } = crm;
  if (mapping !== null || opportunity === null || opportunity.integrationReference === null) return false;
  return !commands.some(({ type }) => type === CommandType.CreateProject || type === CommandType.LinkProject);
}

/** Logs the deletion once and takes the key off the opportunity; the Jira project is left as it is (R-1232). */
export function planDeletedMapping(crm: CrmFacts, _jira: JiraFacts, _policy: Policy, now: Instant): Action[] {
  const { opportunity } = crm;
  // A closed opportunity takes no more writes.
  if (!opportunity || !isUnlinked(crm) || opportunity.jiraProjectKey === null || opportunity.state !== 'open')
    return [];
  return [
    {
      kind: 'dataverse.change-set',
      because: 'the mapping was deleted',
      writes: [
        update('opportunity', opportunity.id, { crmjira_jira_project_key: null, crmjira_budget_status: null }),
        create(
          'crmjira_integration_log',
          // In one change set with the key that it tells of: written again, there is no key to tell of.
          derivedId(opportunity.id, 'log', 'mapping-deleted', wholeSecond(now)),
          logRow({
            operation: OperationType.Delete,
            source: SourceSystem.Dynamics365,
            sourceId: opportunity.id,
            targetId: opportunity.jiraProjectKey,
            status: IntegrationStatus.Success,
            mapping: null,
            eventType: 'mapping_deleted',
            message: 'The mapping was deleted in Dynamics. The Jira project was left as it is.',
          }),
        ),
      ],
    },
  ];
}
