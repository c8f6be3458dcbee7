import type { Site } from '../site/site';
import { budgetsOf } from './budget-figures';

/** Logged work changes what a budget has spent, and the budget module says so. */
export function announceSpending(site: Site): void {
  site.onEvent((event) => {
    if (event.kind !== 'worklog') return;
    const issue = site.issues.get(event.worklog.issueId);
    const project = issue ? site.projects.get(issue.projectId) : undefined;
    if (!project || budgetsOf(site, project.key).length === 0) return;
    site.emit({ on: event.on, actorId: event.actorId, kind: 'budget', event: 'updated', projectKey: project.key });
  });
}
