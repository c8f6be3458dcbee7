import { CommandState, CommandType, tables, wholeSecond } from '@crmjira/domain';
import { z } from 'zod';
import { choice, guid, optionalGuid, optionalText } from '../clients/dataverse/columns';
import type { DataverseClient } from '../clients/dataverse/dataverse-client';
import { jobKey } from '../queue/job-key';
import { type JobHandler, nothingToEnqueue, resolver } from './job-handler';

/** A record, of any table. */
export interface Regarding {
  readonly table: string;
  readonly id: string;
}

/** A command that waits for its answer. */
export interface GivenCommand {
  readonly id: string;
  readonly regarding: Regarding;
  readonly argument: string | null;
  readonly requestedById: string;
  /** of the run that answers it */
  readonly correlationId: string;
}

/** What stands in the row of a command that was answered. */
export interface CommandAnswer {
  readonly state: CommandState;
  /** A sentence for the person who asked. */
  readonly result: string;
  /** Facts for the page that asked, as JSON; left out: the sentence is all. */
  readonly answer?: unknown;
}

/** Answers one type of command in its own row; nothing is reconciled for it. Its authority stands in `domain/src/authority`. */
export interface CommandHandler {
  readonly type: CommandType;
  answer(command: GivenCommand): Promise<CommandAnswer>;
}

/** Types that are answered in their own row: jobs of their own, not of the record that they regard. */
export const answeredInTheirRow: ReadonlySet<CommandType> = new Set([CommandType.FindProjects, CommandType.Explain]);

const commandRow = z.object({
  _crmjira_opportunity_id_value: optionalGuid,
  crmjira_regarding_table: optionalText,
  crmjira_regarding_id: optionalText,
  crmjira_command_type: choice(CommandType),
  crmjira_command_state: choice(CommandState),
  crmjira_argument: optionalText,
  _createdby_value: guid,
});

/** Characters that the column of an answer holds. */
const longestAnswer = 100_000;

function regardingOf(row: z.output<typeof commandRow>): Regarding | null {
  const { crmjira_regarding_table: table, crmjira_regarding_id: id } = row;
  if (table !== null && id !== null) return { table, id: id.toLowerCase() };
  const opportunity = row._crmjira_opportunity_id_value;
  return opportunity === null ? null : { table: 'opportunity', id: opportunity };
}

/** Answers a command whose handler is known; any other stands for the record that it regards. */
export function commandResolver(
  dataverse: DataverseClient,
  handlers: readonly CommandHandler[],
  now: () => Date,
): JobHandler {
  const byType = new Map(handlers.map((handler) => [handler.type, handler]));
  const { entitySet } = tables.crmjira_command;
  return resolver('command', async ({ id, log }) => {
    const row = await dataverse.gathering.one(entitySet, guid.parse(id), Object.keys(commandRow.shape), commandRow);
    const regarding = row === null ? null : regardingOf(row);
    if (row === null || regarding === null) return nothingToEnqueue('the row is gone or regards no record');
    const handler = byType.get(row.crmjira_command_type);
    if (handler === undefined) return { keys: [jobKey(regarding.table, regarding.id)], urgent: true };
    const { Requested, Running } = CommandState;
    if (row.crmjira_command_state !== Requested && row.crmjira_command_state !== Running)
      return nothingToEnqueue('the command has its answer');
    const { correlationId } = log();
    const { _createdby_value: requestedById, crmjira_argument: argument } = row;
    const { state, result, answer } = await handler.answer({ id, regarding, argument, requestedById, correlationId });
    const text = answer === undefined ? null : JSON.stringify(answer);
    await dataverse.changeSet([
      {
        op: 'update',
        collection: entitySet,
        id,
        columns: {
          crmjira_command_state: state,
          crmjira_result: result,
          // Half a document would be none.
          ...(text === null || text.length > longestAnswer ? {} : { crmjira_answer: text }),
          crmjira_finished_on: wholeSecond(now().toISOString()),
        },
      },
    ]);
    return nothingToEnqueue('the command was answered');
  });
}
