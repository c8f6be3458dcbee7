import { priorities } from '../site/defaults';
import type { IssueRow, ProjectRow } from '../site/rows';
import { componentView, issueTypeById, issueTypeView, priorityView, statusById, versionView } from './catalogue-views';
import type { FieldDescription } from './fields';
import { fieldsOnIssue } from './fields';
import { projectReference } from './project-view';
import { selfUrl } from './view';
import type { View } from './view';

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
  view: View,
  project: ProjectRow,
  typeId: string,
  field: FieldDescription,
): unknown[] | undefined {
  const { site } = view;
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

/** Fields that may be entered on an issue of a type, with what they take; named by `fieldId`. */
export function fieldMetas(view: View, project: ProjectRow, typeId: string) {
  const level = issueTypeById(typeId).level;
  const required = new Set(['summary', 'issuetype', 'project', 'reporter', ...(level === -1 ? ['parent'] : [])]);
  return fieldsOnIssue(view, project)
    .filter((field) => ON_SCREEN.has(field.id) || field.schema.custom)
    .filter((field) => field.id !== 'parent' || view.edition === 'cloud' || level === -1)
    .map((field) => {
      const values = allowedValues(view, project, typeId, field);
      const many = field.schema.type === 'array';
      return {
        required: required.has(field.id),
        schema: field.schema,
        name: field.name,
        ...(view.edition === 'cloud' ? { key: field.id } : {}),
        fieldId: field.id,
        hasDefaultValue: field.id === 'priority' || field.id === 'reporter',
        operations: many ? ['add', 'set', 'remove'] : ['set'],
        ...(values && (values.length > 0 || field.id === 'components' || field.id === 'fixVersions')
          ? { allowedValues: values }
          : {}),
        ...(field.id === 'assignee' || field.id === 'reporter'
          ? { autoCompleteUrl: selfUrl(view, '/user/assignable/search?project=' + project.key + '&query=') }
          : {}),
      };
    });
}

/** The same by field id, as in the old tree and in an issue's edit metadata, where Cloud does not repeat the id. */
export function fieldMetasById(view: View, project: ProjectRow, typeId: string) {
  return Object.fromEntries(
    fieldMetas(view, project, typeId).map(({ fieldId, ...meta }) => [
      fieldId,
      view.edition === 'cloud' ? meta : { ...meta, fieldId },
    ]),
  );
}

/** What may be changed on an issue. */
export function editMeta(view: View, issue: IssueRow) {
  const project = view.site.projects.get(issue.projectId);
  if (!project) throw new Error(`Issue ${issue.key} has no project.`);
  // A workflow that lets nobody change an issue that is done leaves nothing to edit.
  if (project.locksDone === true && statusById(issue.statusId).categoryKey === 'done') return { fields: {} };
  const { project: _project, ...fields } = fieldMetasById(view, project, issue.typeId);
  return { fields };
}
