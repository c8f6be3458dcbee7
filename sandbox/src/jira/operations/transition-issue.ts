import { JiraError } from '../jira-error';
import { DONE_RESOLUTION, transitions } from '../site/defaults';
import type { IssueRow, UserRow } from '../site/rows';
import { statusById } from '../views/catalogue-views';
import type { View } from '../views/view';
import { asRecord } from './as-record';
import { notOnScreen } from './read-issue-fields';
import { historyMetadataOf, storeProperties } from './request-extras';
import { ARCHIVED, changeIssue, projectOf } from './store-issue';

/** Moves an issue along the workflow; entering a done status sets the resolution, leaving it clears it. */
export function transitionIssue(
  view: View,
  actor: UserRow,
  issue: IssueRow,
  transitionId: string,
  input: unknown,
): IssueRow {
  const { site } = view;
  const transition = transitions.find((candidate) => candidate.id === transitionId);
  if (!transition)
    throw new JiraError(400, [
      `It seems that you have tried to perform a workflow operation (${transitionId}) that is not valid for the current state of this issue (${issue.key}). The likely cause is that somebody has changed the issue recently, please look at the issue history for details.`,
    ]);
  const project = projectOf(site, issue);
  if (project.archivedOn !== null) throw new JiraError(400, [ARCHIVED]);
  // No transition of the simplified workflow has a screen: there is nothing to fill in on the way.
  const body = asRecord(input);
  const given = Object.keys(asRecord(body['fields']));
  if (given.length > 0)
    throw new JiraError(400, [], Object.fromEntries(given.map((fieldId) => [fieldId, notOnScreen(fieldId)])));
  const now = site.now();
  const done = statusById(transition.toId).categoryKey === 'done';
  const wasDone = statusById(issue.statusId).categoryKey === 'done';
  const moved = transition.toId !== issue.statusId;
  const changed = changeIssue(
    site,
    actor,
    issue,
    {
      statusId: transition.toId,
      ...(moved ? { statusChangedOn: now } : {}),
      ...(done && !wasDone ? { resolutionId: DONE_RESOLUTION, resolvedOn: now } : {}),
      ...(!done ? { resolutionId: null, resolvedOn: null } : {}),
    },
    // every transition of the simplified workflow fires the generic event
    'issue_generic',
    [],
    historyMetadataOf(body),
  );
  storeProperties(site, issue, body);
  return changed;
}
