import type { Api, Call } from '../api';
import { pageOf } from '../api';
import { JiraError } from '../jira-error';
import { issueTypes, priorities } from '../site/defaults';
import type { ProjectRow } from '../site/rows';
import { componentView, issueTypeById, issueTypeView, priorityView, versionView } from '../views/catalogue-views';
import type { FieldDescription } from '../views/fields';
import { fieldsOnIssue } from '../views/issue-view';
import { projectReference } from '../views/project-view';
import { selfUrl } from '../views/view';
import { requireIssue } from './issues';
import { requireProject } from './projects';

const ON_SCREEN = new Set([
  'summary',
  'issuetype',
  'parent',
  'project',
  'description',
  'priority',
  'labels',
  'assignee',
  'reporter',
  'components',
  'fixVersions',
  'versions',
  'duedate',
  'environment',
  'timetracking',
]);

function allowedValues(
  call: Call,
  project: ProjectRow,
  typeId: string,
  field: FieldDescription,
): unknown[] | undefined {
  const { view, site } = call;
  switch (field.id) {
    case 'issuetype':
      return [issueTypeView(view, issueTypeById(typeId))];
    case 'project':
      return [projectReference(view, project)];
    case 'priority':
      return priorities.map(({ id }) => priorityView(view, id));
    case 'components':
      return site.components.where('project', project.id).map((row) => componentView(view, row));
    case 'fixVersions':
    case 'versions':
      return site.versions.where('project', project.id).map((row) => versionView(view, row));
    default:
      return site.customFields
        .get(field.id)
        ?.options.map((option) => ({ self: selfUrl(view, `/customFieldOption/${option.id}`), ...option }));
  }
}

function fieldMetas(call: Call, project: ProjectRow, typeId: string) {
  const level = issueTypeById(typeId).level;
  const required = new Set(['summary', 'issuetype', 'project', 'reporter', ...(level === -1 ? ['parent'] : [])]);
  return fieldsOnIssue(call.view, project)
    .filter((field) => ON_SCREEN.has(field.id) || field.schema.custom)
    .filter((field) => field.id !== 'parent' || call.edition === 'cloud' || level === -1)
    .map((field) => {
      const values = allowedValues(call, project, typeId, field);
      const many = field.schema.type === 'array';
      return {
        required: required.has(field.id),
        schema: field.schema,
        name: field.name,
        ...(call.edition === 'cloud' ? { key: field.id } : {}),
        fieldId: field.id,
        hasDefaultValue: field.id === 'priority' || field.id === 'reporter',
        operations: many ? ['add', 'set', 'remove'] : ['set'],
        ...(values && (values.length > 0 || field.id === 'components' || field.id === 'fixVersions')
          ? { allowedValues: values }
          : {}),
        ...(field.id === 'assignee' || field.id === 'reporter'
          ? { autoCompleteUrl: selfUrl(call.view, '/user/assignable/search?project=' + project.key + '&query=') }
          : {}),
      };
    });
}

/** The old form: projects, their types, their fields, in one tree. */
function wholeMeta(call: Call) {
  call.user();
  const [ids, keys] = [call.queryList('projectIds'), call.queryList('projectKeys')];
  const [typeIds, typeNames] = [call.queryList('issuetypeIds'), call.queryList('issuetypeNames')];
  const withFields = call.expand().has('projects.issuetypes.fields');
  const projects = call.site.projects
    .all()
    .filter((project) => !project.deletedOn && !project.archivedOn)
    .filter(
      (project) => (ids.length === 0 && keys.length === 0) || ids.includes(project.id) || keys.includes(project.key),
    );
  return {
    expand: 'projects',
    projects: projects.map((project) => ({
      expand: 'issuetypes',
      ...projectReference(call.view, project),
      issuetypes: issueTypes
        .filter(
          (type) =>
            (typeIds.length === 0 || typeIds.includes(type.id)) &&
            (typeNames.length === 0 || typeNames.includes(type.name)),
        )
        .map((type) => ({
          ...issueTypeView(call.view, type),
          ...(withFields
            ? {
                expand: 'fields',
                fields: Object.fromEntries(fieldMetas(call, project, type.id).map((meta) => [meta.fieldId, meta])),
              }
            : {}),
        })),
    })),
  };
}

function page(call: Call, items: readonly unknown[], name: 'issueTypes' | 'fields', path: string) {
  const start = call.queryNumber('startAt', 0);
  const max = call.queryNumber('maxResults', 50);
  if (max > 200) throw new JiraError(400, ["Parameter 'maxResults' must not exceed the limit '200'"]);
  // Data Center calls the list `values`, as in its other pages
  if (call.edition === 'dc') {
    const { self: _self, ...rest } = pageOf(call, items, start, max, path);
    return rest;
  }
  return { startAt: start, maxResults: max, total: items.length, [name]: items.slice(start, start + max) };
}

/** What may be entered when an issue is made or changed. */
export function registerIssueMetadata(api: Api): void {
  api.get('/issue/createmeta', wholeMeta, { only: 'cloud' });
  api.get('/issue/createmeta/:projectIdOrKey/issuetypes', (call) => {
    const project = requireProject(call);
    return page(
      call,
      issueTypes.map((type) => issueTypeView(call.view, type)),
      'issueTypes',
      `/issue/createmeta/${project.key}/issuetypes`,
    );
  });
  api.get('/issue/createmeta/:projectIdOrKey/issuetypes/:issueTypeId', (call) => {
    const project = requireProject(call);
    const type = issueTypes.find(({ id }) => id === call.path('issueTypeId'));
    if (!type) throw JiraError.notFound(`The issue type with id '${call.path('issueTypeId')}' does not exist`);
    return page(
      call,
      fieldMetas(call, project, type.id),
      'fields',
      `/issue/createmeta/${project.key}/issuetypes/${type.id}`,
    );
  });
  api.get('/issue/:issueIdOrKey/editmeta', (call) => {
    const issue = requireIssue(call);
    const project = call.site.projects.get(issue.projectId);
    if (!project) throw new Error(`Issue ${issue.key} has no project.`);
    const metas = fieldMetas(call, project, issue.typeId).filter((meta) => meta.fieldId !== 'project');
    return { fields: Object.fromEntries(metas.map((meta) => [meta.fieldId, meta])) };
  });
}
