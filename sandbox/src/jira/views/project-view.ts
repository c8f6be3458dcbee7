import { issueTypes, roles } from '../site/defaults';
import type { ProjectRow } from '../site/rows';
import { jiraTimestamp } from '../site/timestamps';
import { categoryView, componentView, issueTypeView, versionView } from './catalogue-views';
import { userView } from './user-view';
import { avatarUrls, selfUrl } from './view';
import type { View } from './view';

/** A project inside another object. */
export function projectReference(view: View, project: ProjectRow) {
  const category = project.categoryId === null ? undefined : view.site.categories.get(project.categoryId);
  return {
    self: selfUrl(view, `/project/${project.id}`),
    id: project.id,
    key: project.key,
    name: project.name,
    projectTypeKey: project.typeKey,
    ...(view.edition === 'cloud' ? { simplified: project.simplified } : {}),
    avatarUrls: avatarUrls(view, '/secure/projectavatar', project.id),
    ...(category ? { projectCategory: categoryView(view, category) } : {}),
  };
}

/** A project in a list: description, lead and issue types come only when they are asked for. */
export function projectListView(view: View, project: ProjectRow, expand: ReadonlySet<string>) {
  const { site } = view;
  const issues = expand.has('insight') ? site.issues.where('project', project.id) : [];
  const lastUpdate = issues
    .map((issue) => issue.updatedOn)
    .sort()
    .at(-1);
  return {
    expand: 'description,lead,issueTypes,url,projectKeys,permissions,insight',
    ...projectReference(view, project),
    ...(expand.has('description') ? { description: project.description } : {}),
    ...(expand.has('lead') ? { lead: userView(view, project.leadId) } : {}),
    ...(expand.has('issueTypes') ? { issueTypes: issueTypes.map((type) => issueTypeView(view, type)) } : {}),
    ...(expand.has('url') && project.url ? { url: project.url } : {}),
    ...(expand.has('projectKeys') ? { projectKeys: [project.key, ...project.formerKeys] } : {}),
    ...(expand.has('insight')
      ? {
          insight: {
            totalIssueCount: issues.length,
            ...(lastUpdate ? { lastIssueUpdateTime: jiraTimestamp(lastUpdate) } : {}),
          },
        }
      : {}),
    ...(view.edition === 'cloud'
      ? { style: project.simplified ? 'next-gen' : 'classic', isPrivate: false, properties: {} }
      : {}),
    archived: project.archivedOn !== null,
    ...(project.archivedOn
      ? { archivedDate: jiraTimestamp(project.archivedOn), archivedBy: userView(view, project.archivedById) }
      : {}),
    ...(project.deletedOn
      ? { deleted: true, deletedDate: jiraTimestamp(project.deletedOn), deletedBy: userView(view, project.deletedById) }
      : {}),
  };
}

/** A project as an answer of its own; its id is text here, while creation answers a number. */
export function projectView(view: View, project: ProjectRow, expand: ReadonlySet<string>) {
  const { site } = view;
  const full = new Set([...expand, 'description', 'lead', 'issueTypes', 'url']);
  return {
    ...projectListView(view, project, full),
    components: site.components.where('project', project.id).map((component) => componentView(view, component)),
    versions: site.versions.where('project', project.id).map((version) => versionView(view, version)),
    assigneeType: project.assigneeType,
    roles: Object.fromEntries(
      roles.map((role) => [role.name, selfUrl(view, `/project/${project.id}/role/${role.id}`)]),
    ),
  };
}
