import { type JiraPayload, jiraId } from '../../../clients/jira/wire/jira-payload';
import { tellsOfWork } from '../../../clients/jira/wire/tells-of-work';
import { siteJobKey } from '../../../queue/job-key';
import { closedProjectId } from '../reconcile/closed-project';

/** Events after which the budget may differ: a project's facts may differ after each of them. */
const wantedEvents =
  /^(jira:issue_(created|updated|deleted|moved)|worklog_(created|updated|deleted)|project_(updated|deleted|soft_deleted|restored_deleted|archived|restored_archived|unarchived|closed)|jira:version_(created|updated|deleted|released|unreleased|moved|merged)|budget:budget_(updated|approved))$/;

/**
 * Events of the budget module that say something which no later look at Jira would show; the others only say where to
 * look. Their keys name the project by id or key.
 */
const ownKinds: ReadonlyMap<string, 'budget-approved' | 'project-closed'> = new Map([
  ['budget:budget_approved', 'budget-approved'],
  ['project_closed', 'project-closed'],
]);

/** When it happened, in milliseconds; null where the delivery does not say, or not in a form that is known. */
function timeOf({ timestamp }: JiraPayload): number | null {
  const at = typeof timestamp === 'number' ? timestamp : Date.parse(timestamp ?? '');
  return Number.isSafeInteger(at) ? at : null;
}

/** An issue that moved between projects concerns the project it left as well. */
function projectLeft(payload: JiraPayload): string | null {
  const item = payload.changelog?.items?.find((entry) => entry.field === 'project');
  // Unbounded and of any form in other items, so that only this one is judged.
  return jiraId.safeParse(item?.from).data ?? null;
}

/** Which jobs an event of a connected Jira names; null for one that says nothing of the budget. Pure. */
export function budgetKeysOfJiraEvent(
  event: string,
  payload: JiraPayload,
  connectionId: string,
): readonly string[] | null {
  if (!wantedEvents.test(event)) return null;
  const keys = new Set<string>();
  const add = (kind: string, id: string): Set<string> => keys.add(siteJobKey(kind, connectionId, id));
  const left = projectLeft(payload);
  if (left !== null) add('jira-project', left);
  const projectId = payload.issue?.fields?.project?.id ?? payload.project?.id ?? payload.version?.projectId;
  const issue = payload.worklog?.issueId ?? payload.issue?.id ?? payload.worklog?.issueKey;
  const projectKey = payload.budget?.projectKey ?? payload.project_key;
  const ownKind = ownKinds.get(event);
  const project = projectId ?? projectKey;
  if (ownKind === 'project-closed' && project !== undefined) add(ownKind, closedProjectId(project, timeOf(payload)));
  else if (ownKind !== undefined && project !== undefined) add(ownKind, project);
  // The worklog's own event says so too: both then have one key, so that they join, and that either is lost costs nothing.
  else if (issue !== undefined && tellsOfWork(event, payload)) add('jira-issue', issue);
  else if (projectId !== undefined) add('jira-project', projectId);
  else if (projectKey !== undefined) add('jira-project-key', projectKey);
  else if (issue !== undefined) add('jira-issue', issue);
  return [...keys];
}
