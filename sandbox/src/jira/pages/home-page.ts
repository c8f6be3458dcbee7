import type { Site } from '../site/site';
import { escapeHtml, hours, layout, person } from './layout';

export function homePage(site: Site): string {
  const rows = site.projects
    .all()
    .filter((project) => project.deletedOn === null)
    .map((project) => {
      const issues = site.issues.where('project', project.id);
      const seconds = issues
        .flatMap((issue) => site.worklogs.where('issue', issue.id))
        .reduce((sum, row) => sum + row.seconds, 0);
      return `<tr><td><a href="/projects/${project.key}">${escapeHtml(project.name)}</a>${project.archivedOn ? ' <span class="chip">Archived</span>' : ''}</td><td>${project.key}</td><td>${person(site, project.leadId)}</td><td class="n">${issues.length}</td><td class="n">${hours(seconds)}</td></tr>`;
    });
  const table = `<div class="wide"><table><thead><tr><th>Project</th><th>Key</th><th>Lead</th><th class="n">Issues</th><th class="n">Logged</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
  return layout(
    'Projects',
    `<div class="crumbs"><a href="/people">People and tokens</a></div><h1>Projects</h1>${rows.length > 0 ? table : '<p class="faint">There is no project yet.</p>'}`,
  );
}
