import {
  CommandType,
  ConflictState,
  decidedText,
  decisionRefusedText,
  inForceSoonText,
  linkedAgainText,
  linkUnreadText,
  noLinkText,
  notInForceText,
  notUndoneText,
  SyncPreference,
  syncingText,
  syncSetText,
  tables,
  unlinkedText,
} from '@crmjira/domain';
import { z } from 'zod';
import { choice, guid, optionalGuid, optionalText } from '../../../clients/dataverse/columns';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import { jobKey } from '../../../queue/job-key';
import {
  type AnswerLater,
  type CommandAnswer,
  type CommandHandler,
  type GivenCommand,
  progressColumns,
} from '../../../reconciler/commands';
import { linkKind } from '../link/issue-link-module';
import { linkedRecordKey } from '../link/resolvers';
import { decisionColumns, type LinkDocument, type LinkRow, readLinkRow, wishColumns } from '../link/stored-row';
import {
  type AskedCommand,
  done,
  failed,
  isIssueTable,
  issueCommand,
  type IssueCommandParts,
  refused,
} from './issue-command';
import { connectionOf } from './link-connection';

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

/** Milliseconds between two looks at a wish that the module is to confirm, and how long one that is overdue is waited for. */
const lookEveryMs = 5_000;
const patienceMs = 60_000;
/** What the module needs for its own look once the wait is over. */
const confirmingMs = 2_000;

/** A wish about a link, as its handler finds it. */
interface Wished {
  /** null: nothing is left to write */
  readonly columns: Record<string, unknown> | null;
  readonly says: string;
  /** Whether the module has confirmed it, of one that is in force only then. */
  readonly isInForce?: boolean;
}

/**
 * Off and an unlink are in force when the service has confirmed them, after nothing of its own can be on the wire (SYNC): until then the
 * command is under way.
 */
async function confirmLater(
  parts: IssueCommandParts,
  { command, record, language }: AskedCommand<unknown>,
  row: LinkRow,
  { wishedOn, stored }: LinkDocument,
): Promise<CommandAnswer | AnswerLater> {
  const connection = await connectionOf(parts, row);
  const wireMs = connection === null ? 0 : (await parts.policyOf(connection, record.table)).wireMs;
  const now = parts.now().getTime();
  const passed = now - Date.parse(wishedOn);
  if (now - Date.parse(command.createdOn) > wireMs + patienceMs) return failed(notInForceText(language, keyOf(row)));
  // Nothing has been sent for it yet: there is nothing to wait for.
  const isUnsent = stored.stage === 'asked' && stored.sentOn === null;
  const left = isUnsent ? 0 : Math.max(0, wireMs - passed);
  const isFirst = command.progress === null;
  return {
    againInMs: isFirst || left > 0 ? left + confirmingMs : lookEveryMs,
    ...(isFirst ? { keys: [jobKey(linkKind, row.id)] } : {}),
  };
}

/** A handler of a wish about a link of the record. */
function linkCommand<Schema extends z.ZodType<OfLink>>(
  parts: IssueCommandParts,
  type: CommandType,
  payload: Schema,
  change: (asked: AskedCommand<z.output<Schema>>, row: LinkRow) => Promise<Wished | { readonly why: string }>,
): CommandHandler {
  return issueCommand(parts, {
    type,
    payload,
    takes: isOfRecord,
    carryOut: async (asked): Promise<CommandAnswer | AnswerLater> => {
      const row = await readOwn(parts, asked, asked.payload.link);
      if (row === null) return refused(noLinkText(asked.language));
      if (row.document === null)
        return { ...refused(linkUnreadText(asked.language)), keys: [jobKey(linkKind, row.id)] };
      const changed = await change(asked, row);
      if ('why' in changed) return refused(changed.why);
      const { columns, says, isInForce = true } = changed;
      const { command, language } = asked;
      const writes: PlainWrite[] = [];
      if (columns !== null)
        writes.push({
          ...{ op: 'update', collection: tables.crmjira_issue_link.entitySet, id: row.id, columns },
          ifMatch: row.etag,
        });
      // What is noted together with the wish is not wished again, although somebody takes it back meanwhile.
      if (!isInForce && command.progress === null)
        writes.push({
          ...{ op: 'update', collection: tables.crmjira_command.entitySet, id: command.id },
          columns: { ...progressColumns({ link: row.id }), crmjira_result: inForceSoonText(language) },
        });
      if (writes.length > 0) await parts.dataverse.changeSet(writes);
      if (!isInForce) {
        const wished = columns === null ? row : await readOwn(parts, asked, row.id);
        return wished?.document == null
          ? refused(noLinkText(language))
          : confirmLater(parts, asked, wished, wished.document);
      }
      return done(says, { answer: { link: row.id }, keys: [jobKey(linkKind, row.id)] });
    },
  });
}

/** Of an undo: it is about a decided conflict. */
export const ofConflict = z.strictObject({ conflict: guid });

/** Commands of the same type about other tables are answered elsewhere, and so is the undo of a conflict. */
const isOfRecord: CommandHandler['takes'] = ({ regarding, payload }) =>
  regarding !== null && isIssueTable(regarding.table) && !ofConflict.safeParse(payload).success;

export const keyOf = ({ name }: LinkRow): string => name ?? 'Jira';

export const unlinkCommand = (parts: IssueCommandParts): CommandHandler =>
  linkCommand(parts, CommandType.UnlinkIssue, ofLink, async ({ command, language }, row) => {
    const isWished = row.document?.unlinkWanted === true;
    if (command.progress !== null && !isWished) return { why: linkedAgainText(language, keyOf(row)) };
    return {
      columns: isWished ? null : wishColumns({ unlinked: true }, parts.now().toISOString(), row),
      says: unlinkedText(language, keyOf(row)),
      isInForce: isWished && row.document?.stored.stage === 'unlinked',
    };
  });

export const setSyncCommand = (parts: IssueCommandParts): CommandHandler =>
  linkCommand(
    parts,
    CommandType.SetSync,
    ofLink.extend({ sync: z.enum(SyncPreference) }),
    async ({ command, language, payload: { sync } }, row) => {
      const isWished = row.preference === sync;
      const says = syncSetText(language, keyOf(row), row.preference);
      if (command.progress !== null && !isWished) return { why: says };
      const { stored, wishedOn } = row.document ?? {};
      return {
        columns: isWished ? null : wishColumns({ preference: sync }, parts.now().toISOString(), row),
        says: syncSetText(language, keyOf(row), sync),
        // Of an issue that is not linked nothing is compared, and nothing sent.
        isInForce:
          sync !== SyncPreference.Off || stored?.stage !== 'linked' || (isWished && stored.offConfirmed === wishedOn),
      };
    },
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
