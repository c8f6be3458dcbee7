import { wholeSecond } from '../../calendar/calendar';
import { derivedId, mappingId } from '../../hash/derived-id';
import { CommandType, IntegrationStatus, OperationType, SourceSystem } from '../../schema/generated/options';
import type { TableRows } from '../../schema/rows';
import type { Action, RowWrite } from './actions';
import type { CrmFacts, Guid, Instant, JiraFacts } from './facts';
import { logRow } from './log-row';
import type { Policy } from './policy';
import { create, update } from './write-rows';

/** Reference and mapping are written together: one without the other tells that an administrator deleted the mapping. */
function isMappingDeleted({ mapping, opportunity }: CrmFacts): boolean {
  return mapping === null && opportunity !== null && opportunity.integrationReference !== null;
}

/** A deleted mapping comes back only when somebody asks for a project, not by itself (R-1232). */
export function isUnlinked(crm: CrmFacts): boolean {
  const isAskedFor = crm.commands.some(
    ({ type }) => type === CommandType.CreateProject || type === CommandType.LinkProject,
  );
  return isMappingDeleted(crm) && !isAskedFor;
}

/**
 * The log row of a deleted mapping (R-1232).
 * @param opportunityId null: it is gone as well, so that the mapping's own id is all there is to name
 */
export function deletedMappingLog(
  mapping: Guid,
  opportunityId: Guid | null,
  projectKey: string | null,
): Partial<TableRows['crmjira_integration_log']> {
  const about =
    opportunityId === null
      ? 'The mapping was deleted in Dynamics; no opportunity of it is left.'
      : 'The mapping was deleted in Dynamics.';
  return logRow({
    operation: OperationType.Delete,
    source: SourceSystem.Dynamics365,
    sourceId: opportunityId ?? mapping,
    targetId: projectKey,
    status: IntegrationStatus.Success,
    mapping: null,
    eventType: 'mapping_deleted',
    message: `${about} The Jira project was left as it is.`,
  });
}

/**
 * Takes the key off the opportunity and logs the deletion with it; the Jira project is left as it is (R-1232). A closed opportunity
 * takes no more writes, and one that shows no key yet has nothing to take off: who is told of the deletion logs it then.
 */
export function planDeletedMapping(crm: CrmFacts, _jira: JiraFacts, _policy: Policy, now: Instant): Action[] {
  const { opportunity } = crm;
  if (!opportunity || !isMappingDeleted(crm) || opportunity.jiraProjectKey === null || opportunity.state !== 'open')
    return [];
  const writes: RowWrite[] = [
    update('opportunity', opportunity.id, { crmjira_jira_project_key: null, crmjira_budget_status: null }),
  ];
  if (crm.deletionLogged !== true) {
    writes.push(
      create(
        'crmjira_integration_log',
        // In one change set with the key that it tells of: written again, there is no key to tell of.
        derivedId(opportunity.id, 'log', 'mapping-deleted', wholeSecond(now)),
        deletedMappingLog(mappingId(opportunity.id), opportunity.id, opportunity.jiraProjectKey),
      ),
    );
  }
  return [{ kind: 'dataverse.change-set', because: 'the mapping was deleted', writes }];
}
