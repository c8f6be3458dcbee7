import { entryOf } from '@crmjira/domain';
import { z } from 'zod';
import { JiraError } from '../jira-error';
import { projectTemplates, projectTypes } from '../site/project-templates';
import type { Edition, ProjectRow, UserRow } from '../site/rows';
import type { Site } from '../site/site';
import { budgetsOf } from '../tempo/budget-figures';
import { keyProblem, nameProblem } from './check-project';

export const projectInput = z.looseObject({
  key: z.string().optional(),
  name: z.string().optional(),
  description: z.string().nullish(),
  lead: z.string().optional(),
  leadAccountId: z.string().optional(),
  projectTypeKey: z.string().optional(),
  projectTemplateKey: z.string().optional(),
  categoryId: z.union([z.number(), z.string()]).nullish(),
  url: z.string().nullish(),
  assigneeType: z.enum(['PROJECT_LEAD', 'UNASSIGNED']).optional(),
});
export type ProjectInput = z.infer<typeof projectInput>;

function readLead(
  site: Site,
  edition: Edition,
  input: ProjectInput,
  errors: Record<string, string>,
): string | undefined {
  const { lead, leadAccountId } = input;
  if (lead !== undefined && leadAccountId !== undefined) {
    errors['projectLead'] = "Only one of 'lead' and 'leadAccountId' may be given.";
    return undefined;
  }
  if (edition === 'cloud' && lead !== undefined) {
    errors['lead'] = "'leadAccountId' must be the only user identifying parameter in GDPR strict mode.";
    return undefined;
  }
  const wanted = edition === 'cloud' ? leadAccountId : lead;
  const user =
    edition === 'cloud'
      ? site.users.get(wanted ?? '')
      : site.users.all().find((candidate) => candidate.name === wanted || candidate.key === wanted);
  if (!user) errors['projectLead'] = 'You must specify a valid project lead.';
  return user?.id;
}

function readCategory(site: Site, input: ProjectInput, errors: Record<string, string>): string | null | undefined {
  const { categoryId } = input;
  if (categoryId === undefined) return undefined;
  // -1 takes the category away
  if (categoryId === null || String(categoryId) === '-1') return null;
  if (!site.categories.get(String(categoryId))) {
    errors['categoryId'] = `A project category with id '${categoryId}' does not exist.`;
    return undefined;
  }
  return String(categoryId);
}

/**
 * Makes a project as `POST /project` does.
 * @throws JiraError 400 with every problem at once, keyed as Jira keys them
 */
export function createProject(
  site: Site,
  edition: Edition,
  actor: UserRow,
  input: ProjectInput,
  contractKeys: boolean,
): ProjectRow {
  const errors: Record<string, string> = {};
  const key = input.key ?? '';
  const name = (input.name ?? '').trim();
  const keyTrouble = keyProblem(site, edition, key, contractKeys);
  if (keyTrouble) errors['projectKey'] = keyTrouble;
  const nameTrouble = nameProblem(site, name);
  if (nameTrouble) errors['projectName'] = nameTrouble;
  const leadId = readLead(site, edition, input, errors);
  const categoryId = readCategory(site, input, errors) ?? null;
  const typeKey = input.projectTypeKey ?? 'software';
  if (!projectTypes.some((type) => type === typeKey))
    errors['projectType'] = 'An invalid project type was specified. Make sure the project type is valid and installed.';
  const templateKey = input.projectTemplateKey ?? defaultTemplate(edition, typeKey);
  const template = entryOf(projectTemplates, templateKey);
  if (!template || (edition === 'dc' && /gh-simplified/.test(templateKey) && !contractKeys))
    errors['projectTemplate'] = `The project template '${templateKey}' does not exist.`;
  else if (template.typeKey !== typeKey)
    errors['projectTemplate'] = `The project template is not available for the project type '${typeKey}'.`;
  if (Object.keys(errors).length > 0 || !template || leadId === undefined) throw new JiraError(400, [], errors);

  const now = site.now();
  const project = site.projects.put<ProjectRow>({
    id: site.nextId('project', site.options.firstProjectId),
    key,
    formerKeys: [],
    name,
    description: input.description ?? '',
    leadId,
    typeKey,
    templateKey,
    simplified: edition === 'cloud' && template.simplified,
    categoryId,
    url: input.url ?? '',
    assigneeType: input.assigneeType ?? 'UNASSIGNED',
    createdOn: now,
    archivedOn: null,
    archivedById: null,
    deletedOn: null,
    deletedById: null,
    lastIssueNumber: 0,
  });
  site.emit({ on: now, actorId: actor.id, kind: 'project', event: 'created', project });
  return project;
}

/** What a project of a type is made from when no template is named. */
function defaultTemplate(edition: Edition, typeKey: string): string {
  if (typeKey === 'business')
    return 'com.atlassian.jira-core-project-templates:jira-core-simplified-project-management';
  if (typeKey === 'service_desk') return 'com.atlassian.servicedesk:simplified-it-service-management';
  return edition === 'cloud'
    ? 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic'
    : 'com.pyxis.greenhopper.jira:gh-scrum-template';
}

/** Changes what `PUT /project` names; a new key keeps answering under the old one. */
export function editProject(
  site: Site,
  edition: Edition,
  actor: UserRow,
  project: ProjectRow,
  input: ProjectInput,
): ProjectRow {
  const errors: Record<string, string> = {};
  const name = input.name?.trim();
  if (name !== undefined) {
    const trouble = nameProblem(site, name, project.id);
    if (trouble) errors['projectName'] = trouble;
  }
  const newKey = input.key !== undefined && input.key !== project.key ? input.key : undefined;
  const returnsToFormer = newKey !== undefined && project.formerKeys.includes(newKey);
  if (newKey !== undefined && !returnsToFormer) {
    const trouble = keyProblem(site, edition, newKey, false);
    if (trouble) errors['projectKey'] = trouble;
  }
  const namesLead = input.lead !== undefined || input.leadAccountId !== undefined;
  const leadId = namesLead ? readLead(site, edition, input, errors) : undefined;
  const categoryId = readCategory(site, input, errors);
  if (Object.keys(errors).length > 0) throw new JiraError(400, [], errors);
  const changed = site.projects.put<ProjectRow>({
    ...project,
    name: name ?? project.name,
    description: input.description ?? project.description,
    leadId: leadId ?? project.leadId,
    url: input.url ?? project.url,
    assigneeType: input.assigneeType ?? project.assigneeType,
    categoryId: categoryId === undefined ? project.categoryId : categoryId,
    key: newKey ?? project.key,
    formerKeys: newKey
      ? [...project.formerKeys.filter((former) => former !== newKey), project.key]
      : project.formerKeys,
  });
  if (newKey)
    for (const issue of site.issues.where('project', project.id))
      site.issues.put({ ...issue, key: `${newKey}-${issue.key.slice(issue.key.lastIndexOf('-') + 1)}` });
  site.emit({ on: site.now(), actorId: actor.id, kind: 'project', event: 'updated', project: changed });
  return changed;
}

export function archiveProject(site: Site, actor: UserRow, project: ProjectRow): void {
  if (project.archivedOn !== null) return;
  const archived = site.projects.put<ProjectRow>({ ...project, archivedOn: site.now(), archivedById: actor.id });
  site.emit({ on: site.now(), actorId: actor.id, kind: 'project', event: 'archived', project: archived });
}

/** Brings a project back from the archive or the recycle bin. */
export function restoreProject(site: Site, actor: UserRow, project: ProjectRow): ProjectRow {
  const event = project.deletedOn !== null ? 'restored_deleted' : 'restored_archived';
  const restored = site.projects.put<ProjectRow>({
    ...project,
    archivedOn: null,
    archivedById: null,
    deletedOn: null,
    deletedById: null,
  });
  site.emit({ on: site.now(), actorId: actor.id, kind: 'project', event, project: restored });
  return restored;
}

export function trashProject(site: Site, actor: UserRow, project: ProjectRow): void {
  const trashed = site.projects.put<ProjectRow>({ ...project, deletedOn: site.now(), deletedById: actor.id });
  site.emit({ on: site.now(), actorId: actor.id, kind: 'project', event: 'soft_deleted', project: trashed });
}

/** Deletes for good, with everything in it; its key is free again. */
export function deleteProject(site: Site, actor: UserRow, project: ProjectRow): void {
  site.together(() => {
    for (const issue of site.issues.where('project', project.id)) forgetIssue(site, issue.id);
    for (const version of site.versions.where('project', project.id)) site.versions.delete(version.id);
    for (const component of site.components.where('project', project.id)) site.components.delete(component.id);
    for (const property of site.properties.where('owner', `project/${project.id}`)) site.properties.delete(property.id);
    for (const budget of budgetsOf(site, project.key)) site.budgets.delete(budget.id);
    site.projects.delete(project.id);
    site.emit({ on: site.now(), actorId: actor.id, kind: 'project', event: 'deleted', project });
  });
}

/** Takes an issue and all that hangs on it out of the site, without an event. */
export function forgetIssue(site: Site, issueId: string): void {
  for (const worklog of site.worklogs.where('issue', issueId)) {
    site.worklogs.delete(worklog.id);
    site.deletedWorklogs.put({ id: worklog.id, deletedOn: site.now() });
  }
  for (const comment of site.comments.where('issue', issueId)) site.comments.delete(comment.id);
  for (const change of site.changes.where('issue', issueId)) site.changes.delete(change.id);
  for (const attachment of site.attachments.where('issue', issueId)) site.attachments.delete(attachment.id);
  for (const link of [...site.issueLinks.where('source', issueId), ...site.issueLinks.where('destination', issueId)])
    site.issueLinks.delete(link.id);
  for (const link of site.remoteLinks.where('issue', issueId)) site.remoteLinks.delete(link.id);
  for (const property of site.properties.where('owner', `issue/${issueId}`)) site.properties.delete(property.id);
  site.issues.delete(issueId);
}
