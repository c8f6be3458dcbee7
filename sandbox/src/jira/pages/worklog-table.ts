import { plainText } from '../site/rich-text';
import type { WorklogRow } from '../site/rows';
import type { Site } from '../site/site';
import { escapeHtml, hours, person } from './layout';

export function worklogTable(site: Site, worklogs: readonly WorklogRow[], withIssue: boolean): string {
  if (worklogs.length === 0) return '<p class="faint">No work has been logged yet.</p>';
  const rows = worklogs.map((worklog) => {
    const key = site.issues.get(worklog.issueId)?.key ?? '';
    return `<tr><td>${worklog.startedOn.slice(0, 10)}</td>${withIssue ? `<td><a href="/browse/${key}">${key}</a></td>` : ''}<td>${person(site, worklog.authorId)}</td><td class="n">${hours(worklog.seconds)}</td><td>${escapeHtml(plainText(worklog.comment) ?? '')}</td></tr>`;
  });
  return `<div class="wide"><table><thead><tr><th>Date</th>${withIssue ? '<th>Issue</th>' : ''}<th>Author</th><th class="n">Time spent</th><th>Comment</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}
