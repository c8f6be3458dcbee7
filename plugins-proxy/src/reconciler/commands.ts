import {
  COMMAND_AUTHORITY,
  CommandState,
  CommandType,
  type Language,
  type Need,
  payloadRefusedText,
  refusalText,
  tables,
  wholeSecond,
} from '@crmjira/domain';
import { z } from 'zod';
import {
  choice,
  guid,
  instant,
  optionalGuid,
  optionalInstant,
  optionalNumber,
  optionalText,
} from '../clients/dataverse/columns';
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
  /** What its type needs, from JSON; null: nothing was given. Each handler checks the shape that it expects. */
  readonly payload: unknown;
  readonly requestedById: string;
  /** When it was created; ISO 8601 in UTC. */
  readonly createdOn: string;
  /** of the run that answers it */
  readonly correlationId: string;
  /** What its handler has noted in a run that was cut off, or that waits; null: nothing. */
  readonly progress: unknown;
}

/** What stands in the row of a command that was answered. */
export interface CommandAnswer {
  readonly state: CommandState;
  /** A sentence for the person who asked. */
  readonly result: string;
  /** Facts for the page that asked, as JSON; left out: the sentence is all. */
  readonly answer?: unknown;
  /** Jobs that carry on what was begun, enqueued before the answer is written; left out: none. */
  readonly keys?: readonly string[];
}

/** It is to be looked at again: what it has sent may still be on its way. */
export interface AnswerLater {
  readonly againInMs: number;
  /** Jobs that carry it out meanwhile; left out: none. */
  readonly keys?: readonly string[];
}

/** Answers one type of command in its own row. Its authority stands in `domain/src/authority`. */
export interface CommandHandler {
  readonly type: CommandType;
  /** Whether this one is its own; left out: each of its type. Any other stands for the record that it regards. */
  takes?(command: Pick<GivenCommand, 'regarding' | 'payload'>): boolean;
  answer(command: GivenCommand): Promise<CommandAnswer | AnswerLater>;
}

/** Columns by which a handler notes how far it has come, for a run after one that was cut off. */
export const progressColumns = (progress: unknown): Readonly<Record<string, unknown>> => ({
  crmjira_command_state: CommandState.Running,
  crmjira_answer: JSON.stringify(progress),
});

/** Types that are answered in their own row: jobs of their own, not of the record that they regard. */
export const answeredInTheirRow: ReadonlySet<CommandType> = new Set(
  Object.values(CommandType).filter((type) => COMMAND_AUTHORITY[type].isAnsweredInItsRow),
);

/** What the service alone fills in. No role can keep a client from filling it in as well when it creates the row. */
const ownColumns = {
  crmjira_result: optionalText,
  crmjira_answer: optionalText,
  crmjira_finished_on: optionalInstant,
  crmjira_done_count: optionalNumber,
  crmjira_total_count: optionalNumber,
};

const commandRow = z.object({
  ...ownColumns,
  '@odata.etag': z.string().optional(),
  _crmjira_opportunity_id_value: optionalGuid,
  crmjira_regarding_table: optionalText,
  crmjira_regarding_id: optionalText,
  crmjira_command_type: choice(CommandType),
  crmjira_command_state: choice(CommandState),
  crmjira_argument: optionalText,
  crmjira_payload: optionalText,
  crmjira_sealed: optionalText,
  createdon: instant,
  _createdby_value: guid,
  _modifiedby_value: optionalGuid,
});
type CommandRow = z.output<typeof commandRow>;

/** Empties what a client has written in place of the service; null where nothing is to be emptied. */
function resetOf(row: CommandRow, serviceId: string): Readonly<Record<string, unknown>> | null {
  const isClients = row._createdby_value !== serviceId && row._modifiedby_value === row._createdby_value;
  const filled = Object.keys(ownColumns).filter((column) => row[column as keyof typeof ownColumns] !== null);
  if (!isClients || (filled.length === 0 && row.crmjira_command_state === CommandState.Requested)) return null;
  const empty = Object.fromEntries(filled.map((column) => [column, null]));
  return { crmjira_command_state: CommandState.Requested, ...empty };
}

const columns = Object.keys(commandRow.shape).filter((column) => !column.startsWith('@'));

/** Characters that the columns of payload and answer hold. */
const longestDocument = 100_000;

/** What came with a command. */
function payloadOf({ crmjira_payload: text }: CommandRow): { readonly payload: unknown } | null {
  if (text === null || text.trim() === '') return { payload: null };
  if (text.length > longestDocument) return null;
  try {
    return { payload: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** null: the command regards no record, such as one that makes a connection. */
function regardingOf(row: CommandRow): Regarding | null {
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
  const { needs, isAnsweredInItsRow } = COMMAND_AUTHORITY[type];
  const isNone = needs.includes('available') || isAnsweredInItsRow;
  return regarding === null || kind === undefined || isNone ? null : jobKey(kind, regarding.id);
}

export interface CommandParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: Pick<EnvironmentSettings, 'languageOf' | 'whoAmI'>;
  readonly capabilities: readonly CommandCarrier[];
  /** Of the reconciler's own commands, for the records of every capability. */
  readonly handlers: readonly CommandHandler[];
  readonly now: () => Date;
}

/**
 * Answers a command whose handler is known; any other stands for the record that it regards. What nothing carries out yet, or a
 * capability that is off, is refused in words, so that nobody waits for it. A new row counts as requested, whatever state or answer its
 * client has given it.
 */
export function commandResolver({
  dataverse,
  environmentSettings,
  capabilities,
  handlers,
  now,
}: CommandParts): JobHandler {
  const { entitySet } = tables.crmjira_command;
  const write = (id: string, columns: Record<string, unknown>, ifMatch?: string): Promise<void> =>
    dataverse.changeSet([
      { op: 'update', collection: entitySet, id, columns, ...(ifMatch === undefined ? {} : { ifMatch }) },
    ]);
  const answer = (
    id: string,
    columns: Record<string, unknown> & { crmjira_command_state: CommandState },
  ): Promise<void> =>
    write(id, {
      ...columns,
      // What is still at work is ended by whoever follows it.
      ...(columns.crmjira_command_state === CommandState.Running
        ? {}
        : { crmjira_finished_on: wholeSecond(now().toISOString()) }),
    });
  return resolver(commandKind, async ({ id, log }) => {
    const row = await dataverse.batched.one(entitySet, guid.parse(id), columns, commandRow);
    if (row === null) return nothingToEnqueue('the row is gone');
    const { userId } = await environmentSettings.whoAmI();
    const reset = resetOf(row, userId.toLowerCase());
    // Only as long as nobody has answered it meanwhile: the next attempt reads it again.
    if (reset !== null) await write(id, reset, row['@odata.etag']);
    const { Requested, Running } = CommandState;
    const state = reset === null ? row.crmjira_command_state : Requested;
    if (state !== Requested && state !== Running) return nothingToEnqueue('the command has its answer');
    const { _createdby_value: requestedById, crmjira_argument: argument, crmjira_command_type: type } = row;
    // A secret that came with it does not outlive it, read or not.
    const unsealed = row.crmjira_sealed === null ? {} : { crmjira_sealed: null };
    const refuse = async (words: (language: Language) => string, note: string): Promise<Resolved> => {
      const result = words(await environmentSettings.languageOf(requestedById));
      await answer(id, { crmjira_command_state: CommandState.Refused, crmjira_result: result, ...unsealed });
      return nothingToEnqueue(note);
    };
    const read = payloadOf(row);
    if (read === null) return refuse(payloadRefusedText, 'the payload cannot be read');
    const { payload } = read;
    const regarding = regardingOf(row);
    const answers = (handler: CommandHandler): boolean =>
      handler.type === type && (handler.takes?.({ regarding, payload }) ?? true);
    const carrier =
      capabilities.find(({ commands }) => commands.some(answers)) ??
      capabilities.find(({ modules }) => modules.some(({ table }) => table === regarding?.table));
    // What stands for a record needs no payload: no plan reads one.
    const record = row.crmjira_payload === null ? recordOf(type, regarding, carrier) : null;
    const doneBy = carrier?.commands.find(answers) ?? handlers.find(answers) ?? record;
    const without = (need: Need) => (language: Language) => refusalText(need, language);
    if (doneBy === null) return refuse(without('available'), 'nothing carries the command out yet');
    if (carrier !== undefined && !(await carrier.isOn()))
      return refuse(without('switched-on'), 'the capability that carries the command out is switched off');
    if (typeof doneBy === 'string') return { keys: [doneBy], urgent: true };
    const { correlationId } = log();
    const { createdon: createdOn } = row;
    const progress: unknown = state === Running && row.crmjira_answer !== null ? JSON.parse(row.crmjira_answer) : null;
    const given = await doneBy.answer({
      id,
      regarding,
      argument,
      payload,
      requestedById,
      createdOn,
      correlationId,
      progress,
    });
    if ('againInMs' in given)
      return {
        keys: given.keys ?? [],
        urgent: true,
        later: { key: jobKey(commandKind, id), delayMs: given.againInMs },
      };
    const text = given.answer === undefined ? null : JSON.stringify(given.answer);
    const { keys = [] } = given;
    return {
      keys,
      urgent: true,
      note: 'the command was answered',
      // Afterwards: a run that is cut off before answers again, and what it has begun is carried on.
      afterwards: () =>
        answer(id, {
          crmjira_command_state: given.state,
          crmjira_result: given.result,
          ...unsealed,
          // Half a document would be none.
          ...(text === null || text.length > longestDocument ? {} : { crmjira_answer: text }),
        }),
    };
  });
}
