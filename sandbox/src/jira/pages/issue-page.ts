import { priorities } from '../site/defaults';
import { plainText } from '../site/rich-text';
import type { IssueRow, UserRow } from '../site/rows';
import type { Site } from '../site/site';
import { issueTypeById, statusById } from '../views/catalogue-views';
import { issueForms } from './issue-forms';
import { escapeHtml, hours, layout, person } from './layout';
import { worklogForms } from './worklog-forms';
import { worklogTable } from './worklog-table';

function customRows(site: Site, issue: IssueRow): string {
  return site.customFields
    .all()
    .flatMap((field) => {
      const value = issue.custom[field.id] ?? null;
      if (value === null) return [];
      const option = field.options.find(({ id }) => id === value);
      const shown = option?.value ?? (typeof value === 'number' ? value.toLocaleString('en-CA') : value);
      return [`<dt>${escapeHtml(field.name)}</dt><dd>${escapeHtml(shown)}</dd>`];
    })
    .join('');
}

export function issuePage(site: Site, issue: IssueRow, actor: UserRow): string {
  const project = site.projects.get(issue.projectId);
  const parent = issue.parentId === null ? undefined : site.issues.get(issue.parentId);
  const status = statusById(issue.statusId);
  const worklogs = site.worklogs
    .where('issue', issue.id)
    .sort((left, right) => (left.startedOn < right.startedOn ? 1 : -1));
  const logged = worklogs.reduce((sum, row) => sum + row.seconds, 0);
  const whole = Math.max(logged + (issue.remainingEstimate ?? 0), 1);
  const children = site.issues.where('parent', issue.id).map((child) => {
    const childStatus = statusById(child.statusId);
    return `<tr><td><a href="/browse/${child.key}">${child.key}</a></td><td>${escapeHtml(child.summary)}</td><td><span class="chip ${childStatus.categoryKey}">${childStatus.name}</span></td><td>${person(site, child.assigneeId)}</td></tr>`;
  });
  const comments = site.comments
    .where('issue', issue.id)
    .map(
      (comment) =>
        `<div class="card">${person(site, comment.authorId)} <span class="faint">${comment.createdOn.slice(0, 10)}</span><p>${escapeHtml(plainText(comment.body) ?? '')}</p></div>`,
    );
  const description = plainText(issue.description);
  return layout(
    `[${issue.key}] ${issue.summary}`,
    `<div class="crumbs"><a href="/projects/${project?.key ?? ''}">${escapeHtml(project?.name ?? '')}</a>${parent ? ` / <a href="/browse/${parent.key}">${parent.key}</a>` : ''} / ${issue.key}</div><h1>${escapeHtml(issue.summary)}</h1>
<div class="cols"><div><h2>Description</h2>${description ? `<p>${escapeHtml(description)}</p>` : '<p class="faint">There is no description.</p>'}
${children.length > 0 ? `<h2>Child issues</h2><div class="wide"><table><tbody>${children.join('')}</tbody></table></div>` : ''}
<h2>Work log</h2>${worklogTable(site, worklogs, false)}
${comments.length > 0 ? `<h2>Comments</h2>${comments.join('')}` : ''}
${issueForms(site, issue, actor)}
${worklogForms(site, issue)}</div>
<aside><div class="card"><dl><dt>Status</dt><dd><span class="chip ${status.categoryKey}">${status.name}</span></dd><dt>Type</dt><dd>${issueTypeById(issue.typeId).name}</dd><dt>Assignee</dt><dd>${person(site, issue.assigneeId)}</dd><dt>Reporter</dt><dd>${person(site, issue.reporterId)}</dd><dt>Priority</dt><dd>${priorities.find(({ id }) => id === issue.priorityId)?.name ?? ''}</dd>
<dt>Time tracking</dt><dd>${hours(logged)} logged${issue.remainingEstimate === null ? '' : `, ${hours(issue.remainingEstimate)} remaining`}<div class="bar"><i style="width:${Math.round((logged / whole) * 100)}%"></i></div></dd>${issue.originalEstimate === null ? '' : `<dt>Estimate</dt><dd>${hours(issue.originalEstimate)}</dd>`}${issue.dueDate ? `<dt>Due</dt><dd>${issue.dueDate}</dd>` : ''}${issue.labels.length > 0 ? `<dt>Labels</dt><dd>${escapeHtml(issue.labels.join(', '))}</dd>` : ''}${issue.fixVersionIds.length > 0 ? `<dt>Fix versions</dt><dd>${escapeHtml(issue.fixVersionIds.map((id) => site.versions.get(id)?.name ?? '').join(', '))}</dd>` : ''}${customRows(site, issue)}</dl></div></aside></div>`,
  );
}
