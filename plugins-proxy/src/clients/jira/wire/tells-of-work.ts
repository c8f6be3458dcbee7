import type { JiraPayload } from './jira-payload';

/** Fields of an issue that change when work is logged, by their names in lower case without spaces. */
const fieldsOfWork = new Set(['timespent', 'timeestimate', 'worklogid', 'worklogtimespent']);

/** Whether an event is an issue's update that says nothing but that work was logged on it. Pure. */
export function tellsOfWork(event: string, { changelog }: Pick<JiraPayload, 'changelog'>): boolean {
  const items = changelog?.items ?? [];
  return (
    event === 'jira:issue_updated' &&
    items.length > 0 &&
    items.every(({ field }) => fieldsOfWork.has(field.toLowerCase().replaceAll(' ', '')))
  );
}
