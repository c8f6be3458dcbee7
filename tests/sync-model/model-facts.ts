import {
  type ChangelogEntry,
  type ConflictPolicy,
  DEFAULT_CONFLICTS,
  type FieldBase,
  type IssueLinkFacts,
  type IssuePolicy,
  newLink,
  type RecordFacts,
  type ShownIssue,
  type SyncPreference,
} from '@crmjira/domain';

const guid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const WISHED = '2000-01-01T00:00:00.000Z';

/** What a worker of `link.pml` has read of the one field, as facts of the shipped function: the field is the summary. */
export function modelFacts(read: {
  readonly link: number;
  readonly record: string;
  readonly version: number;
  readonly preference: SyncPreference;
  readonly policy: ConflictPolicy;
  readonly base: FieldBase | null;
  /** What stands in Jira. */
  readonly stands: string;
  readonly isOff: boolean;
  readonly entries: readonly {
    readonly id: number;
    readonly value: string;
    readonly who: number;
    readonly version: number;
  }[];
  readonly decision: { readonly side: 'crm' | 'jira'; readonly crm: string; readonly jira: string } | null;
}): { readonly facts: IssueLinkFacts; readonly policy: IssuePolicy } {
  const record: RecordFacts = {
    table: 'incident',
    id: guid(100 + read.link),
    etag: 'r',
    version: read.version,
    closed: false,
    changedBy: 'somebody',
    changedOn: WISHED,
    summary: read.record,
  };
  const shown: ShownIssue = {
    issueId: '10001',
    key: 'ACME-1',
    projectId: '10000',
    summary: read.stands,
    type: 'Bug',
    status: 'Open',
    statusCategory: 'new',
    priority: null,
    assignee: null,
    assigneeActive: true,
    labels: [],
    resolution: null,
    resolvedOn: null,
    resolvedBy: null,
    archived: false,
  };
  return {
    policy: {
      conflicts: { ...DEFAULT_CONFLICTS, summary: read.policy },
      statuses: { rows: [] },
      priorities: { rows: [] },
      titleLength: 200,
      wireMs: 1000,
    },
    facts: {
      link: {
        id: guid(read.link),
        etag: 'l',
        preference: read.preference,
        wanted: 'linked',
        wishedOn: WISHED,
        follows: false,
        stored: {
          ...newLink('10001', record),
          stage: 'linked',
          offConfirmed: read.isOff ? WISHED : null,
          fields: read.base === null ? {} : { summary: read.base },
        },
      },
      record,
      issue: {
        kind: 'there',
        shown,
        statusId: '1',
        priorityId: null,
        changelog: read.entries.map(({ id, value, who, version }): ChangelogEntry => ({
          id,
          on: WISHED,
          by: null,
          mark: who === 0 ? null : { link: guid(who - 1), version },
          items: [{ field: 'summary', from: null, to: value }],
        })),
        transitions: [],
        editable: ['summary'],
        marked: true,
      },
      mirror: { issue: shown, deleted: false },
      decisions:
        read.decision === null ? [] : [{ commandId: guid(900), field: 'summary', by: guid(7), ...read.decision }],
    },
  };
}
