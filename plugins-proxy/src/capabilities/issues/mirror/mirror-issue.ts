import { parseSiteId } from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { memoizeEach } from '../../../clients/dataverse/memoize';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import { type JobHandler, nothingToEnqueue, type Resolved, resolver } from '../../../reconciler/job-handler';
import { isMirrored, readProjectRows, type StoredProject } from '../discovery/project-rows';
import { readIssue } from './mirror-run';
import { goneWrite, leaveWrite, type MirrorWrite, mirrorWrite } from './mirror-write';
import { readMirrorOf } from './read-mirror';

/** Kind of the job of an issue that an event has named, with its project where the event says so: `mirror-issue:<connection>/10014/10150`. */
export const mirrorIssueKind = 'mirror-issue';

/** How old the list of offered projects may be, in milliseconds: most events are of projects that are not. */
const projectsKeepMs = 60_000;

interface MirrorIssueParts {
  readonly dataverse: DataverseClient;
  readonly jira: Pick<JiraConnections, 'of'>;
}

/** Brings the row of one issue into agreement, where its project is offered; what it costs does not depend on how many are mirrored. */
export function mirrorIssueHandler({ dataverse, jira }: MirrorIssueParts): JobHandler {
  const projectsOf = memoizeEach(
    async (connectionId): Promise<ReadonlyMap<string, StoredProject>> =>
      new Map(
        (await readProjectRows(dataverse, connectionId, { offered: true }))
          .filter(isMirrored)
          .map((project) => [project.id, project]),
      ),
    projectsKeepMs,
  );
  return resolver(mirrorIssueKind, async ({ id }): Promise<Resolved> => {
    const { connectionId, id: named } = parseSiteId(id);
    const [issueId = '', projectId] = named.split('/');
    const connection = await jira.of(connectionId);
    if (connection === null) return nothingToEnqueue('another service works with that site');
    const projects = await projectsOf(connection.id);
    if (projects.size === 0) return nothingToEnqueue('no project of the connection is offered');
    const stored = (await readMirrorOf(dataverse.batched, connection.id, [issueId])).get(issueId);
    // Most events are of projects that nobody has offered: they cost Jira nothing.
    if (stored === undefined && projectId !== undefined && !projects.has(projectId))
      return nothingToEnqueue('the project of the issue is not offered');
    const seen = await readIssue(connection.site, issueId);
    const write = ((): MirrorWrite | null => {
      if (seen === null) return goneWrite(stored);
      const project = projects.get(seen.shown.projectId);
      if (project === undefined) return seen.isRestricted ? leaveWrite(stored) : null;
      const place = { connectionId: connection.id, siteUrl: connection.site.url, projectRowId: project.rowId };
      return mirrorWrite(seen, stored, place);
    })();
    if (write === null) return nothingToEnqueue('the row of the issue is as it should be');
    await dataverse.changeSet([write.write]);
    return nothingToEnqueue(`the row of the issue was ${write.what}`);
  });
}
