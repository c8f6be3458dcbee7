import {
  type Block,
  commentedText,
  commentFromText,
  commentOffText,
  CommandType,
  issueNotFoundText,
  LinkState,
  noCommentText,
  noLinkText,
  notCreatedYetText,
  SyncPreference,
  tables,
  withoutContact,
} from '@crmjira/domain';
import { z } from 'zod';
import { guid } from '../../../clients/dataverse/columns';
import { quoted } from '../../../clients/dataverse/filter';
import { addMarkedComment, hasMarkedComment } from '../../../clients/jira/issues/marked-comment';
import { readFullName } from '../../../connections/environment/read-people';
import {
  type AnswerLater,
  type CommandAnswer,
  type CommandHandler,
  progressColumns,
} from '../../../reconciler/commands';
import { linkColumns, type LinkRow, linkRow } from '../link/stored-row';
import { readOwn } from './change-link';
import { type AskedCommand, done, failed, issueCommand, type IssueCommandParts, refused } from './issue-command';
import { connectionOf } from './link-connection';
import { readSource } from './read-source';

/** Jira takes 32,767 characters of a comment, markup included. */
const payload = z.object({ link: guid.nullish(), text: z.string().max(20_000) });
type Payload = z.output<typeof payload>;

/** How far the comment has come: links whose issue has it, and the one whose issue may have it. */
const progress = z.object({
  done: z.array(guid),
  sending: z.object({ link: guid, on: z.string() }).nullable(),
});
type Progress = z.output<typeof progress>;

/** Without a link all issues of the record are meant. */
async function readLinks(
  parts: IssueCommandParts,
  { record, payload: { link } }: AskedCommand<Payload>,
): Promise<readonly LinkRow[]> {
  if (link != null) {
    const row = await readOwn(parts, { record }, link);
    return row === null ? [] : [row];
  }
  const filter = `crmjira_regarding_id eq ${quoted(record.id)} and crmjira_regarding_table eq ${quoted(record.table)} and crmjira_state ne ${LinkState.Unlinked} and crmjira_sync_preference ne ${SyncPreference.Off}`;
  const { entitySet } = tables.crmjira_issue_link;
  return parts.dataverse.many(entitySet, { select: linkColumns, filter, orderBy: ['createdon asc'] }, linkRow);
}

async function blocksOf(
  { dataverse, environmentSettings }: IssueCommandParts,
  { record, command, payload: { text }, language }: AskedCommand<Payload>,
): Promise<readonly Block[]> {
  const [{ issuePersonalData }, source, who] = await Promise.all([
    environmentSettings.settings(),
    readSource(dataverse, record.table, record.id),
    readFullName(dataverse, command.requestedById),
  ]);
  const contact = source?.from.contact ?? null;
  return [
    { kind: 'text', text: commentFromText(language, who) },
    { kind: 'text', text: issuePersonalData ? text.trim() : withoutContact(text.trim(), contact, language) },
  ];
}

async function comment(parts: IssueCommandParts, asked: AskedCommand<Payload>): Promise<CommandAnswer | AnswerLater> {
  const { dataverse, policyOf, now } = parts;
  const { command, record, payload: wanted, language } = asked;
  if (wanted.text.trim() === '') return refused(noCommentText(language));
  const links = await readLinks(parts, asked);
  const [first] = links;
  if (first === undefined) return refused(noLinkText(language));
  if (first.preference === SyncPreference.Off) return refused(commentOffText(language, first.name ?? 'Jira'));
  const reached = links.filter(({ document }) => document?.stored.issueId != null && !document.unlinkWanted);
  if (reached.length === 0) return refused(notCreatedYetText(language));

  let known: Progress = progress.nullable().parse(command.progress) ?? { done: [], sending: null };
  const note = async (next: Progress): Promise<void> => {
    known = next;
    const { entitySet: collection } = tables.crmjira_command;
    await dataverse.changeSet([{ op: 'update', collection, id: command.id, columns: progressColumns(next) }]);
  };
  const blocks = await blocksOf(parts, asked);
  for (const link of reached) {
    const connection = await connectionOf(parts, link);
    const issueId = link.document?.stored.issueId;
    if (known.done.includes(link.id) || connection === null || issueId == null) continue;
    const { sending } = known;
    if (sending?.link === link.id) {
      // What was sent may still land: a look before that would tell nothing.
      const { wireMs } = await policyOf(connection, record.table);
      const left = Date.parse(sending.on) + wireMs - now().getTime();
      if (left > 0) return { againInMs: left };
    }
    const isThere = sending?.link === link.id && (await hasMarkedComment(connection.site, issueId, command.id));
    if (!isThere) {
      await note({ ...known, sending: { link: link.id, on: now().toISOString() } });
      await addMarkedComment(connection.site, issueId, blocks, language, command.id);
    }
    await note({ done: [...known.done, link.id], sending: null });
  }
  const told = reached.filter(({ id }) => known.done.includes(id)).map(({ name }) => name ?? 'Jira');
  return told.length === 0
    ? failed(issueNotFoundText(language, first.name ?? 'Jira'))
    : done(commentedText(language, told));
}

/** Answers the command "Comment to Jira": the only way by which what is written in Dynamics becomes a comment there. */
export const commentCommand = (parts: IssueCommandParts): CommandHandler =>
  issueCommand(parts, { type: CommandType.CommentToJira, payload, carryOut: (asked) => comment(parts, asked) });
