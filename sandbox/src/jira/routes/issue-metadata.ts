import type { Api, Call } from '../api';
import { pageOf } from '../api';
import { JiraError } from '../jira-error';
import { issueTypes } from '../site/defaults';
import { issueTypeView } from '../views/catalogue-views';
import { editMeta, fieldMetas, fieldMetasById } from '../views/field-metas';
import { avatarUrls, selfUrl } from '../views/view';
import { requireIssue } from './require-issue';
import { requireProject } from './projects';

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
      self: selfUrl(call.view, `/project/${project.id}`),
      id: project.id,
      key: project.key,
      name: project.name,
      avatarUrls: avatarUrls(call.view, '/secure/projectavatar', project.id),
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
                fields: fieldMetasById(call.view, project, type.id),
              }
            : {}),
        })),
    })),
  };
}

function page(call: Call, items: readonly unknown[], name: 'issueTypes' | 'fields') {
  const start = call.queryNumber('startAt', 0);
  const max = call.queryNumber('maxResults', 50);
  if (max > 200) throw new JiraError(400, ["Parameter 'maxResults' must not exceed the limit '200'"]);
  // Data Center calls the list `values`, as in its other pages
  if (call.edition === 'dc') {
    const { self: _self, ...rest } = pageOf(call, items, start, max);
    return rest;
  }
  return { startAt: start, maxResults: max, total: items.length, [name]: items.slice(start, start + max) };
}

/** What may be entered when an issue is made or changed. */
export function registerIssueMetadata(api: Api): void {
  api.get('/issue/createmeta', wholeMeta, { only: 'cloud' });
  api.get('/issue/createmeta/:projectIdOrKey/issuetypes', (call) => {
    requireProject(call);
    return page(
      call,
      issueTypes.map((type) => issueTypeView(call.view, type)),
      'issueTypes',
    );
  });
  api.get('/issue/createmeta/:projectIdOrKey/issuetypes/:issueTypeId', (call) => {
    const project = requireProject(call);
    const type = issueTypes.find(({ id }) => id === call.path('issueTypeId'));
    if (!type) throw JiraError.notFound(`The issue type with id '${call.path('issueTypeId')}' does not exist`);
    return page(call, fieldMetas(call.view, project, type.id), 'fields');
  });
  api.get('/issue/:issueIdOrKey/editmeta', (call) => {
    return editMeta(call.view, requireIssue(call));
  });
}
