import { type Action, derivedId, IntegrationStatus, logRow, OperationType, SourceSystem } from '@crmjira/domain';
import { applyChangeSet } from '../../../reconciler/actions/apply-change-set';
import type { LogContext } from '../../../reconciler/log-context';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { archiveProject } from '../../../clients/jira/archive-project';
import type { JiraSite } from '../../../clients/jira/jira-site';

type ArchiveProject = Extract<Action, { kind: 'jira.archive-project' }>;

/** Archives the Jira project of a completed mapping; where Jira does not offer that, a log row notes it. */
export async function applyArchiving(
  dataverse: DataverseClient,
  site: JiraSite,
  { projectId, subject }: ArchiveProject,
  log: LogContext,
): Promise<void> {
  if ((await archiveProject(site, projectId)) === 'archived') return;
  const columns = logRow({
    operation: OperationType.Update,
    source: SourceSystem.Dynamics365,
    sourceId: subject.opportunityId,
    targetId: subject.projectKey,
    status: IntegrationStatus.Success,
    mapping: subject.mappingId,
    eventType: 'project_not_archived',
    message: `The Jira project ${subject.projectKey} stays as it is: Jira does not offer archiving to the integration account. Archive it there by hand.`,
  });
  const id = derivedId(subject.mappingId, 'log', 'not-archived', projectId);
  await applyChangeSet(dataverse, [{ op: 'create', table: 'crmjira_integration_log', id, columns }], log);
}
