import { randomUUID } from 'node:crypto';
import { jobKey } from '../../queue/job-key';
import type { MappedProject } from './mapped-projects';
import type { JiraPollContext } from './jira-poll-context';

/** Within which every mapped project is read anew, in milliseconds. */
const turnMs = 3_600_000;

/**
 * The projects whose turn it is: renames, archiving, deletion, versions and deleted issues leave no trace in a search, so that every
 * mapped project is read anew once an hour, a few at a time. Pure.
 * @param after opportunity at which the last time ended; null = from the start
 */
export function projectsInTurn(
  projects: readonly MappedProject[],
  after: string | null,
  pollIntervalMs: number,
): readonly MappedProject[] {
  const count = Math.min(projects.length, Math.max(1, Math.ceil((projects.length * pollIntervalMs) / turnMs)));
  const start = after === null ? 0 : projects.findIndex((project) => project.opportunityId > after);
  const rotated = start < 0 ? projects : [...projects.slice(start), ...projects.slice(0, start)];
  return rotated.slice(0, count);
}

/** Queues the next projects of the turn; at the very first time all of them, as nobody knows what was missed. */
export async function pollProjects(context: JiraPollContext, projects: readonly MappedProject[]): Promise<number> {
  const cursorName = `jira.projects.turn/${context.connectionId}`;
  const cursor = await context.store.readCursor(cursorName);
  const due = cursor === null ? projects : projectsInTurn(projects, cursor, context.pollIntervalMs);
  const at = context.now().getTime();
  const correlationId = randomUUID();
  await context.store.enqueue(
    due.map(({ opportunityId }) => ({ key: jobKey('opportunity', opportunityId), at, correlationId })),
  );
  await context.store.writeCursor(cursorName, due.at(-1)?.opportunityId ?? '');
  return due.length;
}
