import {
  alreadyLinkedText,
  CommandType,
  derivedId,
  fitText,
  issueNotFoundText,
  jiraIssueRowId,
  LinkState,
  linkedText,
  newLink,
  noRecordText,
  projectNotOfferedText,
  SyncPreference,
  tables,
} from '@crmjira/domain';
import { z } from 'zod';
import { guid, instant, optionalGuid, optionalText } from '../../../clients/dataverse/columns';
import { equalsId, quoted } from '../../../clients/dataverse/filter';
import { readShown } from '../../../clients/jira/issues/read-shown';
import { readFullName } from '../../../connections/environment/read-people';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import { jobKey } from '../../../queue/job-key';
import type { CommandAnswer, CommandHandler } from '../../../reconciler/commands';
import { linkKind } from '../link/issue-link-module';
import { readLinkedRecord } from '../link/read-record';
import { linkColumns, linkRow, newLinkColumns, wishColumns } from '../link/stored-row';
import { findOfferedProject, type OfferedProject, readProject } from '../policy/offered-projects';
import { type AskedCommand, done, failed, issueCommand, type IssueCommandParts, refused } from './issue-command';

const payload = z.object({
  key: z.string().nullish(),
  /** Row of the mirror, or Jira's id with its connection. */
  issueId: z.string().min(1).nullish(),
  integration: z.guid().nullish(),
  sync: z.enum(SyncPreference).default(SyncPreference.Both),
});
type Payload = z.output<typeof payload>;

/** The issue that is meant, as far as it may be linked. */
interface Meant {
  readonly key: string;
  readonly issueId: string;
  readonly connection: JiraConnection;
  /** null: it is not offered */
  readonly project: OfferedProject | null;
}

const mirrorRow = z.object({
  crmjira_issue_id: z.coerce.string(),
  crmjira_issue_key: optionalText,
  crmjira_is_deleted: z.boolean().nullish(),
  _crmjira_project_value: optionalGuid,
  _crmjira_integration_id_value: optionalGuid,
});

/** An issue of the mirror, which never holds one with a level of security. */
async function meantRow({ dataverse, jira }: IssueCommandParts, rowId: string): Promise<Meant | null> {
  const { entitySet } = tables.crmjira_jira_issue;
  const row = await dataverse.one(entitySet, rowId, Object.keys(mirrorRow.shape), mirrorRow);
  if (row === null || row.crmjira_is_deleted === true) return null;
  const connection = await jira.of(row._crmjira_integration_id_value);
  if (connection === null) return null;
  const { _crmjira_project_value: projectRowId } = row;
  const project = projectRowId === null ? null : await readProject(dataverse, projectRowId);
  return {
    key: row.crmjira_issue_key ?? '',
    issueId: row.crmjira_issue_id,
    connection,
    project: project?.isOffered === true ? project : null,
  };
}

async function meantIssue(
  { dataverse }: IssueCommandParts,
  connection: JiraConnection,
  idOrKey: string,
): Promise<Meant | null> {
  const found = await readShown(connection.site, idOrKey);
  if (found === null || found.isRestricted) return null;
  const { key, issueId, projectId } = found.shown;
  return { key, issueId, connection, project: await findOfferedProject(dataverse, connection.id, projectId) };
}

/** null: there is no such issue, or it is not to be seen. */
async function readMeant(parts: IssueCommandParts, { key, issueId, integration }: Payload): Promise<Meant | null> {
  const { jira } = parts;
  if (issueId != null && z.guid().safeParse(issueId).success) return meantRow(parts, issueId);
  const wanted = issueId ?? key?.trim().toUpperCase() ?? '';
  if (wanted === '') return null;
  if (integration != null) {
    const connection = await jira.of(integration);
    return connection === null ? null : meantIssue(parts, connection, wanted);
  }
  // A key alone, as somebody types it: the first site whose offered projects have it.
  if (key == null) return null;
  for (const connection of jira.all()) {
    const found = await meantIssue(parts, connection, key.trim().toUpperCase());
    if (found?.project != null) return found;
  }
  return null;
}

const extra = z.object({ createdon: instant, _crmjira_created_by_user_value: optionalGuid });
const knownLink = z.unknown().transform((value) => ({ link: linkRow.parse(value), ...extra.parse(value) }));

/** Links of a record to an issue, in force or taken away: one, unless somebody has made rows by hand. */
async function readLinks(
  { dataverse }: IssueCommandParts,
  { record }: AskedCommand<Payload>,
  linkId: string,
  mirrorRowId: string,
): Promise<readonly z.output<typeof knownLink>[]> {
  const rows = await dataverse.many(
    tables.crmjira_issue_link.entitySet,
    {
      select: [...new Set([...linkColumns, ...Object.keys(extra.shape)])],
      filter: `crmjira_regarding_id eq ${quoted(record.id)} and crmjira_regarding_table eq ${quoted(record.table)} and (${equalsId('_crmjira_jira_issue_value', mirrorRowId)} or ${equalsId('crmjira_issue_linkid', linkId)})`,
    },
    knownLink,
  );
  // One in force before those that were taken away.
  return [...rows].sort((one, other) => Number(isOver(one.link)) - Number(isOver(other.link)));
}

const isOver = ({ state, document }: z.output<typeof linkRow>): boolean =>
  state === LinkState.Unlinked || document?.unlinkWanted === true;

async function link(parts: IssueCommandParts, asked: AskedCommand<Payload>): Promise<CommandAnswer> {
  const { dataverse, now } = parts;
  const { command, record, payload: wanted, language } = asked;
  const [meant, linkedRecord] = await Promise.all([
    readMeant(parts, wanted),
    readLinkedRecord(dataverse, record.table, record.id),
  ]);
  if (linkedRecord === null) return failed(noRecordText(language));
  if (meant === null) return refused(issueNotFoundText(language, wanted.key ?? 'Jira'));
  const { key, issueId, connection, project } = meant;
  if (project === null) return refused(projectNotOfferedText(language, key.split('-')[0] ?? key));
  const { entitySet: collection } = tables.crmjira_issue_link;
  const linkId = derivedId(record.id, 'issue-link', connection.id, issueId);
  const mirrorRowId = jiraIssueRowId(connection.id, issueId);
  const [known] = await readLinks(parts, asked, linkId, mirrorRowId);
  const linked = (id: string): CommandAnswer =>
    done(linkedText(language, key), { answer: { link: id, key }, keys: [jobKey(linkKind, id)] });
  const at = now().toISOString();
  if (known !== undefined) {
    const { link: row, createdon: on, _crmjira_created_by_user_value: byId } = known;
    if (isOver(row) && row.document !== null) {
      const columns = { ...wishColumns({ unlinked: false }, at, row), crmjira_sync_preference: wanted.sync };
      await dataverse.changeSet([{ op: 'update', collection, id: row.id, columns, ifMatch: row.etag }]);
      return linked(row.id);
    }
    // Wished after this command was given: by the run of it that was cut off.
    if (Date.parse(row.document?.wishedOn ?? on) >= Date.parse(command.createdOn)) return linked(row.id);
    const who = byId === null ? '' : await readFullName(dataverse, byId);
    return refused(alreadyLinkedText(language, { key, table: record.table, who, on }));
  }
  const mirrored = await dataverse.one(
    tables.crmjira_jira_issue.entitySet,
    mirrorRowId,
    ['crmjira_jira_issueid'],
    z.object({ crmjira_jira_issueid: guid }),
  );
  const columns = newLinkColumns({
    table: record.table,
    recordId: record.id,
    recordName: fitText('crmjira_issue_link', 'crmjira_regarding_name', linkedRecord.number ?? linkedRecord.title),
    projectRowId: project.id,
    mirrorRowId: mirrored === null ? null : mirrorRowId,
    preference: wanted.sync,
    note: null,
    askedBy: command.requestedById,
    stored: newLink(issueId, linkedRecord.facts),
    create: null,
    at,
  });
  await dataverse.changeSet([{ op: 'create', collection, id: linkId, columns: { ...columns, crmjira_name: key } }]);
  return linked(linkId);
}

/** Answers the command "Link issue": an issue that is there stands on the record from now on (R-1707). */
export const linkIssueCommand = (parts: IssueCommandParts): CommandHandler =>
  issueCommand(parts, { type: CommandType.LinkIssue, payload, carryOut: (asked) => link(parts, asked) });
