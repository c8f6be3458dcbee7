import { classifyError } from '../../platform/errors/classify-error';
import { readMappedProjects } from './mapped-projects';
import { pollIssues } from './poll-issues';
import { pollProjects } from './poll-projects';
import { pollWorklogs, WorklogIssues } from './poll-worklogs';
import type { JiraPollContext } from './jira-poll-context';

/**
 * Makes the poll that takes the place of webhooks where nothing can reach the service (ADR-13 c): changed and deleted
 * worklogs, changed issues, mapped projects in turn. Each reads on by itself from a cursor in the store; one's trouble
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
