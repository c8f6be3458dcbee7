import { textOf } from '../jira/site/rich-text';
import type { IssueRow, WorklogRow } from '../jira/site/rows';
import { BILLING_PROPERTY } from '../jira/tempo/budget-figures';
import { rateOf } from './simulate-work';
import { at } from './work-days';
import type { Writing } from './writing';

const REMARKS = [
  '',
  'Review comments worked in',
  'With the customer',
  'Tests included',
  '',
  'Pairing',
  'Clarified open points',
];

/**
 * The work of the team; whoever has a rate of their own carries it on each worklog. A module that prices hours by itself knows nothing
 * of a project's rate: there each worklog of another currency has to say it.
 */
export function writeWorklogs(
  { site, opportunity, work, people, leadId, budgetSource }: Writing,
  issues: readonly IssueRow[],
): void {
  const { currency } = opportunity;
  const priced = budgetSource !== 'computed' && currency !== 'CAD';
  work.worklogs.forEach((entry, index) => {
    const issue = issues[entry.issue];
    if (!issue) return;
    const authorId = people[entry.person] ?? leadId;
    const remark = REMARKS[index % REMARKS.length] ?? '';
    const savedOn = at(entry.day, Math.min(23, entry.hour + Math.ceil(entry.seconds / 3600)));
    const worklog = site.worklogs.put<WorklogRow>({
      id: site.nextId('worklog'),
      issueId: issue.id,
      authorId,
      updateAuthorId: authorId,
      comment: remark ? textOf(remark) : null,
      startedOn: at(entry.day, entry.hour),
      seconds: entry.seconds,
      createdOn: savedOn,
      updatedOn: savedOn,
    });
    const { rate, own } = rateOf(opportunity, entry.person);
    if (own || priced) site.setProperty(`worklog/${worklog.id}`, BILLING_PROPERTY, { rate, currency });
  });
}
