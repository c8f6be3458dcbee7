import {
  COMMAND_AUTHORITY,
  CommandState,
  CommandType,
  type Need,
  refusalText,
  tables,
  wholeSecond,
} from '@crmjira/domain';
import { z } from 'zod';
import { choice, guid, optionalGuid, optionalText } from '../clients/dataverse/columns';
import type { DataverseClient } from '../clients/dataverse/dataverse-client';
import type { EnvironmentSettings } from '../connections/environment/environment-settings';
import { jobKey } from '../queue/job-key';
import { commandKind } from './command-triggers';
import { type JobHandler, nothingToEnqueue, type Resolved, resolver } from './job-handler';
import type { Regarding } from './log-context';

/** A command that waits for its answer. */
export interface GivenCommand {
  readonly id: string;
  /** null: no record, as of one that makes a connection */
  readonly regarding: Regarding | null;
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
export const answeredInTheirRow: ReadonlySet<CommandType> = new Set(
  Object.values(CommandType).filter((type) => COMMAND_AUTHORITY[type].isAnsweredInItsRow),
);

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

/** What carries commands out: those that it answers itself, and those that stand for a record that it keeps in agreement. */
export interface CommandCarrier {
  readonly commands: readonly CommandHandler[];
  readonly modules: readonly { readonly kind: string; readonly table: string }[];
  readonly isOn: () => Promise<boolean>;
}

/** The job of the record that a command stands for; null: of none. */
function recordOf(type: CommandType, regarding: Regarding | null, carrier: CommandCarrier | undefined): string | null {
  const kind = carrier?.modules.find(({ table }) => table === regarding?.table)?.kind;
  const isPlanned = COMMAND_AUTHORITY[type].needs.includes('available');
  return regarding === null || kind === undefined || isPlanned ? null : jobKey(kind, regarding.id);
}

export interface CommandParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: Pick<EnvironmentSettings, 'languageOf'>;
  readonly capabilities: readonly CommandCarrier[];
  /** Of the reconciler's own commands, for the records of every capability. */
  readonly handlers: readonly CommandHandler[];
  readonly now: () => Date;
}

/**
 * Answers a command whose handler is known; any other stands for the record that it regards. What nothing carries out yet, or a
 * capability that is off, is refused in words, so that nobody waits for it.
 */
export function commandResolver({
  dataverse,
  environmentSettings,
  capabilities,
  handlers,
  now,
}: CommandParts): JobHandler {
  const { entitySet } = tables.crmjira_command;
  const write = (id: string, columns: Record<string, unknown>): Promise<void> =>
    dataverse.changeSet([
      {
        op: 'update',
        collection: entitySet,
        id,
        columns: { ...columns, crmjira_finished_on: wholeSecond(now().toISOString()) },
      },
    ]);
  return resolver(commandKind, async ({ id, log }) => {
    const row = await dataverse.batched.one(entitySet, guid.parse(id), Object.keys(commandRow.shape), commandRow);
    if (row === null) return nothingToEnqueue('the row is gone');
    const { Requested, Running } = CommandState;
    if (row.crmjira_command_state !== Requested && row.crmjira_command_state !== Running)
      return nothingToEnqueue('the command has its answer');
    const { _createdby_value: requestedById, crmjira_argument: argument, crmjira_command_type: type } = row;
    const refuse = async (need: Need, note: string): Promise<Resolved> => {
      const result = refusalText(need, await environmentSettings.languageOf(requestedById));
      await write(id, { crmjira_command_state: CommandState.Refused, crmjira_result: result });
      return nothingToEnqueue(note);
    };
    const regarding = regardingOf(row);
    const answers = (handler: CommandHandler): boolean => handler.type === type;
    const carrier =
      capabilities.find(({ commands }) => commands.some(answers)) ??
      capabilities.find(({ modules }) => modules.some(({ table }) => table === regarding?.table));
    const doneBy = carrier?.commands.find(answers) ?? handlers.find(answers) ?? recordOf(type, regarding, carrier);
    if (doneBy === null) return refuse('available', 'nothing carries the command out yet');
    if (carrier !== undefined && !(await carrier.isOn()))
      return refuse('switched-on', 'the capability that carries the command out is switched off');
    if (typeof doneBy === 'string') return { keys: [doneBy], urgent: true };
    const { correlationId } = log();
    const { state, result, answer } = await doneBy.answer({ id, regarding, argument, requestedById, correlationId });
    const text = answer === undefined ? null : JSON.stringify(answer);
    await write(id, {
      crmjira_command_state: state,
      crmjira_result: result,
      // Half a document would be none.
      ...(text === null || text.length > longestAnswer ? {} : { crmjira_answer: text }),
    });
    return nothingToEnqueue('the command was answered');
  });
}
