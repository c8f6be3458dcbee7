import { wholeSecond } from '../../calendar/calendar';
import { derivedId } from '../../hash/derived-id';
import { nextBudgetStatus } from '../budget-status';
import {
  BudgetStatus,
  CommandType,
  IntegrationStatus,
  MappingStatus,
  OperationType,
  SourceSystem,
} from '../../schema/generated/options';
import type { Action, RowWrite } from './actions';
import type { CommandFacts, CrmFacts, Instant, JiraFacts } from './facts';
import { logRow } from './log-row';
import { rootIssueCompletes } from './plan-completion';
import type { Policy } from './policy';
import { create, update } from './write-rows';

/** The one way back from Completed: an administrator's command, unless Jira would complete the project again at once. */
export function reopeningCommand(crm: CrmFacts, jira: JiraFacts, policy: Policy): CommandFacts | undefined {
  if (rootIssueCompletes(jira, policy) || !crm.mapping?.completedOn) return undefined;
  return crm.commands.find((command) => command.type === CommandType.Reopen);
}

/** Restores the Jira project first: an archived one would complete the mapping again. */
export function planReopening(crm: CrmFacts, jira: JiraFacts, policy: Policy, now: Instant): Action[] {
  const { mapping, opportunity } = crm;
  if (!mapping || !opportunity || jira.state !== 'found' || !reopeningCommand(crm, jira, policy)) return [];
  if (jira.project.archived) return [{ kind: 'jira.restore-project', projectId: jira.project.id }];
  const status = nextBudgetStatus(BudgetStatus.Active, {
    spent: mapping.spent,
    approved: mapping.approved,
    isApproved: true,
    isActivated: true,
    isCompleted: false,
  });
  const writes: RowWrite[] = [
    update(
      'crmjira_budget_mapping',
      mapping.id,
      {
        crmjira_completed_on: null,
        crmjira_archived_on: null,
        crmjira_mapping_status: MappingStatus.Active,
        crmjira_budget_status: status,
        crmjira_last_sync_date: wholeSecond(now),
      },
      mapping.version,
    ),
    create(
      'crmjira_integration_log',
      derivedId(mapping.id, 'log', 'reopen', mapping.version),
      logRow({
        operation: OperationType.Update,
        source: SourceSystem.Dynamics365,
        sourceId: opportunity.id,
        targetId: mapping.projectKey,
        status: IntegrationStatus.Success,
        mapping: mapping.id,
        eventType: 'project_reopened',
      }),
    ),
  ];
  if (opportunity.state === 'open') {
    writes.push(update('opportunity', opportunity.id, { crmjira_budget_status: status }));
  }
  return [{ kind: 'dataverse.change-set', because: 'an administrator reopened the project', writes }];
}
