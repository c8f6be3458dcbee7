import {
  type Block,
  type Decision,
  type FieldBase,
  type FieldName,
  fitText,
  type Guid,
  type Instant,
  type Language,
  type LinkFacts,
  type LinkStage,
  LinkState,
  linkStateOf,
  type RecordFacts,
  type StoredLink,
  SyncPreference,
  tables,
  type Trouble,
  troubleText,
  wholeSecond,
} from '@crmjira/domain';
import { z } from 'zod';
import {
  choice,
  guid,
  instant,
  optionalFlag,
  optionalGuid,
  optionalInstant,
  optionalNumber,
  optionalText,
  text,
} from '../../../clients/dataverse/columns';
import type { DataverseReader } from '../../../clients/dataverse/reader';

/** What a new issue is made from, beside the columns of its link: as the person saw it when asking. */
export interface CreateWish {
  /** Id of the issue type. */
  readonly type: string;
  readonly typeName: string;
  /** Id in Jira; null: Jira chooses. */
  readonly priority: string | null;
  readonly summary: string;
  readonly labels: readonly string[];
  /** What the preview showed, before it becomes ADF or wiki text. */
  readonly description: readonly Block[];
  /** Further fields of the create screen, in the form that Jira takes. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The document of `crmjira_base`: what the service keeps of a link beside its columns. */
export interface LinkDocument {
  readonly stored: StoredLink;
  /** null: the issue is there, or has been since. */
  readonly create: CreateWish | null;
  /** When preference or unlinking was last asked for. */
  readonly wishedOn: Instant;
  readonly unlinkWanted: boolean;
  /** Row of the project that the issue is created in or was linked from; by it the connection is known until the issue has a row. */
  readonly project: Guid | null;
  /** What people have chosen in open conflicts, until the module has carried it out or refused it. */
  readonly decisions: readonly Decision[];
}

const value = z.string().nullable();
const cursor = z.number().nonnegative();
const stages = [
  'asked',
  'sent',
  'linked',
  'hidden',
  'broken',
  'unlinking',
  'unlinked',
] as const satisfies readonly LinkStage[];
const troubles = [
  'no-transition',
  'transition-needs-field',
  'not-on-screen',
  'not-in-map',
  'issue-archived',
  'issue-hidden',
  'issue-deleted',
  'create-needs-field',
  'other-link-sends',
] as const satisfies readonly Trouble['code'][];

const fieldBase = z.object({
  crm: value,
  jira: value,
  version: cursor,
  cursor,
  entered: z.array(cursor).readonly(),
  conflict: z.object({ entry: guid, crm: value, jira: value }).nullable(),
  isFirst: z.literal(true).optional(),
}) satisfies z.ZodType<FieldBase>;

export const isFieldName = (name: string): name is FieldName =>
  name === 'status' || name === 'priority' || name === 'summary' || name.startsWith('label:');

const trouble = z.object({ code: z.enum(troubles), field: value, from: value, to: value });

const stored = z.object({
  stage: z.enum(stages),
  issueId: value,
  low: z.number().nullable(),
  sentOn: value,
  offConfirmed: value,
  cursor,
  since: cursor.optional(),
  toldUpTo: cursor,
  fields: z.record(z.string().refine(isFieldName), fieldBase),
  trouble: trouble.nullable(),
  unclosed: trouble.optional(),
  seen: z.object({ owner: value, active: z.boolean() }),
});

const block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('facts'), rows: z.array(z.object({ name: z.string(), value: z.string() })) }),
  z.object({ kind: z.literal('link'), text: z.string(), url: z.string() }),
]);

const createWish = z.object({
  type: z.string(),
  typeName: z.string(),
  priority: value,
  summary: z.string(),
  labels: z.array(z.string()),
  description: z.array(block),
  fields: z.record(z.string(), z.unknown()),
});

const documentShape = z.object({
  stored,
  create: createWish.nullable(),
  wishedOn: z.string(),
  unlinkWanted: z.boolean(),
  project: guid.nullable(),
  decisions: z
    .array(
      z.object({
        commandId: guid,
        field: z.string().refine(isFieldName),
        side: z.enum(['crm', 'jira']),
        by: guid,
        crm: value,
        jira: value,
      }),
    )
    .default([]),
});

/** What this service has not written is refused: a base that is guessed would overwrite what people entered. */
const documentText = optionalText.transform((base, context): LinkDocument | null => {
  if (base === null || base.trim() === '') return null;
  try {
    return documentShape.parse(JSON.parse(base)) as LinkDocument;
  } catch {
    context.addIssue({ code: 'custom', message: 'is not what the service keeps of a link' });
    return z.NEVER;
  }
});

const row = z.object({
  '@odata.etag': z.string(),
  crmjira_issue_linkid: guid,
  versionnumber: optionalNumber,
  createdon: instant,
  crmjira_name: optionalText,
  crmjira_regarding_table: z.enum(['incident', 'opportunity', 'account', 'product']),
  crmjira_regarding_id: text.transform((id) => id.toLowerCase()),
  _crmjira_jira_issue_value: optionalGuid,
  crmjira_sync_preference: choice(SyncPreference)
    .nullish()
    .transform((chosen) => chosen ?? SyncPreference.Both),
  crmjira_state: choice(LinkState)
    .nullish()
    .transform((state) => state ?? null),
  crmjira_base: documentText,
  crmjira_last_error: optionalText,
  crmjira_error_code: optionalText,
  crmjira_failing_since: optionalInstant,
  crmjira_next_retry_on: optionalInstant,
  crmjira_external_system: optionalText,
  crmjira_external_id: optionalText,
  crmjira_external_url: optionalText,
  crmjira_regarding_name: optionalText,
  crmjira_resolves_record: optionalFlag,
});

/** A link as its row has it. */
export interface LinkRow {
  readonly id: Guid;
  /** For If-Match: a row that somebody else has written since is read again. */
  readonly etag: string;
  readonly version: number | null;
  readonly createdOn: Instant;
  /** Key of its issue, once there is one. */
  readonly name: string | null;
  readonly table: RecordFacts['table'];
  readonly recordId: Guid;
  readonly recordName: string | null;
  /** Row of `crmjira_jira_issue`; null: the issue has none yet. */
  readonly mirrorRowId: Guid | null;
  readonly preference: SyncPreference;
  /** By the rule *Chosen*, this issue decides whether its case resolves. */
  readonly resolvesRecord: boolean;
  readonly state: LinkState | null;
  /** null: nothing has been stored, as in a row that was made by hand */
  readonly document: LinkDocument | null;
  readonly lastError: string | null;
  readonly errorCode: string | null;
  readonly failingSince: Instant | null;
  readonly nextRetryOn: Instant | null;
  readonly external: { readonly system: string; readonly id: string; readonly url: string | null } | null;
}

/** Columns that `linkRow` needs. */
export const linkColumns: readonly string[] = Object.keys(row.shape).filter((column) => !column.startsWith('@'));

/** A row of `crmjira_issue_link`, of whatever query: its columns and its document are checked here and nowhere else. */
export const linkRow = row.transform((read): LinkRow => ({
  id: read.crmjira_issue_linkid,
  etag: read['@odata.etag'],
  version: read.versionnumber,
  createdOn: read.createdon,
  name: read.crmjira_name,
  table: read.crmjira_regarding_table,
  recordId: read.crmjira_regarding_id,
  recordName: read.crmjira_regarding_name,
  mirrorRowId: read._crmjira_jira_issue_value,
  preference: read.crmjira_sync_preference,
  resolvesRecord: read.crmjira_resolves_record,
  state: read.crmjira_state,
  document: read.crmjira_base,
  lastError: read.crmjira_last_error,
  errorCode: read.crmjira_error_code,
  failingSince: read.crmjira_failing_since,
  nextRetryOn: read.crmjira_next_retry_on,
  external:
    read.crmjira_external_system === null || read.crmjira_external_id === null
      ? null
      : {
          system: read.crmjira_external_system,
          id: read.crmjira_external_id,
          url: read.crmjira_external_url,
        },
}));

/** null: there is no such link. */
export const readLinkRow = (reader: DataverseReader, id: Guid): Promise<LinkRow | null> =>
  reader.one(tables.crmjira_issue_link.entitySet, id, linkColumns, linkRow);

/** What the plan is told of a link. @param follows another link of the same issue sends */
export const linkFactsOf = (
  { id, etag, preference }: LinkRow,
  { stored: kept, wishedOn, unlinkWanted }: LinkDocument,
  follows: boolean,
): LinkFacts => ({
  id,
  etag,
  preference,
  wanted: unlinkWanted ? 'unlinked' : 'linked',
  wishedOn,
  follows,
  stored: kept,
});

type Columns = Record<string, unknown>;

/** @throws Error for what the column does not hold: half a document would be none */
function documentColumn(kept: LinkDocument): Columns {
  const base = JSON.stringify(kept);
  if (fitText('crmjira_issue_link', 'crmjira_base', base) !== base)
    throw new Error('What is to be kept of the link is longer than its column.');
  return { crmjira_base: base };
}

/** The lookups by which forms and views find the links of a record. */
export const regardingColumns = (table: RecordFacts['table'], id: Guid): Columns => ({
  crmjira_regarding_table: table,
  crmjira_regarding_id: id,
  [`crmjira_regarding_${table}@odata.bind`]: `/${recordSet[table]}(${id})`,
});

/** Entity sets of the tables that have links. */
export const recordSet = {
  incident: tables.incident.entitySet,
  opportunity: tables.opportunity.entitySet,
  account: tables.account.entitySet,
  product: tables.product.entitySet,
} as const satisfies Record<RecordFacts['table'], string>;

/** A link as a person's wish makes it; the module does the rest. */
export interface NewLink {
  readonly table: RecordFacts['table'];
  readonly recordId: Guid;
  /** Number or name of the record, for lists. */
  readonly recordName?: string | null;
  readonly projectRowId: Guid | null;
  /** Row of the issue, where it has one. */
  readonly mirrorRowId: Guid | null;
  readonly preference: SyncPreference;
  readonly note: string | null;
  readonly askedBy?: Guid | null;
  readonly externalError?: { readonly system: string; readonly id: string; readonly url: string | null } | null;
  /** As `newLink` makes it. */
  readonly stored: StoredLink;
  /** null: an issue that is there */
  readonly create: CreateWish | null;
  /** When it was asked for. */
  readonly at: Instant;
}

/** Columns of a new link row. */
export function newLinkColumns(link: NewLink): Columns {
  const { table, recordId, mirrorRowId, externalError, askedBy } = link;
  const name = link.create?.summary ?? null;
  return {
    ...regardingColumns(table, recordId),
    ...(link.recordName == null ? {} : { crmjira_regarding_name: link.recordName }),
    ...(name === null ? {} : { crmjira_name: name }),
    ...(mirrorRowId === null
      ? {}
      : { 'crmjira_jira_issue@odata.bind': `/${tables.crmjira_jira_issue.entitySet}(${mirrorRowId})` }),
    ...(askedBy == null ? {} : { 'crmjira_created_by_user@odata.bind': `/${tables.systemuser.entitySet}(${askedBy})` }),
    ...(link.note === null ? {} : { crmjira_created_note: link.note }),
    ...(externalError == null
      ? {}
      : {
          crmjira_external_system: externalError.system,
          crmjira_external_id: externalError.id,
          crmjira_external_url: externalError.url,
        }),
    crmjira_sync_preference: link.preference,
    crmjira_state: linkStateOf(link.stored),
    ...documentColumn({
      stored: link.stored,
      create: link.create,
      wishedOn: link.at,
      unlinkWanted: false,
      project: link.projectRowId,
      decisions: [],
    }),
  };
}

/**
 * Columns of a wish about a link that is there; to be written with If-Match on the row as read, because the document is one column.
 * @throws Error for a row without a document: the module has not seen it yet
 */
export function wishColumns(
  wish: { readonly unlinked: boolean } | { readonly preference: SyncPreference },
  at: Instant,
  { document: kept }: Pick<LinkRow, 'document'>,
): Columns {
  if (kept === null) throw new Error('A wish is written into what is stored of a link.');
  return {
    ...('preference' in wish ? { crmjira_sync_preference: wish.preference } : {}),
    ...documentColumn({
      ...kept,
      wishedOn: at,
      unlinkWanted: 'unlinked' in wish ? wish.unlinked : kept.unlinkWanted,
    }),
  };
}

/**
 * Columns of a person's choice in a conflict; to be written with If-Match on the row as read. It counts for the values that the conflict's
 * row shows.
 * @returns null: the conflict is not open any more, or shows other values by now
 */
export function decisionColumns(
  choice: Pick<Decision, 'commandId' | 'side' | 'by'> & { readonly conflict: Guid },
  { document: kept }: Pick<LinkRow, 'document'>,
): Columns | null {
  const open = Object.entries(kept?.stored.fields ?? {}).find(([, base]) => base?.conflict?.entry === choice.conflict);
  if (kept === null || open?.[1]?.conflict == null) return null;
  const { commandId, side, by } = choice;
  const { crm, jira } = open[1].conflict;
  const field = open[0] as FieldName;
  const others = kept.decisions.filter((one) => one.field !== field);
  return documentColumn({ ...kept, decisions: [...others, { commandId, field, side, by, crm, jira }] });
}

/** Columns that say why the issue was not done with its error, to be written with If-Match; its own module tells people. null: nothing changes. */
export function unclosedColumns({ document: kept }: Pick<LinkRow, 'document'>, why: Trouble | null): Columns | null {
  if (kept === null) return null;
  const { unclosed, ...others } = kept.stored;
  if (why === null && unclosed === undefined) return null;
  return documentColumn({ ...kept, stored: why === null ? others : { ...others, unclosed: why } });
}

/** How people know the issue, for the sentence of a trouble. */
export interface NamedIssue {
  readonly key: string;
  readonly project: string;
  readonly type: string;
  readonly asOf: string;
}

/** Columns of a link after a step of the module: what is stored, and what lists and forms show of it. */
export function storedColumns(
  before: Pick<LinkRow, 'errorCode' | 'failingSince'>,
  kept: LinkDocument,
  shown: { readonly issue: NamedIssue; readonly language: Language; readonly now: Instant },
): Columns {
  const { issueId, trouble } = kept.stored;
  return {
    // What an issue was made from is of no more use once it is there.
    ...documentColumn({ ...kept, create: issueId === null ? kept.create : null }),
    crmjira_state: linkStateOf(kept.stored),
    crmjira_last_sync_on: wholeSecond(shown.now),
    ...errorColumns(
      before,
      trouble === null ? null : { code: trouble.code, says: troubleText(trouble, shown.issue, shown.language) },
      shown.now,
    ),
  };
}

/** An error, its code and its times go together; its time is when it first stood there. */
export function errorColumns(
  before: Pick<LinkRow, 'errorCode' | 'failingSince'>,
  error: { readonly code: string; readonly says: string; readonly retryAt?: number | null } | null,
  now: Instant,
): Columns {
  if (error === null)
    return {
      crmjira_last_error: null,
      crmjira_error_code: null,
      crmjira_failing_since: null,
      crmjira_next_retry_on: null,
    };
  const code = fitText('crmjira_issue_link', 'crmjira_error_code', error.code);
  return {
    crmjira_last_error: error.says,
    crmjira_error_code: code,
    crmjira_failing_since: (before.errorCode === code ? before.failingSince : null) ?? wholeSecond(now),
    crmjira_next_retry_on: error.retryAt == null ? null : wholeSecond(new Date(error.retryAt).toISOString()),
  };
}
