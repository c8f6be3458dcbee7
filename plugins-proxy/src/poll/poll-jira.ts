import { classifyError } from '../errors/classify-error';
import type { JiraSite } from '../jira/jira-site';
import type { PollContext } from './poll-changes';
import { readMappedProjects } from './mapped-projects';
import { pollIssues } from './poll-issues';
import { pollProjects } from './poll-projects';
import { pollWorklogs, WorklogIssues } from './poll-worklogs';

/** What the poll of Jira needs beside that of Dataverse. */
export interface JiraPollContext extends PollContext {
  readonly site: JiraSite;
  readonly connectionId: string;
  readonly pollIntervalMs: number;
}

/**
 * Makes the poll that takes the place of webhooks where nothing can reach the service (DESIGN decision 13 c): changed and deleted
 * worklogs, changed issues, mapped projects in turn. Each reads on by itself from a mark in the store; one's trouble
 * does not keep the others back.
 */
export function createJiraPoll(context: JiraPollContext): () => Promise<void> {
  const known = new WorklogIssues();
  return async () => {
    const projects = await readMappedProjects(context.dataverse, context.connectionId);
    const mapped = new Set(projects.flatMap(({ projectId }) => (projectId === null ? [] : [projectId])));
    const parts = {
      worklogs: () => pollWorklogs(context, known),
      issues: () => pollIssues(context, mapped),
      projects: () => pollProjects(context, projects),
    };
    let queued = 0;
    for (const [part, poll] of Object.entries(parts)) {
      try {
        queued += await poll();
      } catch (error) {
        context.logger.warn({ part, reason: classifyError(error).message }, 'Jira not polled');
      }
    }
    if (queued === 0) return;
    context.logger.info({ queued }, 'changes found by polling');
    context.wake();
  };
}
