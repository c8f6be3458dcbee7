import {
  CommandState,
  type ConflictEntry,
  ConflictState,
  createMark,
  decisionRefusedText,
  type FieldAction,
  type IssueAction,
  issueLabels,
  jiraIssueRowId,
  jiraProjectRowId,
  type Language,
  type Mark,
  type RecordChange,
  type RemoteLink,
  remoteLinkId,
  type RowWrite,
  type StoredLink,
  tables,
  type TimelinePost,
  wholeSecond,
} from '@crmjira/domain';
import { readScreenFields } from '../../../clients/jira/create-metadata/create-screen';
import { markIssue, unmarkIssue } from '../../../clients/jira/issues/mark-issue';
import type { LinkedIssue } from '../../../clients/jira/issues/read-linked-issue';
import { createMarkedIssue, writeMarked } from '../../../clients/jira/issues/write-issue';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { equalsId, quoted } from '../../../clients/dataverse/filter';
import { guid } from '../../../clients/dataverse/columns';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import { classifyError } from '../../../platform/errors/classify-error';
import { IntegrationError } from '../../../platform/errors/integration-error';
import { PlanOutdated } from '../../../platform/errors/plan-outdated';
import { Refusal } from '../../../platform/http-client/create-classifier';
import { wasPerhapsCarriedOut } from '../../../platform/http-client/retry-table';
import { applyChangeSet } from '../../../reconciler/actions/apply-change-set';
import type { LogContext } from '../../../reconciler/log-context';
import { mirrorColumns } from '../mirror/mirror-columns';
import { timelineRows } from '../timeline/timeline-rows';
import { z } from 'zod';
import type { LinkRows } from './link-parts';
import type { RunMemory } from './read-issue-facts';
import { recordColumns } from './read-record';
import { namedIssue } from './named-issue';
import { type LinkDocument, readLinkRow, regardingColumns, storedColumns } from './stored-row';

/** What applying an action needs beside the action. */
export interface LinkApplying {
  readonly dataverse: DataverseClient;
  readonly connection: JiraConnection;
  readonly rows: LinkRows;
  readonly issue: LinkedIssue | null;
  readonly remote: RemoteLink | null;
  readonly organization: string;
  /** Of the texts in rows and on the timeline. */
  readonly language: Language;
  readonly memory: RunMemory;
  /** ISO 8601. */
  readonly now: string;
  readonly log: LogContext;
}

type Columns = Readonly<Record<string, unknown>>;

/** Columns are checked where they are made; a row write names each table's own. */
const rowWrite = (
  op: RowWrite['op'],
  table: RowWrite['table'],
  id: string,
  columns: Columns,
  ifMatch?: string | null,
): RowWrite => ({ op, table, id, columns, ...(ifMatch == null ? {} : { ifMatch }) }) as RowWrite;

function linkWrite(
  applying: LinkApplying,
  stored: StoredLink,
  more: { readonly columns?: Columns; readonly document?: Partial<LinkDocument> } = {},
): RowWrite {
  const { rows, language, now } = applying;
  const { row, document, record } = rows;
  const columns = {
    ...storedColumns(row, { ...document, ...more.document, stored }, { issue: namedIssue(applying), language, now }),
    ...(record === null || record.title === '' ? {} : { crmjira_regarding_name: record.number ?? record.title }),
    ...more.columns,
  };
  return rowWrite('update', 'crmjira_issue_link', row.id, columns, row.etag);
}

/** What a status or priority is called, where the entry keeps its option value. */
function shownValue({ record }: LinkRows, { field, crm }: ConflictEntry): string | null {
  if ((field !== 'status' && field !== 'priority') || record === null || crm !== record.facts[field]) return crm;
  return record.texts[field] ?? crm;
}

const bind = (table: keyof typeof tables, id: string): string => `/${tables[table].entitySet}(${id})`;

function entryWrites({ rows, now }: LinkApplying, { entries, settled }: FieldAction): RowWrite[] {
  const { row } = rows;
  const created = entries.map((entry) =>
    rowWrite('create', 'crmjira_sync_conflict', entry.id, {
      crmjira_name: `${row.name ?? ''} ${entry.field}`.trim(),
      'crmjira_link@odata.bind': bind('crmjira_issue_link', row.id),
      crmjira_regarding_table: row.table,
      crmjira_regarding_id: row.recordId,
      crmjira_field: entry.field,
      crmjira_base_value: entry.base,
      crmjira_crm_value: shownValue(rows, entry),
      crmjira_jira_value: entry.jira,
      crmjira_crm_by: entry.crmBy,
      crmjira_crm_on: entry.crmOn,
      crmjira_jira_by: entry.jiraBy,
      crmjira_jira_on: entry.jiraOn,
      crmjira_state: entry.state,
      ...(entry.state === ConflictState.Open ? {} : { crmjira_decided_on: wholeSecond(now) }),
    }),
  );
  if (settled === null) return created;
  const columns = {
    crmjira_state: settled.state,
    crmjira_decided_on: wholeSecond(now),
    ...(settled.by === null ? {} : { 'crmjira_decided_by@odata.bind': bind('systemuser', settled.by) }),
  };
  return [...created, rowWrite('update', 'crmjira_sync_conflict', settled.entry, columns)];
}

/**
 * The record in the change set of what is stored about its value: with what it takes over, or as it is where the version that was read has
 * to hold (SYNC A round). A version can be asked for only by a write, and any write makes the service the last who changed the row, so
 * that the plan asks for it only where it must. Nobody edits a closed one. Only a case has values that are compared.
 * @param etag null: whatever the record has become
 */
function recordWrite({ rows }: LinkApplying, change: RecordChange, etag: string | null): RowWrite[] {
  const { record } = rows;
  const changed = recordColumns(change);
  const isChanged = Object.keys(changed).length > 0;
  const isAsked = !isChanged && etag !== null && record?.facts.closed === false;
  const columns = isAsked ? (record.guard ?? {}) : changed;
  if (Object.keys(columns).length === 0) return [];
  return [rowWrite('update', 'incident', rows.row.recordId, columns, etag)];
}

const posts = ({ rows, language }: LinkApplying, told: readonly TimelinePost[], recordId?: string): RowWrite[] => [
  ...timelineRows({ table: rows.row.table, id: recordId ?? rows.row.recordId }, told, language),
];

const projectIdRow = z.object({ crmjira_jira_projectid: guid });

/** The row of the issue's project; one that discovery has not made yet comes with the issue, and is offered to nobody. */
async function projectWrites(
  { dataverse, connection }: LinkApplying,
  project: LinkedIssue['project'],
): Promise<{ readonly id: string; readonly writes: RowWrite[] }> {
  const [known] = await dataverse.many(
    tables.crmjira_jira_project.entitySet,
    {
      select: Object.keys(projectIdRow.shape),
      filter: `${equalsId('_crmjira_integration_id_value', connection.id)} and crmjira_project_id eq ${quoted(project.id)}`,
      top: 1,
    },
    projectIdRow,
  );
  if (known !== undefined) return { id: known.crmjira_jira_projectid, writes: [] };
  const id = jiraProjectRowId(connection.id, project.id);
  const columns = {
    crmjira_name: project.name,
    crmjira_project_id: project.id,
    crmjira_project_key: project.key,
    crmjira_is_offered: false,
    'crmjira_integration_id@odata.bind': bind('crmjira_integration', connection.id),
  };
  return { id, writes: [rowWrite('create', 'crmjira_jira_project', id, columns)] };
}

async function mirrorWrites(
  applying: LinkApplying,
  { issue: shown, deleted, posts: told }: Extract<IssueAction, { kind: 'mirror' }>,
): Promise<RowWrite[]> {
  const { connection, rows, issue } = applying;
  const { row, mirror } = rows;
  const tellings = posts(applying, told);
  // Of a deleted issue the row keeps what it showed last.
  if (deleted)
    return mirror === null
      ? []
      : [rowWrite('update', 'crmjira_jira_issue', mirror.id, { crmjira_is_deleted: true }), ...tellings];
  if (issue === null) throw new Error('An issue is mirrored as it was read.');
  const project = await projectWrites(applying, issue.project);
  const id = mirror?.id ?? jiraIssueRowId(connection.id, shown.issueId);
  const { created, updated, dueOn } = issue;
  const columns = mirrorColumns(
    shown,
    { connectionId: connection.id, siteUrl: connection.site.url, projectRowId: project.id },
    { dates: { created, updated, dueOn } },
  );
  const isNamed = row.mirrorRowId === id && row.name === shown.key;
  return [
    ...project.writes,
    rowWrite('upsert', 'crmjira_jira_issue', id, columns),
    ...(isNamed
      ? []
      : [
          rowWrite(
            'update',
            'crmjira_issue_link',
            row.id,
            { 'crmjira_jira_issue@odata.bind': bind('crmjira_jira_issue', id), crmjira_name: shown.key },
            row.etag,
          ),
        ]),
    ...tellings,
  ];
}

/** Sends the create that the row has announced, unless somebody has changed the row since. */
async function create(applying: LinkApplying, mark: Mark): Promise<void> {
  const { dataverse, connection, rows, memory, language } = applying;
  const row = await readLinkRow(dataverse, rows.row.id);
  const document = row?.document ?? null;
  if (row === null || document?.stored.stage !== 'sent' || document.unlinkWanted)
    throw new PlanOutdated('the link has changed since its create was announced');
  const { create: wish } = document;
  if (wish === null || rows.project === null || rows.record === null)
    throw new Error('A create is planned of a link that says what its issue is made from.');
  const { status, priority, labels } = rows.record.facts;
  const sent = {
    ...(status === undefined ? {} : { status }),
    ...(priority === undefined ? {} : { priority }),
    summary: wish.summary,
    ...(labels === undefined ? {} : { labels }),
  };
  try {
    const { id } = await createMarkedIssue(connection.site, {
      projectId: rows.project.projectId,
      typeId: wish.type,
      priorityId: wish.priority,
      summary: wish.summary,
      labels: wish.labels,
      description: wish.description,
      fields: wish.fields,
      language,
      property: createMark(mark, sent),
    });
    memory.issueId = id;
  } catch (thrown) {
    const error = classifyError(thrown);
    // Its answer was lost: it is looked for once nothing of it can land any more.
    if (wasPerhapsCarriedOut(error)) throw error;
    const asked: StoredLink = { ...document.stored, stage: 'asked', sentOn: null };
    const refused = { ...applying, rows: { ...rows, row, document } };
    await applyChangeSet(dataverse, [linkWrite(refused, asked)], applying.log);
    const fields = error instanceof Refusal ? Object.entries(error.fields) : [];
    if (fields.length === 0) throw error;
    const screen = await readScreenFields(connection.site, rows.project.projectId, wish.type);
    // A field that the create screen does not have is known by Jira's own words alone.
    memory.missing = fields.map(([field, says]) => screen?.find(({ id }) => id === field)?.name ?? says);
    throw new PlanOutdated('Jira refuses the create', { cause: error });
  }
}

/** By which an issue that was there before its link is found; one of ours has had them from its create on. */
function labelsOf({ rows, issue }: LinkApplying): readonly string[] {
  if (issue === null || !issue.editable.includes('labels')) return [];
  const kind = rows.row.table === 'incident' ? 'case' : 'opportunity';
  return issueLabels({ kind, product: null, error: null }).filter((label) => !issue.shown.labels.includes(label));
}

/** What Jira refuses once has changed since it was read; refused again, it is told. */
async function write(
  applying: LinkApplying,
  action: Extract<IssueAction, { kind: 'write' }>,
  refused: Set<string>,
): Promise<void> {
  const { issueId, write: value, mark } = action;
  try {
    await writeMarked(applying.connection.site, issueId, value, mark);
  } catch (error) {
    const what = JSON.stringify([value, mark.version]);
    const isRefusal = error instanceof Refusal || (error instanceof IntegrationError && error.status === 404);
    if (!isRefusal || refused.has(what)) throw error;
    refused.add(what);
    throw new PlanOutdated('Jira refuses the write', { cause: error });
  }
}

const withoutDecision = ({ rows }: LinkApplying, command: string): Partial<LinkDocument> => ({
  decisions: rows.document.decisions.filter(({ commandId }) => commandId !== command),
});

/** Writes of Dataverse that an action stands for; null: it is one of Jira's. */
async function writesOf(action: IssueAction, applying: LinkApplying): Promise<readonly RowWrite[] | null> {
  const { rows, language } = applying;
  switch (action.kind) {
    case 'begin':
    case 'note':
      return [linkWrite(applying, action.stored)];
    case 'agree':
      return [linkWrite(applying, action.stored), ...recordWrite(applying, {}, action.guard.record)];
    case 'adopt':
    case 'stage':
    case 'confirm':
    case 'tell':
      return [linkWrite(applying, action.stored), ...posts(applying, action.posts)];
    case 'enter':
    case 'hold':
    case 'close':
      return [linkWrite(applying, action.stored), ...entryWrites(applying, action)];
    case 'keep':
      return [
        linkWrite(applying, action.stored),
        ...recordWrite(applying, {}, action.guard.record),
        ...entryWrites(applying, action),
      ];
    case 'take':
      return [
        linkWrite(applying, action.stored),
        ...recordWrite(applying, action.record, action.guard.record),
        ...entryWrites(applying, action),
      ];
    case 'decided':
      return [
        linkWrite(applying, action.stored, { document: withoutDecision(applying, action.command) }),
        ...recordWrite(applying, action.record ?? {}, action.guard.record),
        ...entryWrites(applying, action),
      ];
    case 'refuse':
      return [
        linkWrite(applying, rows.document.stored, { document: withoutDecision(applying, action.command) }),
        rowWrite('update', 'crmjira_command', action.command, {
          crmjira_command_state: CommandState.Refused,
          crmjira_result: decisionRefusedText(language),
        }),
      ];
    case 'mirror':
      return mirrorWrites(applying, action);
    case 'regard':
      return [
        linkWrite(applying, action.stored, { columns: regardingColumns(rows.row.table, action.to) }),
        ...posts(applying, action.posts, action.to),
      ];
    case 'create':
    case 'mark':
    case 'unmark':
    case 'write':
      return null;
  }
}

/**
 * Carries out one step of the plan. Idempotent: rows have derived ids, the link row is written with If-Match, and what Jira has got stands
 * in its changelog.
 * @param refused writes that Jira has refused in this run
 */
export async function applyLinkAction(
  action: IssueAction,
  applying: LinkApplying,
  refused: Set<string>,
): Promise<void> {
  const { dataverse, connection, rows, issue, remote, organization, log } = applying;
  const writes = await writesOf(action, applying);
  if (writes !== null) return applyChangeSet(dataverse, writes, log);
  switch (action.kind) {
    case 'create':
      return create(applying, action.mark);
    case 'write':
      return write(applying, action, refused);
    case 'mark':
      if (remote === null || issue === null) throw new Error('An issue is marked as it was read.');
      return markIssue(connection.site, action.issueId, rows.row.id, remote, {
        property: issue.property,
        labels: labelsOf(applying),
      });
    case 'unmark':
      return unmarkIssue(connection.site, action.issueId, rows.row.id, remoteLinkId(organization, rows.row.id));
  }
}
