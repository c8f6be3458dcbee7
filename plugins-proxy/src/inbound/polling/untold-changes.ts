import { siteJobKey } from '../../queue/job-key';

/** An issue of a linked project that Jira says has changed. */
export interface ChangedIssue {
  readonly id: string;
  readonly key: string;
  readonly projectId: string;
  readonly projectKey: string;
}

/** Of the changes that webhooks should have told of: those that they did, and those that they did not. */
export interface Arrivals {
  readonly told: readonly ChangedIssue[];
  readonly untold: readonly ChangedIssue[];
}

/**
 * Fields whose change Jira's subscribed events tell of, by their names in a change log, in lower case. Comments and links also request an
 * issue, but have events of their own that nobody here subscribes to.
 */
const toldFields = new Set([
  'status',
  'resolution',
  'summary',
  'description',
  'priority',
  'assignee',
  'issuetype',
  'project',
  'key',
  'duedate',
  'fix version',
  'timespent',
  'timeestimate',
  'timeoriginalestimate',
  'worklogid',
]);

/** One entry of an issue's change log. */
export interface ChangeLogEntry {
  /** milliseconds */
  readonly at: number;
  readonly fields: readonly string[];
}

/** Whether a webhook has to tell of what happened to an issue in a span of time. Pure. */
export function mustBeTold(
  issue: { readonly created: number; readonly changes: readonly ChangeLogEntry[] },
  span: { readonly from: number; readonly until: number },
): boolean {
  const within = (at: number): boolean => at >= span.from && at <= span.until;
  if (within(issue.created)) return true;
  return issue.changes.some(
    ({ at, fields }) => within(at) && fields.some((name) => toldFields.has(name.toLowerCase())),
  );
}

/** Which changes deliveries of a connection have told of, by the job keys that they enqueued. Pure. */
export function judgeArrivals(
  changed: readonly ChangedIssue[],
  keys: ReadonlySet<string>,
  connectionId: string,
): Arrivals {
  const isTold = ({ id, key, projectId, projectKey }: ChangedIssue): boolean =>
    [
      ['jira-issue', id],
      ['jira-issue', key],
      ['jira-project', projectId],
      ['jira-project-key', projectKey],
      ['linked-issue', id],
    ].some(([kind = '', named = '']) => keys.has(siteJobKey(kind, connectionId, named)));
  return { told: changed.filter(isTold), untold: changed.filter((issue) => !isTold(issue)) };
}
