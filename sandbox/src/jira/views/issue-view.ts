import { transitions } from '../site/defaults';
import { toHtml } from '../site/rich-text';
import type { ChangeRow, IssueRow } from '../site/rows';
import { jiraTimestamp } from '../site/timestamps';
import { statusById, statusView } from './catalogue-views';
import { editMeta } from './field-metas';
import { fieldsOnIssue } from './fields';
import type { FieldDescription } from './fields';
import { readIssueField } from './issue-fields';
import { userView } from './user-view';
import { selfUrl } from './view';
import type { View } from './view';

/** Entries of the history that come with an issue of Cloud. */
const CHANGES_SHOWN = 100;

/** Fields a caller asked for: `*all`, `*navigable`, ids, and ids with a minus to leave out. */
export function selectFields(all: readonly FieldDescription[], asked: readonly string[]): FieldDescription[] {
  const names = asked.map((name) => name.trim()).filter((name) => name !== '');
  const left = new Set(names.filter((name) => name.startsWith('-')).map((name) => name.slice(1)));
  const wanted = new Set(names.filter((name) => !name.startsWith('-')));
  const everything = wanted.has('*all') || wanted.size === 0;
  return all.filter((field) => {
    if (left.has(field.id) || left.has('*all')) return wanted.has(field.id);
    return everything || (wanted.has('*navigable') && field.navigable) || wanted.has(field.id);
  });
}

export function changelogEntry(view: View, change: ChangeRow) {
  return {
    id: change.id,
    author: userView(view, change.authorId),
    created: jiraTimestamp(change.createdOn),
    ...(change.historyMetadata === undefined ? {} : { historyMetadata: change.historyMetadata }),
    items: change.items.map((item) => changeItemView(view, item)),
  };
}

export function changeItemView(view: View, item: ChangeRow['items'][number]) {
  return {
    field: item.field,
    fieldtype: item.custom ? 'custom' : 'jira',
    ...(view.edition === 'cloud' ? { fieldId: item.fieldId } : {}),
    from: item.from,
    fromString: item.fromString,
    to: item.to,
    toString: item.toString,
  };
}

export function transitionViews(view: View, issue: IssueRow, withFields = false) {
  return transitions.map((transition) => ({
    id: transition.id,
    name: transition.name,
    to: statusView(view, statusById(transition.toId)),
    hasScreen: false,
    isGlobal: true,
    isInitial: false,
    isAvailable: true,
    isConditional: false,
    isLooped: transition.toId === issue.statusId,
    ...(withFields ? { fields: {} } : {}),
  }));
}

/** Texts as HTML; every other field has nothing to render. */
function renderedFields(issue: IssueRow) {
  return {
    description: toHtml(issue.description),
    environment: toHtml(issue.environment),
    created: jiraTimestamp(issue.createdOn),
    updated: jiraTimestamp(issue.updatedOn),
  };
}

export interface IssueViewRequest {
  readonly fields: readonly string[];
  readonly expand: ReadonlySet<string>;
  readonly properties?: readonly string[];
}

/** An issue with the fields and expansions asked for. */
export function issueView(view: View, issue: IssueRow, request: IssueViewRequest) {
  const { site } = view;
  const project = site.projects.get(issue.projectId);
  const selected = selectFields(fieldsOnIssue(view, project), request.fields);
  const fields = Object.fromEntries(selected.map((field) => [field.id, readIssueField(view, issue, field.id)]));
  const { expand } = request;
  const allChanges = expand.has('changelog') ? site.changes.where('issue', issue.id) : [];
  // Cloud shows the newest hundred, newest first; Data Center all of them, oldest first
  const changes = view.edition === 'cloud' ? allChanges.slice(-CHANGES_SHOWN).reverse() : allChanges;
  const asked = request.properties ?? [];
  return {
    expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
    id: issue.id,
    self: selfUrl(view, `/issue/${issue.id}`),
    key: issue.key,
    ...(expand.has('renderedFields') ? { renderedFields: renderedFields(issue) } : {}),
    ...(expand.has('names') ? { names: Object.fromEntries(selected.map(({ id, name }) => [id, name])) } : {}),
    ...(expand.has('schema') ? { schema: Object.fromEntries(selected.map(({ id, schema }) => [id, schema])) } : {}),
    ...(expand.has('editmeta') ? { editmeta: editMeta(view, issue) } : {}),
    ...(expand.has('operations') ? { operations: { linkGroups: [] } } : {}),
    ...(expand.has('transitions') ? { transitions: transitionViews(view, issue) } : {}),
    ...(expand.has('changelog')
      ? {
          changelog: {
            startAt: 0,
            maxResults: changes.length,
            total: allChanges.length,
            histories: changes.map((change) => changelogEntry(view, change)),
          },
        }
      : {}),
    ...(asked.length > 0
      ? {
          properties: Object.fromEntries(
            site.properties
              .where('owner', `issue/${issue.id}`)
              .filter((property) => asked.includes('*all') || asked.includes(property.key))
              .map((property) => [property.key, property.value]),
          ),
        }
      : {}),
    fields,
  };
}
