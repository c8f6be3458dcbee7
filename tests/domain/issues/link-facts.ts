import {
  type ChangelogEntry,
  DEFAULT_CONFLICTS,
  type FieldBase,
  type IssueLinkFacts,
  type IssuePolicy,
  type IssueThere,
  type LinkFacts,
  newLink,
  type RecordFacts,
  type ShownIssue,
  type StoredLink,
  SyncPreference,
} from '@crmjira/domain';

export const LINK = 'a1a1a1a1-0000-4000-8000-000000000001';
export const CASE = 'c2c2c2c2-0000-4000-8000-000000000002';
export const NOW = '2025-05-16T17:00:00.000Z';
export const EARLIER = '2025-05-16T16:00:00.000Z';
export const PERSON = 'Ana Duarte';

/** Case statuses 1 In progress, 2 On hold, 3 Waiting; 5 Problem solved resolves. Jira: 10 To do, 11 Working, 12 Blocked, 20 Done. */
export const POLICY: IssuePolicy = {
  conflicts: DEFAULT_CONFLICTS,
  statuses: {
    rows: [
      { crm: ['1'], jira: ['11', '10'] },
      { crm: ['2', '3'], jira: ['12'] },
      { crm: ['5'], jira: ['20'], resolves: true },
    ],
  },
  priorities: {
    rows: [
      { crm: ['1'], jira: ['p1'] },
      { crm: ['2'], jira: ['p2', 'p3'] },
    ],
  },
  titleLength: 200,
  wireMs: 300_000,
};

export const SHOWN: ShownIssue = {
  issueId: '10042',
  key: 'ACME-7',
  projectId: '10000',
  summary: 'Printer on fire',
  type: 'Bug',
  status: 'Working',
  statusCategory: 'indeterminate',
  priority: 'High',
  assignee: 'Lee',
  assigneeActive: true,
  labels: [],
  resolution: null,
  resolvedOn: null,
  resolvedBy: null,
  archived: false,
};

const base = (value: string | null): FieldBase => ({
  crm: value,
  jira: value,
  version: 10,
  cursor: 100,
  entered: [],
  conflict: null,
});

export const RECORD: RecordFacts = {
  table: 'incident',
  id: CASE,
  etag: 'W/"10"',
  version: 10,
  closed: false,
  owner: { id: 'o1', name: 'Sam Roy' },
  changedBy: 'Sam Roy',
  changedOn: EARLIER,
  status: '1',
  priority: '1',
  summary: 'Printer on fire',
  labels: [],
};

export const STORED: StoredLink = {
  ...newLink(SHOWN.issueId, RECORD),
  stage: 'linked',
  cursor: 100,
  toldUpTo: 100,
  fields: { status: base('1'), priority: base('1'), summary: base('Printer on fire') },
};

const THERE: IssueThere = {
  kind: 'there',
  shown: SHOWN,
  statusId: '11',
  priorityId: 'p1',
  changelog: [],
  transitions: [],
  editable: ['summary', 'priority', 'labels'],
  marked: true,
};

/** An entry of the changelog; `version`: of a write of ours. */
export const entry = (
  id: number,
  field: 'status' | 'priority' | 'summary' | 'labels',
  from: string | null,
  to: string | null,
  version?: number,
): ChangelogEntry => ({
  id,
  on: NOW,
  by: version === undefined ? PERSON : 'Integration',
  mark: version === undefined ? null : { link: LINK, version },
  items: [{ field, from, to }],
});

interface Changed {
  readonly link?: Partial<LinkFacts>;
  readonly stored?: Partial<StoredLink>;
  readonly record?: Partial<RecordFacts>;
  readonly issue?: Partial<IssueThere>;
  readonly shown?: Partial<ShownIssue>;
  readonly facts?: Partial<IssueLinkFacts>;
}

/** A link in agreement, with what is different. Values of Jira follow from the changelog where it has any. */
export function linkFacts({ link, stored, record, issue, shown, facts }: Changed = {}): IssueLinkFacts {
  const last = (field: string): string | null | undefined =>
    issue?.changelog?.flatMap(({ items }) => items.filter((one) => one.field === field)).at(-1)?.to;
  const seen: ShownIssue = {
    ...SHOWN,
    summary: last('summary') ?? SHOWN.summary,
    labels: (last('labels') ?? '').split(' ').filter(Boolean),
    ...shown,
  };
  return {
    link: {
      id: LINK,
      etag: 'W/"L1"',
      preference: SyncPreference.Both,
      wanted: 'linked',
      wishedOn: EARLIER,
      follows: false,
      ...link,
      stored: { ...STORED, ...stored },
    },
    record: { ...RECORD, ...record },
    issue: {
      ...THERE,
      statusId: last('status') ?? THERE.statusId,
      priorityId: last('priority') ?? THERE.priorityId,
      ...issue,
      shown: seen,
    },
    mirror: { issue: seen, deleted: false },
    decisions: [],
    ...facts,
  };
}
