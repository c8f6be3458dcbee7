/** A field of the create screen, as Jira describes it. */
export interface CreateField {
  readonly id: string;
  readonly name: string;
  readonly required: boolean;
  readonly hasDefault: boolean;
  /** Type of its value: `string`, `option`, `user` … */
  readonly type: string;
  /** Of the elements of an array. */
  readonly items: string | null;
  /** Holds paragraphs: rich text on Cloud. */
  readonly isRich: boolean;
  /** null: free */
  readonly choices: readonly { readonly id: string; readonly name: string }[] | null;
}

export interface CreateFields {
  readonly fields: readonly CreateField[];
  /** Where the next page starts; null: this is the last one. */
  readonly next: number | null;
}

type Read = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Read =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;

function choicesOf(values: unknown): CreateField['choices'] {
  if (!Array.isArray(values)) return null;
  return values.filter(isRecord).flatMap((one) => {
    const id = textOf(one['id']);
    return id === null ? [] : [{ id, name: textOf(one['name']) ?? textOf(one['value']) ?? id }];
  });
}

/** @param key its place in the older form, which keys fields by their id */
function fieldOf(value: unknown, key?: string): CreateField[] {
  if (!isRecord(value)) return [];
  const id = textOf(value['fieldId']) ?? textOf(value['key']) ?? key;
  if (id === undefined) return [];
  const schema = isRecord(value['schema']) ? value['schema'] : {};
  return [
    {
      id,
      name: textOf(value['name']) ?? id,
      required: value['required'] === true,
      hasDefault: value['hasDefaultValue'] === true,
      type: textOf(schema['type']) ?? 'any',
      items: textOf(schema['items']),
      isRich: schema['system'] === 'environment' || textOf(schema['custom'])?.endsWith(':textarea') === true,
      choices: choicesOf(value['allowedValues']),
    },
  ];
}

/**
 * Fields of one issue type in any of the three forms: Cloud pages of `fields`, Data Center pages of `values`, and the older answer that
 * holds projects with their types (Server before 9). null: none of them, or the type is not offered.
 */
export function readCreateFields(body: unknown, issueTypeId: string): CreateFields | null {
  if (!isRecord(body)) return null;
  const { fields, values, projects, startAt, total, isLast } = body;
  const page = Array.isArray(fields) ? fields : Array.isArray(values) ? values : null;
  if (page !== null) {
    const end = (typeof startAt === 'number' ? startAt : 0) + page.length;
    const isEnd = isLast === true || page.length === 0 || typeof total !== 'number' || end >= total;
    return { fields: page.flatMap((one) => fieldOf(one)), next: isEnd ? null : end };
  }
  if (!Array.isArray(projects)) return null;
  const type = projects
    .filter(isRecord)
    .flatMap(({ issuetypes }) => (Array.isArray(issuetypes) ? issuetypes.filter(isRecord) : []))
    .find(({ id }) => textOf(id) === issueTypeId);
  if (type === undefined || !isRecord(type['fields'])) return null;
  return { fields: Object.entries(type['fields']).flatMap(([key, one]) => fieldOf(one, key)), next: null };
}

/** What Jira fills by itself, whatever its metadata says: project and type are the request's, the reporter is who asks. */
const BY_JIRA = new Set(['project', 'issuetype', 'reporter']);

/** What every create sends. */
export const ALWAYS_SENT = ['summary', 'description', 'labels', 'priority'] as const;

/** Required fields that a create would lack; a sub-task lacks its parent. */
export const missingFields = (fields: readonly CreateField[], filled: Iterable<string>): readonly CreateField[] => {
  const given = new Set([...BY_JIRA, ...filled]);
  return fields.filter(({ id, required, hasDefault }) => required && !hasDefault && !given.has(id));
};
