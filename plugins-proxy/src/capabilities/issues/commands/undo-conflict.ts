import {
  CommandType,
  ConflictState,
  linkUnreadText,
  noLinkText,
  notTakenBackText,
  type SettledEntry,
  tables,
  takenBackText,
  undoEntry,
  wholeSecond,
} from '@crmjira/domain';
import { z } from 'zod';
import { choice, instant, optionalGuid, optionalInstant, optionalText } from '../../../clients/dataverse/columns';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import { jobKey } from '../../../queue/job-key';
import { type CommandAnswer, type CommandHandler, progressColumns } from '../../../reconciler/commands';
import { linkKind } from '../link/issue-link-module';
import { readLinkedRecord, recordColumns } from '../link/read-record';
import { isFieldName, recordSet } from '../link/stored-row';
import { readPolicyValues } from '../policy/issue-policy';
import { keyOf, ofConflict, readOwn } from './change-link';
import { type AskedCommand, done, isIssueTable, issueCommand, type IssueCommandParts, refused } from './issue-command';
import { connectionOf } from './link-connection';

const entryRow = z.object({
  createdon: instant,
  crmjira_field: z.string().refine(isFieldName),
  crmjira_state: choice(ConflictState),
  crmjira_crm_value: optionalText,
  crmjira_jira_value: optionalText,
  crmjira_decided_on: optionalInstant,
  _crmjira_link_value: optionalGuid,
});

const entryOf = (row: z.output<typeof entryRow>): SettledEntry => ({
  field: row.crmjira_field,
  state: row.crmjira_state,
  crm: row.crmjira_crm_value,
  jira: row.crmjira_jira_value,
  decidedOn: row.crmjira_decided_on ?? row.createdon,
});

/** What a run of the same command that was cut off has taken back. */
const taken = z.object({ value: z.string().nullable() });

/** The other value of a decided conflict goes into the record; from there the merge carries it on (SYNC Merge). */
async function takeBack(
  parts: IssueCommandParts,
  asked: AskedCommand<unknown>,
  conflictId: string,
): Promise<CommandAnswer> {
  const { dataverse, policyOf, now } = parts;
  const { command, record, language } = asked;
  const { entitySet: conflicts } = tables.crmjira_sync_conflict;
  const entry = await dataverse.one(conflicts, conflictId, Object.keys(entryRow.shape), entryRow);
  if (entry?._crmjira_link_value == null) return refused(noLinkText(language));
  const row = await readOwn(parts, asked, entry._crmjira_link_value);
  if (row === null) return refused(noLinkText(language));
  const keys = [jobKey(linkKind, row.id)];
  if (row.document === null) return { ...refused(linkUnreadText(language)), keys };
  const key = keyOf(row);
  const isBack = (value: string | null): CommandAnswer =>
    done(takenBackText(language, key, value), { answer: { link: row.id }, keys });
  if (command.progress !== null) return isBack(taken.parse(command.progress).value);
  const [connection, linked] = await Promise.all([
    connectionOf(parts, row),
    readLinkedRecord(dataverse, record.table, record.id),
  ]);
  if (connection === null || linked === null) return refused(noLinkText(language));
  const [policy, values] = await Promise.all([
    policyOf(connection, record.table),
    readPolicyValues(dataverse, connection.site),
  ]);
  const { stored } = row.document;
  const facts = { record: linked.facts, stored, preference: row.preference };
  const at = now().toISOString();
  const undone = undoEntry(entryOf(entry), facts, values, policy, at);
  if (typeof undone === 'string') return refused(notTakenBackText(language, key, undone));
  const update = (collection: string, id: string, columns: PlainWrite['columns'], ifMatch?: string): PlainWrite => ({
    op: 'update',
    collection,
    id,
    columns,
    ...(ifMatch === undefined ? {} : { ifMatch }),
  });
  await dataverse.changeSet([
    update(recordSet[record.table], record.id, recordColumns(undone.change), linked.facts.etag),
    update(conflicts, conflictId, {
      crmjira_state: undone.state,
      crmjira_decided_on: wholeSecond(at),
      'crmjira_decided_by@odata.bind': `/${tables.systemuser.entitySet}(${command.requestedById})`,
    }),
    // The undo of an undo would be the decision again.
    update(tables.crmjira_command.entitySet, command.id, progressColumns({ value: undone.value })),
  ]);
  return isBack(undone.value);
}

/** Answers the command "Undo" of a decided conflict. */
export const undoConflictCommand = (parts: IssueCommandParts): CommandHandler =>
  issueCommand(parts, {
    type: CommandType.Undo,
    payload: ofConflict,
    takes: ({ regarding, payload }) =>
      regarding !== null && isIssueTable(regarding.table) && ofConflict.safeParse(payload).success,
    carryOut: (asked) => takeBack(parts, asked, asked.payload.conflict),
  });
