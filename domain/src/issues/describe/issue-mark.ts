import type { Guid, JiraField, Mark, RecordFacts } from '../facts';

/** Key of the property that a create carries: one a link, so that several links of one issue do not overwrite each other. */
export const markKey = (link: Guid): string => `crmjira.link.${link}`;

const HISTORY_TYPE = 'crmjira:sync';
const FIELDS: readonly JiraField[] = ['status', 'priority', 'summary', 'labels'];

type Sent = Pick<RecordFacts, 'status' | 'priority' | 'summary' | 'labels'>;

/** Travels in the create itself: a clone copies a label, never a property. */
export const createMark = (
  mark: Mark,
  sent: Sent,
): {
  readonly key: string;
  readonly value: { readonly link: Guid; readonly version: number; readonly sent: Sent };
} => ({
  key: markKey(mark.link),
  value: { link: mark.link, version: mark.version, sent },
});

/** Travels in an update or transition: its entry of the changelog keeps it, so that ours are told by link and version. */
export const writeMark = ({
  link,
  version,
  wrote,
}: Mark): { readonly type: string; readonly extraData: Readonly<Record<string, string>> } => ({
  type: HISTORY_TYPE,
  extraData: {
    link,
    version: String(version),
    ...(wrote ? { field: wrote.field, ...(wrote.value === null ? {} : { value: wrote.value }) } : {}),
  },
});

type Read = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Read =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const versionOf = (value: unknown): number | null => {
  const version = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof version === 'number' && Number.isSafeInteger(version) && version >= 0 ? version : null;
};

/** The mark of an entry of the changelog (`historyMetadata`); null: somebody else's. */
export function readWriteMark(metadata: unknown): Mark | null {
  if (!isRecord(metadata) || metadata['type'] !== HISTORY_TYPE || !isRecord(metadata['extraData'])) return null;
  const { link, version: written, field, value } = metadata['extraData'];
  const version = versionOf(written);
  if (typeof link !== 'string' || version === null) return null;
  const wrote = FIELDS.find((one) => one === field);
  return {
    link,
    version,
    ...(wrote === undefined ? {} : { wrote: { field: wrote, value: typeof value === 'string' ? value : null } }),
  };
}

/** The mark of a created issue, of the property that names this link; null: another's, or not ours. */
export function readCreateMark(link: Guid, value: unknown): { readonly mark: Mark; readonly sent: Sent } | null {
  if (!isRecord(value) || value['link'] !== link) return null;
  const version = versionOf(value['version']);
  if (version === null) return null;
  const { status, priority, summary, labels } = isRecord(value['sent']) ? value['sent'] : {};
  const text = (one: unknown): string | null | undefined => (typeof one === 'string' || one === null ? one : undefined);
  return {
    mark: { link, version },
    sent: {
      status: text(status),
      priority: text(priority),
      summary: text(summary),
      ...(Array.isArray(labels) ? { labels: labels.filter((one) => typeof one === 'string') } : {}),
    },
  };
}
