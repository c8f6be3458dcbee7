import {
  COMMAND_AUTHORITY,
  CommandState,
  type CommandType,
  failureText,
  type Language,
  nameOfCommand,
  noRecordText,
  payloadRefusedText,
  type RecordFacts,
  refusalLog,
  refusalText,
  searchAwayText,
  unmetNeed,
} from '@crmjira/domain';
import type { z } from 'zod';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import { classifyError } from '../../../platform/errors/classify-error';
import { applyChangeSet } from '../../../reconciler/actions/apply-change-set';
import type { AnswerLater, CommandAnswer, CommandHandler, GivenCommand } from '../../../reconciler/commands';
import { recordSet } from '../link/stored-row';
import type { IssuePolicyOf } from '../policy/issue-policy';

/** What commands about issues work with. */
export interface IssueCommandParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: Pick<EnvironmentSettings, 'settings' | 'languageOf' | 'whoAmI'>;
  readonly jira: JiraConnections;
  readonly policyOf: IssuePolicyOf;
  readonly now: () => Date;
}

/** A command about the issues of a record, whose asker may give it. */
export interface AskedCommand<Payload> {
  readonly command: GivenCommand;
  readonly record: { readonly table: RecordFacts['table']; readonly id: string };
  readonly payload: Payload;
  readonly language: Language;
}

/** What a command comes to where nothing is done: a sentence that says why. */
export const refused = (result: string): CommandAnswer => ({ state: CommandState.Refused, result });
export const failed = (result: string): CommandAnswer => ({ state: CommandState.Failed, result });
export const done = (result: string, more: Pick<CommandAnswer, 'answer' | 'keys'> = {}): CommandAnswer => ({
  state: CommandState.Done,
  result,
  ...more,
});

/** Whether records of a table have issues. */
export const isIssueTable = (table: string): table is RecordFacts['table'] => Object.hasOwn(recordSet, table);

interface IssueCommand<Schema extends z.ZodType> extends Pick<CommandHandler, 'takes'> {
  readonly type: CommandType;
  readonly payload: Schema;
  /** Somebody waits with the hands on the keys: an answer after a retry would come too late. Left out: it is tried again. */
  readonly isHasty?: true;
  readonly carryOut: (asked: AskedCommand<z.output<Schema>>) => Promise<CommandAnswer | AnswerLater>;
}

/**
 * A handler that asks first who may give the command, by Dataverse's own answer about the record, and what it says. Trouble that passes
 * leaves the command to be tried again; any other is its answer.
 */
export function issueCommand<Schema extends z.ZodType>(
  parts: IssueCommandParts,
  { type, payload: schema, takes, isHasty, carryOut }: IssueCommand<Schema>,
): CommandHandler {
  const { dataverse, environmentSettings } = parts;
  const { needs } = COMMAND_AUTHORITY[type];
  return {
    type,
    ...(takes === undefined ? {} : { takes }),
    answer: async (command) => {
      const { regarding, requestedById, correlationId } = command;
      const [{ userId }, language] = await Promise.all([
        environmentSettings.whoAmI(),
        environmentSettings.languageOf(requestedById),
      ]);
      if (regarding === null || !isIssueTable(regarding.table)) return failed(noRecordText(language));
      const record = { table: regarding.table, id: regarding.id.toLowerCase() };
      const rights = await dataverse.rights(requestedById, { collection: recordSet[record.table], id: record.id });
      const need = unmetNeed(needs, {
        service: requestedById === userId.toLowerCase(),
        read: rights.has('ReadAccess'),
        write: rights.has('WriteAccess'),
      });
      if (need !== null) {
        const wish = { wish: nameOfCommand(type), need, by: requestedById };
        const row = refusalLog(command.id, wish, { opportunityId: record.id, mapping: null });
        await applyChangeSet(dataverse, [row], { correlationId, durationMs: 0, regarding: record });
        return refused(refusalText(need, language, { table: record.table }));
      }
      const payload = schema.safeParse(command.payload);
      if (!payload.success) return refused(payloadRefusedText(language));
      try {
        return await carryOut({ command, record, payload: payload.data, language });
      } catch (thrown) {
        const error = classifyError(thrown);
        const passes = error.errorClass === 'transient';
        if (passes && isHasty !== true) throw thrown;
        return failed(passes ? searchAwayText(language) : (failureText(error.code, language) ?? error.message));
      }
    },
  };
}
