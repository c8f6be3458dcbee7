import type { CustomFieldRow, Edition, ProjectRow } from '../site/rows';
import { customFieldKinds } from '../site/custom-field-kinds';
import type { Site } from '../site/site';
import type { View } from './view';

export interface FieldSchema {
  readonly type: string;
  readonly items?: string;
  readonly system?: string;
  readonly custom?: string;
  readonly customId?: number;
}

export interface FieldDescription {
  readonly id: string;
  readonly name: string;
  readonly orderable: boolean;
  readonly navigable: boolean;
  readonly searchable: boolean;
  readonly clauseNames: readonly string[];
  readonly schema: FieldSchema;
  /** the one edition that has the field */
  readonly only?: Edition;
}

function system(
  id: string,
  name: string,
  type: string,
  more: { items?: string; clauses?: readonly string[]; orderable?: boolean; navigable?: boolean; only?: Edition } = {},
): FieldDescription {
  return {
    id,
    name,
    orderable: more.orderable ?? true,
    navigable: more.navigable ?? true,
    searchable: true,
    clauseNames: more.clauses ?? [id],
    schema: { type, ...(more.items ? { items: more.items } : {}), system: id },
    ...(more.only ? { only: more.only } : {}),
  };
}

const READ_ONLY = { orderable: false } as const;

const systemFields: readonly FieldDescription[] = [
  system('statuscategorychangedate', 'Status Category Changed', 'datetime', {
    ...READ_ONLY,
    clauses: ['statusCategoryChangedDate'],
    only: 'cloud',
  }),
  system('statusCategory', 'Status Category', 'statusCategory', { ...READ_ONLY, only: 'cloud' }),
  system('summary', 'Summary', 'string'),
  system('issuetype', 'Issue Type', 'issuetype', { clauses: ['issuetype', 'type'] }),
  system('parent', 'Parent', 'issuelink', { ...READ_ONLY, clauses: ['parent'] }),
  system('project', 'Project', 'project', READ_ONLY),
  system('fixVersions', 'Fix versions', 'array', { items: 'version', clauses: ['fixVersion'] }),
  system('resolution', 'Resolution', 'resolution'),
  system('resolutiondate', 'Resolved', 'datetime', { ...READ_ONLY, clauses: ['resolutiondate', 'resolved'] }),
  system('workratio', 'Work Ratio', 'number', READ_ONLY),
  system('created', 'Created', 'datetime', { ...READ_ONLY, clauses: ['created', 'createdDate'] }),
  system('priority', 'Priority', 'priority'),
  system('labels', 'Labels', 'array', { items: 'string' }),
  system('timeestimate', 'Remaining Estimate', 'number', {
    ...READ_ONLY,
    clauses: ['remainingEstimate', 'timeestimate'],
  }),
  system('aggregatetimeoriginalestimate', 'Σ Original Estimate', 'number', READ_ONLY),
  system('versions', 'Affects versions', 'array', { items: 'version', clauses: ['affectedVersion'] }),
  system('issuelinks', 'Linked Issues', 'array', { items: 'issuelinks', clauses: [] }),
  system('assignee', 'Assignee', 'user'),
  system('updated', 'Updated', 'datetime', { ...READ_ONLY, clauses: ['updated', 'updatedDate'] }),
  system('status', 'Status', 'status', READ_ONLY),
  system('components', 'Components', 'array', { items: 'component', clauses: ['component'] }),
  system('timeoriginalestimate', 'Original estimate', 'number', {
    ...READ_ONLY,
    clauses: ['originalEstimate', 'timeoriginalestimate'],
  }),
  system('description', 'Description', 'string'),
  system('timetracking', 'Time tracking', 'timetracking', { navigable: false, clauses: [] }),
  system('timespent', 'Time Spent', 'number', { ...READ_ONLY, clauses: ['timespent'] }),
  system('aggregatetimeestimate', 'Σ Remaining Estimate', 'number', READ_ONLY),
  system('creator', 'Creator', 'user', READ_ONLY),
  system('subtasks', 'Sub-tasks', 'array', { ...READ_ONLY, items: 'issuelinks', clauses: ['subtasks'] }),
  system('reporter', 'Reporter', 'user'),
  system('aggregateprogress', 'Σ Progress', 'progress', { ...READ_ONLY, clauses: [] }),
  system('environment', 'Environment', 'string'),
  system('duedate', 'Due date', 'date', { clauses: ['due', 'duedate'] }),
  system('security', 'Security Level', 'securitylevel', { clauses: ['level'] }),
  system('progress', 'Progress', 'progress', { ...READ_ONLY, clauses: ['progress'] }),
  system('aggregatetimespent', 'Σ Time Spent', 'number', { ...READ_ONLY, clauses: [] }),
  system('watches', 'Watchers', 'watches', { ...READ_ONLY, clauses: ['watchers'] }),
  system('votes', 'Votes', 'votes', { ...READ_ONLY, clauses: ['votes'] }),
  system('comment', 'Comment', 'comments-page', { navigable: false, clauses: ['comment'] }),
  system('worklog', 'Log Work', 'array', { items: 'worklog', navigable: false, clauses: [] }),
  system('attachment', 'Attachment', 'array', { items: 'attachment', navigable: false, clauses: ['attachments'] }),
];

export const customNumber = (id: string): number => Number(id.slice('customfield_'.length));

export function describeCustomField(field: CustomFieldRow): FieldDescription {
  const kind = customFieldKinds[field.type];
  const number = customNumber(field.id);
  return {
    id: field.id,
    name: field.name,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: [`cf[${number}]`, field.name],
    schema: { type: kind.schemaType, custom: kind.typeKey, customId: number },
  };
}

export function customFieldsOf(site: Site, edition: Edition): CustomFieldRow[] {
  return site.customFields.all().filter((field) => !field.onlyDataCenter || edition === 'dc');
}

/** Every field of the site, system fields first. */
export function describeFields(site: Site, edition: Edition): FieldDescription[] {
  const known = systemFields.filter(({ only }) => only === undefined || only === edition);
  return [...known, ...customFieldsOf(site, edition).map(describeCustomField)];
}

/** Team-managed projects do not carry the site's custom fields. */
export function fieldsOnIssue(view: View, project: ProjectRow | undefined): FieldDescription[] {
  const fields = describeFields(view.site, view.edition);
  return project?.simplified ? fields.filter((field) => field.schema.custom === undefined) : fields;
}
