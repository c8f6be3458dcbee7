import { randomUUID } from 'node:crypto';
import { SyncTrigger } from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import { discoverOn } from '../discovery/discover-on';
import { isMirrored, readProjectRows } from '../discovery/project-rows';
import { mirrorIssues, type RunControl } from './mirror-run';
import { lastRunOf, readMirrorSettings } from './read-mirror';

const minuteMs = 60_000;
/** How often projects are discovered without anybody asking, in milliseconds. */
const discoverEveryMs = 24 * 60 * minuteMs;
/** Within this what an administrator has offered or changed in the row of the connection takes effect, in milliseconds. */
const lookEveryMs = 5 * minuteMs;

interface FollowParts {
  readonly dataverse: Pick<DataverseClient, 'many' | 'changeSet' | 'batched'>;
  readonly now: () => Date;
  readonly control: RunControl;
}

/**
 * Makes what is called every minute for a connection: discovers its projects once a day, and mirrors their issues as often as its row
 * says. When it is due stands in the rows of its runs, so that replicas and restarts keep to it; a look at them is one request.
 */
export function followConnection({ dataverse, now, control }: FollowParts, connection: JiraConnection) {
  const { batched } = dataverse;
  const { id } = connection;
  /** What failed is tried again at the next look. */
  let nextLook = 0;
  const wanted = () => ({
    connection,
    dataverse,
    now,
    trigger: SyncTrigger.Scheduled,
    isDryRun: false,
    actorId: null,
    correlationId: randomUUID(),
  });
  const isDue = (last: Date | null, everyMs: number): boolean => {
    const age = last === null ? Infinity : now().getTime() - last.getTime();
    // A run that is to come was noted before the clock was put back.
    return age < 0 || age >= everyMs;
  };
  return async (): Promise<void> => {
    const at = now().getTime();
    if (at < nextLook) return;
    nextLook = at + lookEveryMs;
    const [settings, offered, discovered, mirrored] = await Promise.all([
      readMirrorSettings(batched, id),
      readProjectRows(batched, id, { offered: true }),
      lastRunOf(batched, 'Discover projects', id),
      lastRunOf(batched, 'Issue mirror', id),
    ]);
    const everyMs = settings.intervalMinutes * minuteMs;
    nextLook = at + Math.min(everyMs, lookEveryMs);
    if (isDue(discovered, discoverEveryMs)) await discoverOn(wanted());
    const projects = offered.filter(isMirrored);
    // Where nothing is offered, nothing runs, and no row tells of it.
    if (projects.length === 0) return;
    if (isDue(mirrored, everyMs) || projects.some(({ filledOn }) => filledOn === null))
      await mirrorIssues(wanted(), control);
  };
}
