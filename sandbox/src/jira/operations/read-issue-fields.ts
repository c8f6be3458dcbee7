import { entryOf } from '@crmjira/domain';
import { issueTypes, priorities } from '../site/defaults';
import { readDuration } from '../site/duration';
import { RichTextRefused, readRichText, toWiki } from '../site/rich-text';
import type { CustomFieldRow, IssueRow, ProjectRow } from '../site/rows';
import { isDay } from '../site/timestamps';
import { describeFields } from '../views/fields';
import type { View } from '../views/view';

/** What an issue's values become; the project, key and the like are set elsewhere. */
export type IssuePatch = {
  -readonly [Field in keyof IssueRow]?: IssueRow[Field];
};

export interface FieldContext {
  readonly view: View;
  readonly project: ProjectRow;
  readonly userId: string;
}

class FieldRefused extends Error {}

function refuse(message: string): never {
  throw new FieldRefused(message);
}

function record(value: unknown): Record<string, unknown> {
  // an object from JSON: any of its properties may be anything
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;

/** Finds what `{id}`, `{name}` or `{value}` names among rows that have an id and a name. */
function named<Row extends { id: string; name: string }>(rows: readonly Row[], value: unknown): Row | undefined {
  const { id, name } = record(value);
  if (id !== undefined) return rows.find((row) => row.id === text(id));
  return rows.find((row) => row.name.toLowerCase() === text(name)?.toLowerCase());
}

function person(context: FieldContext, value: unknown): string | null {
  if (value === null) return null;
  const { site, edition } = context.view;
  const { accountId, id, name, key } = record(value);
  if (edition === 'cloud') {
    const wanted = text(accountId) ?? text(id);
    if (wanted === undefined)
      refuse("'accountId' must be the only user identifying query parameter in GDPR strict mode.");
    return site.users.get(wanted)?.id ?? refuse(`User '${wanted}' does not exist.`);
  }
  const wanted = text(name) ?? text(key) ?? '';
  if (wanted === '') return null;
  return site.findUser(wanted)?.id ?? refuse(`User '${wanted}' does not exist.`);
}

function list(value: unknown): readonly unknown[] {
  if (value === null) return [];
  return Array.isArray(value) ? value : refuse('data was not an array');
}

function idsOf<Row extends { id: string; name: string }>(rows: readonly Row[], value: unknown, what: string): string[] {
  return list(value).map((item) => {
    const row = named(rows, item);
    const { id, name } = record(item);
    return row?.id ?? refuse(`${what} ${id !== undefined ? `id '${text(id)}'` : `name '${text(name)}'`} is not valid`);
  });
}

function labels(value: unknown): string[] {
  return list(value).map((label) => {
    if (typeof label !== 'string') return refuse('Operation value must be a string');
    if (/\s/.test(label)) refuse(`The label '${label}' contains spaces which is invalid.`);
    if (label.length > 255)
      refuse(`The label '${label}' exceeds the maximum length for a single label of 255 characters.`);
    return label;
  });
}

function timeTracking(value: unknown): IssuePatch {
  const patch: IssuePatch = {};
  const { originalEstimate, remainingEstimate } = record(value);
  if (originalEstimate !== undefined) {
    const seconds = readDuration(originalEstimate);
    if (originalEstimate !== null && seconds === null)
      throw new TrackingRefused('timetracking_originalestimate', 'The original estimate specified is not valid.');
    patch.originalEstimate = seconds;
    // an estimate is at first all still to do
    patch.remainingEstimate = seconds;
  }
  if (remainingEstimate !== undefined) {
    const seconds = readDuration(remainingEstimate);
    if (remainingEstimate !== null && seconds === null)
      throw new TrackingRefused('timetracking_remainingestimate', 'The remaining estimate specified is not valid.');
    patch.remainingEstimate = seconds;
  }
  return patch;
}

class TrackingRefused extends FieldRefused {
  constructor(
    readonly key: string,
    message: string,
  ) {
    super(message);
  }
}

type Reader = (value: unknown, context: FieldContext) => IssuePatch;

const readers: Readonly<Record<string, Reader>> = {
  summary: (value) => {
    if (typeof value !== 'string') return refuse('Operation value must be a string');
    if (value.trim() === '') refuse('You must specify a summary of the issue.');
    if (/[\r\n]/.test(value)) refuse('The summary is invalid because it contains newline characters.');
    if (value.length > 255) refuse("Summary can't exceed 255 characters.");
    return { summary: value.trim() };
  },
  description: (value, { view }) => ({ description: readRichText(value, view.version) }),
  environment: (value, { view }) => ({ environment: readRichText(value, view.version) }),
  priority: (value) => ({
    priorityId: (named(priorities, value) ?? refuse('The priority selected is invalid.')).id,
  }),
  assignee: (value, context) => {
    // -1 asks for the project's default assignee
    if (text(record(value)['name']) === '-1' || text(record(value)['accountId']) === '-1')
      return { assigneeId: context.project.assigneeType === 'PROJECT_LEAD' ? context.project.leadId : null };
    return { assigneeId: person(context, value) };
  },
  reporter: (value, context) => ({ reporterId: person(context, value) ?? refuse('Reporter is required.') }),
  labels: (value) => ({ labels: [...new Set(labels(value))] }),
  fixVersions: (value, { view, project }) => ({
    fixVersionIds: idsOf(view.site.versions.where('project', project.id), value, 'Version'),
  }),
  versions: (value, { view, project }) => ({
    versionIds: idsOf(view.site.versions.where('project', project.id), value, 'Version'),
  }),
  components: (value, { view, project }) => ({
    componentIds: idsOf(view.site.components.where('project', project.id), value, 'Component'),
  }),
  duedate: (value) => {
    if (value === null || value === '') return { dueDate: null };
    return isDay(value) ? { dueDate: value } : refuse(`Error parsing date string: ${text(value)}`);
  },
  timetracking: (value) => timeTracking(value),
  issuetype: (value) => ({ typeId: (named(issueTypes, value) ?? refuse('The issue type selected is invalid.')).id }),
  parent: (value, { view, project }) => {
    if (value === null) return { parentId: null };
    const { id, key } = record(value);
    const parent = view.site.findIssue(text(id) ?? text(key) ?? '');
    if (!parent) return refuse('Could not find issue by id or key.');
    if (parent.projectId !== project.id && issueTypes.find((type) => type.id === parent.typeId)?.level !== 1)
      refuse('Given parent issue does not belong to the same project.');
    return { parentId: parent.id };
  },
};

function readCustomField(field: CustomFieldRow, value: unknown, view: View): string | number | null {
  if (value === null) return null;
  switch (field.type) {
    case 'float':
      return typeof value === 'number' ? value : refuse('Operation value must be a number');
    case 'select': {
      const { id, value: name } = record(value);
      const option = field.options.find((candidate) =>
        id !== undefined ? candidate.id === text(id) : candidate.value === text(name),
      );
      if (option) return option.id;
      return refuse(
        id === undefined && name !== undefined
          ? `Option value '${text(name)}' is not valid`
          : `Option id '${text(id) ?? 'null'}' is not valid`,
      );
    }
    case 'datepicker':
      return isDay(value) ? value : refuse(`Error parsing date string: ${text(value)}`);
    case 'textarea': {
      const rich = readRichText(value, view.version);
      return toWiki(rich);
    }
    default: {
      if (typeof value !== 'string') return refuse('Operation value must be a string');
      if (value.length > 255) refuse('The entered text is too long. It exceeds the allowed limit of 255 characters.');
      return value === '' ? null : value;
    }
  }
}

export const notOnScreen = (fieldId: string): string =>
  `Field '${fieldId}' cannot be set. It is not on the appropriate screen, or unknown.`;

/**
 * Reads the values of `fields` one by one. What cannot be read is put into `errors` under its field, as Jira does,
 * and the rest is read all the same.
 */
export function readIssueFields(
  fields: Readonly<Record<string, unknown>>,
  context: FieldContext,
  errors: Record<string, string>,
  custom: Readonly<Record<string, string | number | null>> = {},
): IssuePatch {
  const { view, project } = context;
  const known = new Set(describeFields(view.site, view.edition).map((field) => field.id));
  const patch: IssuePatch = {};
  const customPatch: Record<string, string | number | null> = { ...custom };
  for (const [fieldId, value] of Object.entries(fields)) {
    try {
      const reader = entryOf(readers, fieldId);
      if (reader) Object.assign(patch, reader(value, context));
      else {
        const field = view.site.customFields.get(fieldId);
        // global custom fields are not on the screens of a team-managed project
        if (!field || !known.has(fieldId) || project.simplified) refuse(notOnScreen(fieldId));
        customPatch[fieldId] = readCustomField(field, value, view);
      }
    } catch (cause) {
      if (cause instanceof TrackingRefused) errors[cause.key] = cause.message;
      else if (cause instanceof FieldRefused || cause instanceof RichTextRefused) errors[fieldId] = cause.message;
      else throw cause;
    }
  }
  if (Object.keys(customPatch).length > 0) patch.custom = customPatch;
  return patch;
}
