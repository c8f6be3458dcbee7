import { tables } from '@crmjira/domain';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { siteJobKey } from '../../../queue/job-key';
import { type JobHandler, nothingToEnqueue, resolver } from '../../../reconciler/job-handler';
import { readLinkRow } from '../link/stored-row';
import { errorKind, errorLinkKind, monitorSystem } from './error-kind';
import { findErrors, readMonitorProjectsOf } from './monitor-rows';

/** What a ticket means for its error is judged where the error is. */
export function errorOfLink({ dataverse }: { readonly dataverse: DataverseReader }): JobHandler {
  return resolver(errorLinkKind, async ({ id }) => {
    const link = await readLinkRow(dataverse, id);
    if (link?.external?.system !== monitorSystem) return nothingToEnqueue('the link is of no error');
    const { id: externalId, url } = link.external;
    const errors = (await findErrors(dataverse, externalId)).filter((error) => error.url === url);
    const projects = await readMonitorProjectsOf(dataverse, [
      ...new Set(errors.flatMap(({ projectId }) => projectId ?? [])),
    ]);
    const keys = projects.flatMap(({ connectionId }) =>
      connectionId === null ? [] : [siteJobKey(errorKind, connectionId, externalId)],
    );
    return keys.length === 0
      ? nothingToEnqueue(`no row of ${tables.crmjira_monitor_error.entitySet}`)
      : { keys, urgent: false };
  });
}
