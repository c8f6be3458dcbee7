import {
  CommandType,
  ConflictState,
  decidedText,
  decisionRefusedText,
  linkedAgainText,
  linkUnreadText,
  noLinkText,
  notUndoneText,
  SyncPreference,
  syncingText,
  syncSetText,
  tables,
  unlinkedText,
} from '@crmjira/domain';
import { z } from 'zod';
import { choice, guid, optionalGuid, optionalText } from '../../../clients/dataverse/columns';
import { jobKey } from '../../../queue/job-key';
import type { CommandAnswer, CommandHandler, GivenCommand } from '../../../reconciler/commands';
import { linkKind } from '../link/issue-link-module';
import { linkedRecordKey } from '../link/resolvers';
import { decisionColumns, type LinkRow, readLinkRow, wishColumns } from '../link/stored-row';
import { type AskedCommand, done, isIssueTable, issueCommand, type IssueCommandParts, refused } from './issue-command';

const ofLink = z.object({ link: guid });
type OfLink = z.output<typeof ofLink>;

/** The link that is meant; null: it is none of the record that the person may write. */
export async function readOwn(
  { dataverse }: IssueCommandParts,
  { record }: Pick<AskedCommand<unknown>, 'record'>,
  id: string,
): Promise<LinkRow | null> {
  const row = await readLinkRow(dataverse, id);
  return row !== null && row.table === record.table && row.recordId === record.id ? row : null;
}

/** A handler of a wish about a link of the record. @param columns what is written; null: nothing is left to write */
function linkCommand<Schema extends z.ZodType<OfLink>>(
  parts: IssueCommandParts,
  type: CommandType,
  payload: Schema,
  change: (
    asked: AskedCommand<z.output<Schema>>,
    row: LinkRow,
  ) => Promise<{ readonly columns: Record<string, unknown> | null; readonly says: string } | { readonly why: string }>,
): CommandHandler {
  return issueCommand(parts, {
    type,
    payload,
    takes: isOfRecord,
    carryOut: async (asked): Promise<CommandAnswer> => {
      const row = await readOwn(parts, asked, asked.payload.link);
      if (row === null) return refused(noLinkText(asked.language));
      if (row.document === null)
        return { ...refused(linkUnreadText(asked.language)), keys: [jobKey(linkKind, row.id)] };
      const changed = await change(asked, row);
      if ('why' in changed) return refused(changed.why);
      const { columns, says } = changed;
      const { entitySet: collection } = tables.crmjira_issue_link;
      if (columns !== null)
        await parts.dataverse.changeSet([{ op: 'update', collection, id: row.id, columns, ifMatch: row.etag }]);
      return done(says, { answer: { link: row.id }, keys: [jobKey(linkKind, row.id)] });
    },
  });
}

/** Commands of the same type about other tables are answered elsewhere. */
const isOfRecord: CommandHandler['takes'] = ({ regarding }) => regarding !== null && isIssueTable(regarding.table);

const keyOf = ({ name }: LinkRow): string => name ?? 'Jira';

export const unlinkCommand = (parts: IssueCommandParts): CommandHandler =>
  linkCommand(parts, CommandType.UnlinkIssue, ofLink, async ({ language }, row) => ({
    columns:
      row.document?.unlinkWanted === true ? null : wishColumns({ unlinked: true }, parts.now().toISOString(), row),
    says: unlinkedText(language, keyOf(row)),
  }));

export const setSyncCommand = (parts: IssueCommandParts): CommandHandler =>
  linkCommand(
    parts,
    CommandType.SetSync,
    ofLink.extend({ sync: z.enum(SyncPreference) }),
    async ({ language, payload: { sync } }, row) => ({
      columns: row.preference === sync ? null : wishColumns({ preference: sync }, parts.now().toISOString(), row),
      says: syncSetText(language, keyOf(row), sync),
    }),
  );

const undoneRow = z.object({ crmjira_command_type: choice(CommandType), crmjira_payload: optionalText });

/** Whether a command was the unlink of this link. */
async function wasUnlink({ dataverse }: IssueCommandParts, commandId: string, linkId: string): Promise<boolean> {
  const { entitySet } = tables.crmjira_command;
  const row = await dataverse.one(entitySet, commandId, Object.keys(undoneRow.shape), undoneRow);
  if (row?.crmjira_command_type !== CommandType.UnlinkIssue) return false;
  try {
    return ofLink.parse(JSON.parse(row.crmjira_payload ?? '')).link === linkId;
  } catch {
    // Not of ours: it has unlinked nothing.
    return false;
  }
}

/** Unlinking is undone by linking the same row again: its preference, note and history are still there. */
export const undoCommand = (parts: IssueCommandParts): CommandHandler =>
  linkCommand(
    parts,
    CommandType.Undo,
    ofLink.extend({ command: guid }),
    async ({ language, payload: { command, link } }, row) =>
      (await wasUnlink(parts, command, link))
        ? {
            columns:
              row.document?.unlinkWanted === false
                ? null
                : wishColumns({ unlinked: false }, parts.now().toISOString(), row),
            says: linkedAgainText(language, keyOf(row)),
          }
        : { why: notUndoneText(language) },
  );

const conflictRow = z.object({
  crmjira_state: choice(ConflictState).nullish(),
  crmjira_crm_value: optionalText,
  crmjira_jira_value: optionalText,
  _crmjira_link_value: optionalGuid,
});

/** A decision counts for the values that the person was shown; if others stand there by now, they are shown and decided anew. */
export const resolveConflictCommand = (parts: IssueCommandParts): CommandHandler =>
  linkCommand(
    parts,
    CommandType.ResolveConflict,
    ofLink.extend({
      conflict: guid,
      keep: z.enum(['crm', 'jira']),
      crm: z.string().nullable(),
      jira: z.string().nullable(),
    }),
    async ({ command, language, payload: { conflict, keep, crm, jira, link } }, row) => {
      const { entitySet } = tables.crmjira_sync_conflict;
      const shown = await parts.dataverse.one(entitySet, conflict, Object.keys(conflictRow.shape), conflictRow);
      const isShown =
        shown?.crmjira_state === ConflictState.Open &&
        shown._crmjira_link_value === link &&
        shown.crmjira_crm_value === crm &&
        shown.crmjira_jira_value === jira;
      const columns = isShown
        ? decisionColumns({ conflict, commandId: command.id, side: keep, by: command.requestedById }, row)
        : null;
      return columns === null ? { why: decisionRefusedText(language) } : { columns, says: decidedText(language) };
    },
  );

const perhapsLink = ofLink.partial().nullable();

/** Those that are about a link; of a case, account or product also those about all of its links. Of an opportunity they mean its budget. */
const takes = ({ regarding, payload }: Pick<GivenCommand, 'regarding' | 'payload'>): boolean =>
  regarding !== null && isIssueTable(regarding.table) && (payload !== null || regarding.table !== 'opportunity');

function lookAgain(parts: IssueCommandParts, type: CommandType): CommandHandler {
  return issueCommand(parts, {
    type,
    payload: perhapsLink,
    takes,
    carryOut: async ({ record, payload, language }) => {
      const says = syncingText(language);
      if (payload?.link === undefined) return done(says, { keys: [linkedRecordKey(record.table, record.id)] });
      const row = await readOwn(parts, { record }, payload.link);
      return row === null ? refused(noLinkText(language)) : done(says, { keys: [jobKey(linkKind, row.id)] });
    },
  });
}

export const syncNowCommand = (parts: IssueCommandParts): CommandHandler => lookAgain(parts, CommandType.SyncNow);
export const retryCommand = (parts: IssueCommandParts): CommandHandler => lookAgain(parts, CommandType.Retry);
