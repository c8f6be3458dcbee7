import { randomUUID } from 'node:crypto';
import { SyncTrigger } from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import { isMirrored, readProjectRows } from '../discovery/project-rows';
import { discoverOn } from '../discovery/discover-on';
import { mirrorIssues, type RunControl } from './mirror-run';
import { lastRunOf, readMirrorSettings } from './read-mirror';

const minuteMs = 60_000;
/** How often projects are discovered without anybody asking, in milliseconds. */
const discoverEveryMs = 24 * 60 * minuteMs;
/** After a run that failed, in milliseconds at most. */
const retryMs = 5 * minuteMs;
/** Within this what an administrator has changed in the row of the connection takes effect, in milliseconds. */
const lookAgainMs = 15 * minuteMs;

interface FollowParts {
  readonly dataverse: Pick<DataverseClient, 'many' | 'changeSet'>;
  readonly now: () => Date;
  readonly control: RunControl;
}

/**
 * Makes what is called every minute for a connection: discovers its projects once a day, and mirrors their issues as often as its row
 * says. When it is due stands in the rows of its runs, so that replicas and restarts keep to it.
 */
export function followConnection({ dataverse, now, control }: FollowParts, connection: JiraConnection) {
  const due = { discovery: 0, mirror: 0 };
  const wanted = () => ({
    connection,
    dataverse,
    now,
    trigger: SyncTrigger.Scheduled,
    isDryRun: false,
    actorId: null,
    correlationId: randomUUID(),
  });
  const whenDue = async (
    what: keyof typeof due,
    name: 'Discover projects' | 'Issue mirror',
    everyMs: () => Promise<number>,
    work: () => Promise<unknown>,
  ): Promise<void> => {
    const at = now().getTime();
    if (at < due[what]) return;
    const every = await everyMs();
    const last = (await lastRunOf(dataverse, name, connection.id))?.getTime() ?? 0;
    if (last <= at && at - last < every) {
      due[what] = Math.min(last + every, at + lookAgainMs);
      return;
    }
    due[what] = at + Math.min(every, retryMs);
    await work();
    due[what] = at + Math.min(every, lookAgainMs);
  };
  return async (): Promise<void> => {
    await whenDue(
      'discovery',
      'Discover projects',
      async () => discoverEveryMs,
      () => discoverOn(wanted()),
    );
    await whenDue(
      'mirror',
      'Issue mirror',
      async () => (await readMirrorSettings(dataverse, connection.id)).intervalMinutes * minuteMs,
      async () => {
        // Where nothing is offered, nothing runs, and no row tells of it.
        const projects = await readProjectRows(dataverse, connection.id);
        if (projects.some(isMirrored)) await mirrorIssues(wanted(), control);
      },
    );
  };
}
