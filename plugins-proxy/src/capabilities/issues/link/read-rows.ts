import { type Guid, LinkState, newLink, type RecordFacts, SyncPreference, tables } from '@crmjira/domain';
import { z } from 'zod';
import { choice, guid, instant, optionalGuid, optionalText, text } from '../../../clients/dataverse/columns';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { equalsId } from '../../../clients/dataverse/filter';
import { type MirrorRow, mirrorRow, mirrorSelect } from '../mirror/mirror-columns';
import type { LinkRows, ProjectRow } from './link-parts';
import { type LinkedRecord, readLinkedRecord } from './read-record';
import { type LinkDocument, type LinkRow, readLinkRow } from './stored-row';

const projectRow = z
  .object({
    crmjira_jira_projectid: guid,
    crmjira_project_id: text,
    crmjira_project_key: optionalText,
    _crmjira_integration_id_value: optionalGuid,
  })
  .transform((row): ProjectRow => ({
    id: row.crmjira_jira_projectid,
    connectionId: row._crmjira_integration_id_value,
    projectId: row.crmjira_project_id,
    key: row.crmjira_project_key,
  }));
const projectColumns = [
  'crmjira_jira_projectid',
  'crmjira_project_id',
  'crmjira_project_key',
  '_crmjira_integration_id_value',
];

export const readProjectRow = (reader: DataverseReader, id: Guid): Promise<ProjectRow | null> =>
  reader.one(tables.crmjira_jira_project.entitySet, id, projectColumns, projectRow);

const readMirrorRow = (reader: DataverseReader, id: Guid): Promise<MirrorRow | null> =>
  reader.one(tables.crmjira_jira_issue.entitySet, id, mirrorSelect, mirrorRow);

/** Of a row that was made by hand nothing is stored yet: its issue is linked as it stands. */
function firstDocument(row: LinkRow, record: LinkedRecord | null, mirror: MirrorRow | null): LinkDocument {
  const unknown: RecordFacts = {
    table: row.table,
    id: row.recordId,
    etag: '',
    version: 0,
    closed: false,
    changedBy: null,
    changedOn: null,
  };
  return {
    stored: newLink(mirror?.issueId ?? null, record?.facts ?? unknown),
    create: null,
    wishedOn: row.createdOn,
    unlinkWanted: false,
    project: mirror?.projectRowId ?? null,
    decisions: [],
  };
}

/** null: there is no such link. */
export async function readLinkRows(reader: DataverseReader, id: Guid): Promise<LinkRows | null> {
  const row = await readLinkRow(reader, id);
  if (row === null) return null;
  const projectId = row.document?.project ?? null;
  const [record, mirror, project] = await Promise.all([
    readLinkedRecord(reader, row.table, row.recordId),
    row.mirrorRowId === null ? null : readMirrorRow(reader, row.mirrorRowId),
    projectId === null ? null : readProjectRow(reader, projectId),
  ]);
  return { row, document: row.document ?? firstDocument(row, record, mirror), record, mirror, project };
}

const siblingRow = z.object({
  crmjira_issue_linkid: guid,
  createdon: instant,
  crmjira_regarding_id: text,
  crmjira_sync_preference: choice(SyncPreference).nullish(),
});

/** The other links of an issue that are in force. */
export interface Siblings {
  /** Another one sends: this one follows. */
  readonly follows: boolean;
  /** Records that have a link to the issue. */
  readonly records: ReadonlySet<Guid>;
}

const sends = (preference: SyncPreference | null | undefined): boolean =>
  preference == null || preference === SyncPreference.Both || preference === SyncPreference.CrmToJira;

/** Of several links of one issue the oldest that may send does. */
export async function readSiblings(reader: DataverseReader, { id, mirrorRowId }: LinkRow): Promise<Siblings> {
  if (mirrorRowId === null) return { follows: false, records: new Set() };
  const links = await reader.many(
    tables.crmjira_issue_link.entitySet,
    {
      select: Object.keys(siblingRow.shape),
      filter: `${equalsId('_crmjira_jira_issue_value', mirrorRowId)} and crmjira_state ne ${LinkState.Unlinked}`,
      orderBy: ['createdon asc', 'crmjira_issue_linkid asc'],
    },
    siblingRow,
  );
  const sender = links.find(({ crmjira_sync_preference: preference }) => sends(preference));
  return {
    follows: sender !== undefined && sender.crmjira_issue_linkid !== id,
    records: new Set(
      links.filter((one) => one.crmjira_issue_linkid !== id).map((one) => one.crmjira_regarding_id.toLowerCase()),
    ),
  };
}
