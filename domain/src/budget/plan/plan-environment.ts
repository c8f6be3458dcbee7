import { wholeSecond } from '../../calendar/calendar';
import { derivedId } from '../../hash/derived-id';
import type { FailureCode } from '../../faults/failure-texts';
import { CommandState, IntegrationStatus, OperationType, SourceSystem } from '../../schema/generated/options';
import type { Action, RowWrite } from './actions';
import { environmentText } from './environment-text';
import type { CrmFacts, Guid, Instant, JiraFacts } from './facts';
import { logRow } from './log-row';
import { create, update } from './write-rows';

/** `ours`: claimed for this organization; `unclaimed`: not claimed yet; `moved`: claimed for another one (R-2302). */
export type EnvironmentVerdict = 'ours' | 'unclaimed' | 'moved';

/**
 * Whether this organization is the one that a connection writes to Jira for. A copied environment carries the original's row.
 * @param claimed organization in the connection row, null before the first start
 */
export function environmentVerdict(claimed: Guid | null, current: Guid): EnvironmentVerdict {
  if (claimed === null) return 'unclaimed';
  return claimed.toLowerCase() === current.toLowerCase() ? 'ours' : 'moved';
}

/** Who else owns our project in Jira; null when nobody else does. Another opportunity's project is not meant: that is a conflict of keys. */
function foreignOwner(crm: CrmFacts, jira: JiraFacts): Guid | null {
  const ownership = jira.state === 'found' ? jira.project.ownership : null;
  if (ownership === null || ownership.opportunityId !== crm.opportunity?.id) return null;
  return ownership.organization.toLowerCase() === crm.organizationId.toLowerCase() ? null : ownership.organization;
}

/** The organization that stands between us and Jira; null when we may write (R-2302). */
export function otherOrganization(crm: CrmFacts, jira: JiraFacts): Guid | null {
  const verdict = environmentVerdict(crm.connectionOrganizationId, crm.organizationId);
  if (verdict === 'moved') return crm.connectionOrganizationId;
  // Claimed for us while the project names another one: an administrator has confirmed the move.
  return verdict === 'ours' ? null : foreignOwner(crm, jira);
}

/** In a copied environment nothing is done but saying so: on the mapping, once in the log, and to whoever asks for something. */
export function planMoved(crm: CrmFacts, jira: JiraFacts, now: Instant): Action[] {
  const other = otherOrganization(crm, jira);
  if (other === null) return [];
  const { mapping, opportunity } = crm;
  const writes: RowWrite[] = crm.commands.map((command) =>
    update('crmjira_command', command.id, {
      crmjira_command_state: CommandState.Refused,
      crmjira_result: environmentText(other, command.language),
      crmjira_finished_on: wholeSecond(now),
    }),
  );
  const message = environmentText(other, 1033);
  if (mapping && opportunity && mapping.lastError !== message) {
    writes.push(
      update(
        'crmjira_budget_mapping',
        mapping.id,
        { crmjira_last_error: message, crmjira_last_error_code: 'environment-moved' satisfies FailureCode },
        mapping.version,
      ),
      create(
        'crmjira_integration_log',
        derivedId(mapping.id, 'log', 'environment', mapping.version),
        logRow({
          operation: OperationType.Sync,
          source: SourceSystem.Dynamics365,
          sourceId: opportunity.id,
          targetId: mapping.projectKey,
          status: IntegrationStatus.Failed,
          mapping: mapping.id,
          eventType: 'environment_moved',
          message,
          code: 'environment-moved',
        }),
      ),
    );
  }
  return writes.length === 0
    ? []
    : [{ kind: 'dataverse.change-set', because: 'this environment is a copy and its move is not confirmed', writes }];
}

/** After a confirmed move the project is claimed for the environment that writes to it now. */
export function planOwnership(crm: CrmFacts, jira: JiraFacts): Action[] {
  const { mapping, opportunity } = crm;
  if (!mapping || !opportunity || jira.state !== 'found' || jira.project.archived) return [];
  if (foreignOwner(crm, jira) === null) return [];
  return [
    {
      kind: 'jira.set-ownership',
      projectId: jira.project.id,
      ownership: { opportunityId: opportunity.id, reference: mapping.reference, organization: crm.organizationId },
    },
  ];
}
