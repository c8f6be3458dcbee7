import { classifyError } from '../../platform/errors/classify-error';
import { readFollowed } from './followed';
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
    const followed = await readFollowed(context.dataverse, context.connectionId, context.on?.());
    const { projects } = followed;
    const ofBudget = {
      worklogs: () => pollWorklogs(context, known),
      projects: () => pollProjects(context, projects),
    };
    const parts = {
      ...(projects.length === 0 ? {} : ofBudget),
      ...(followed.isNothing ? {} : { issues: () => pollIssues(context, followed) }),
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
