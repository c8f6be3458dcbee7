import { monitorErrorRowId, monitorProjectRowId, parseSiteId } from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import type { SentryConnections } from '../../../connections/sentry/sentry-connections';
import { jobKey } from '../../../queue/job-key';
import { type JobHandler, nothingToEnqueue, resolver } from '../../../reconciler/job-handler';
import { linkKind } from '../link/issue-link-module';
import type { IssuePolicyOf } from '../policy/issue-policy';
import { errorKind } from './error-kind';
import { importErrors } from './import-errors';
import { settleTickets } from './settle-tickets';
import { findErrors, goneWrite, projectWrite, readMonitorProjectsOf } from './monitor-rows';

export interface ErrorJobParts {
  readonly dataverse: DataverseClient;
  readonly jira: Pick<JiraConnections, 'of'>;
  readonly policyOf: IssuePolicyOf;
  readonly sentry: Pick<SentryConnections, 'of'>;
}

/** Says of an error that is not to be seen in the monitor any more what is known of it. */
async function noteGone(dataverse: DataverseClient, connectionId: string, externalId: string): Promise<void> {
  const stored = await findErrors(dataverse, externalId);
  const projects = await readMonitorProjectsOf(
    dataverse,
    stored.flatMap(({ projectId }) => projectId ?? []),
  );
  const own = new Set(projects.flatMap((project) => (project.connectionId === connectionId ? [project.id] : [])));
  const gone = stored.filter(({ projectId, status }) => own.has(projectId ?? '') && status !== 'deleted');
  if (gone.length > 0) await dataverse.changeSet(gone.map(goneWrite));
}

/** Reads one error again, with its month of days: whatever the trigger said of it is not believed. */
export function errorJob({ dataverse, jira, policyOf, sentry }: ErrorJobParts): JobHandler {
  return resolver(errorKind, async ({ id: key, log }) => {
    const { connectionId, id } = parseSiteId(key);
    const connection = await sentry.of(connectionId ?? '');
    const issue = await connection.organization.issue(id);
    if (issue === null) {
      await noteGone(dataverse, connection.id, id);
      return nothingToEnqueue('the error is not to be seen in Sentry');
    }
    const projectId = monitorProjectRowId(connection.id, issue.project.id);
    const [project] = await readMonitorProjectsOf(dataverse, [projectId]);
    if (project?.isActive === false) return nothingToEnqueue('the errors of its project are not read');
    const write = projectWrite(connection, issue.project, project);
    if (write !== null) await dataverse.changeSet([write]);
    await importErrors(dataverse, projectId, [issue]);
    const errorId = monitorErrorRowId(projectId, issue.id);
    const told = await settleTickets({ dataverse, jira, policyOf, log }, connection, projectId, errorId, issue);
    return { keys: told.map((link) => jobKey(linkKind, link)), urgent: false };
  });
}
