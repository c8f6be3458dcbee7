import { plainText } from '../site/rich-text';
import type { ProjectRow } from '../site/rows';
import type { Site } from '../site/site';
import { issueTypeById, statusById } from '../views/catalogue-views';
import { escapeHtml, hours, layout, person } from './layout';
import { permissionsCard } from './people-page';
import { worklogTable } from './worklog-table';

/** worklogs shown on a project's page; the rest is on its issues */
const RECENT = 25;

export function projectPage(site: Site, project: ProjectRow): string {
  const issues = site.issues.where('project', project.id);
  const worklogs = issues.flatMap((issue) => site.worklogs.where('issue', issue.id));
  const total = worklogs.reduce((sum, row) => sum + row.seconds, 0);
  const done = issues.filter((issue) => statusById(issue.statusId).categoryKey === 'done').length;
  const issueRows = issues.map((issue) => {
    const status = statusById(issue.statusId);
    const logged = site.worklogs.where('issue', issue.id).reduce((sum, row) => sum + row.seconds, 0);
    return `<tr><td>${issueTypeById(issue.typeId).name}</td><td><a href="/browse/${issue.key}">${issue.key}</a></td><td>${escapeHtml(issue.summary)}</td><td><span class="chip ${status.categoryKey}">${status.name}</span></td><td>${person(site, issue.assigneeId)}</td><td class="n">${issue.originalEstimate === null ? '' : hours(issue.originalEstimate)}</td><td class="n">${hours(logged)}</td></tr>`;
  });
  const versions = site.versions
    .where('project', project.id)
    .map(
      (version) =>
        `<tr><td>${escapeHtml(version.name)}</td><td>${version.releaseDate ?? ''}</td><td><span class="chip ${version.released ? 'done' : 'new'}">${version.released ? 'Released' : 'Unreleased'}</span></td></tr>`,
    );
  const recent = [...worklogs].sort((left, right) => (left.startedOn < right.startedOn ? 1 : -1)).slice(0, RECENT);
  const share = issues.length === 0 ? 0 : Math.round((done / issues.length) * 100);
  return layout(
    project.name,
    `<div class="crumbs"><a href="/">Projects</a> / ${project.key}</div><h1>${escapeHtml(project.name)}${project.archivedOn ? ' <span class="chip">Archived</span>' : ''}</h1>
<div class="cols"><div><p>${escapeHtml(plainText({ format: 'text', text: project.description }) ?? '')}</p>
<h2>Issues</h2><div class="wide"><table><thead><tr><th>Type</th><th>Key</th><th>Summary</th><th>Status</th><th>Assignee</th><th class="n">Estimate</th><th class="n">Logged</th></tr></thead><tbody>${issueRows.join('')}</tbody></table></div>
<h2>Latest work</h2>${worklogTable(site, recent, true)}</div>
<aside><div class="card"><dl><dt>Key</dt><dd>${project.key}</dd><dt>Lead</dt><dd>${person(site, project.leadId)}</dd><dt>Issues</dt><dd>${done} of ${issues.length} done<div class="bar"><i style="width:${share}%"></i></div></dd><dt>Logged</dt><dd>${hours(total)} in ${worklogs.length} entries</dd><dt>Created</dt><dd>${project.createdOn.slice(0, 10)}</dd></dl></div>
${permissionsCard(site, project)}
${versions.length > 0 ? `<h2>Releases</h2><table><tbody>${versions.join('')}</tbody></table>` : ''}</aside></div>`,
  );
}
