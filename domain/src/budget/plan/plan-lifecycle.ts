import { derivedId } from '../../hash/derived-id';
import { IntegrationStatus, MappingStatus, OperationType, SourceSystem } from '../../schema/generated/options';
import type { Action } from './actions';
import type { TableRows } from '../../schema/rows';
import type { CrmFacts, Instant, JiraFacts, MappingFacts } from './facts';
import { logRow } from './log-row';
import type { Policy } from './policy';
import { create, update } from './write-rows';

/** The project that was created while its opportunity was being deleted: an orphan names it, or nobody would find it again (F-507). */
function unnoted(mapping: MappingFacts, jira: JiraFacts): Partial<TableRows['crmjira_budget_mapping']> {
  if (mapping.projectId !== null || jira.state !== 'found') return {};
  const { id, key, name, url } = jira.project;
  return {
    crmjira_jira_project_id: id,
    crmjira_jira_project_key: key,
    crmjira_jira_project_name: name,
    crmjira_jira_project_url: url,
  };
}

/**
 * The mapping's own state follows the opportunity's: deleted → Orphaned, with one log row of operation Delete, the Jira project
 * untouched; lost → Archived; open again → Active. A won opportunity keeps its mapping going (R-2301), and so a
 * completed project keeps its state until its opportunity is deleted.
 */
export function planLifecycle(crm: CrmFacts, jira: JiraFacts, _policy: Policy, now: Instant): Action[] {
  const { mapping, opportunity } = crm;
  if (!mapping || (mapping.completedOn && opportunity)) return [];
  const wished = !opportunity
    ? MappingStatus.Orphaned
    : opportunity.state === 'lost'
      ? MappingStatus.Archived
      : MappingStatus.Active;
  const project = opportunity ? {} : unnoted(mapping, jira);
  if (mapping.mappingStatus === wished && Object.keys(project).length === 0) return [];
  const because = !opportunity
    ? 'the opportunity was deleted'
    : wished === MappingStatus.Archived
      ? 'the opportunity was lost'
      : 'the opportunity is open';
  const writes = [
    update(
      'crmjira_budget_mapping',
      mapping.id,
      {
        crmjira_mapping_status: wished,
        ...project,
        // The time from which an archived row is kept (R-1107) does not begin anew, nor end, with the opportunity's deletion.
        ...(opportunity ? { crmjira_archived_on: wished === MappingStatus.Archived ? now : null } : {}),
      },
      mapping.version,
    ),
    create(
      'crmjira_integration_log',
      derivedId(mapping.id, 'log', 'lifecycle', mapping.version),
      logRow({
        operation: opportunity ? OperationType.Update : OperationType.Delete,
        source: SourceSystem.Dynamics365,
        sourceId: crm.opportunityId,
        targetId: mapping.projectKey,
        status: IntegrationStatus.Success,
        mapping: mapping.id,
        eventType: because,
      }),
    ),
  ];
  return [{ kind: 'dataverse.change-set', because, writes }];
}
