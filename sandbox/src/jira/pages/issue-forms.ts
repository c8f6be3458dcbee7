import { priorities, transitions } from '../site/defaults';
import type { IssueRow, UserRow } from '../site/rows';
import type { Site } from '../site/site';
import { escapeHtml } from './layout';

const option = (value: string, label: string, selected: boolean): string =>
  `<option value="${escapeHtml(value)}"${selected ? ' selected' : ''}>${escapeHtml(label)}</option>`;

/** Who somebody is on these pages. */
export function personForm(site: Site, actor: UserRow, back: string): string {
  const people = site.users
    .all()
    .filter(({ active }) => active)
    .map(({ id, displayName }) => option(id, displayName, id === actor.id));
  return `<form method="post" action="/person"><label>Working as <select name="person">${people.join('')}</select></label><input type="hidden" name="back" value="${escapeHtml(back)}"> <button>Change</button></form>`;
}

/** What a person can do with an issue by hand. */
export function issueForms(site: Site, issue: IssueRow, actor: UserRow): string {
  const form = (action: string, fields: string): string =>
    `<form method="post" action="/browse/${issue.key}/${action}">${fields}</form>`;
  const steps = transitions
    .filter(({ toId }) => toId !== issue.statusId)
    .map(({ id, name }) => `<button name="transition" value="${id}">${escapeHtml(name)}</button>`);
  const people = site.users.all().filter(({ active, kind }) => active && kind === 'atlassian');
  const projects = site.projects
    .all()
    .filter(({ id, deletedOn, archivedOn }) => id !== issue.projectId && deletedOn === null && archivedOn === null);
  return `<section class="card acts"><h2>By hand</h2>${personForm(site, actor, `/browse/${issue.key}`)}
${form('transition', `<span>Move to</span> ${steps.join(' ')}`)}
${form(
  'edit',
  `<label>Summary <input name="summary" required maxlength="255" value="${escapeHtml(issue.summary)}"></label>
<label>Priority <select name="priority">${priorities.map(({ id, name }) => option(id, name, id === issue.priorityId)).join('')}</select></label>
<label>Labels <input name="labels" value="${escapeHtml(issue.labels.join(' '))}"></label>
<label>Assignee <select name="assignee">${option('', 'Unassigned', issue.assigneeId === null)}${people.map(({ id, displayName }) => option(id, displayName, id === issue.assigneeId)).join('')}</select></label>
<button>Save</button>`,
)}
${form('comment', '<label>Comment <textarea name="text" rows="3" required></textarea></label><button>Add comment</button>')}
${form('move', `<label>Project <select name="project">${projects.map(({ id, key, name }) => option(id, `${key} · ${name}`, false)).join('')}</select></label><button>Move issue</button>`)}
${form('delete', '<button>Delete issue</button>')}</section>`;
}
