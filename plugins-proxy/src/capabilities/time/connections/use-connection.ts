import {
  CommandState,
  CommandType,
  connectionDeletedText,
  connectionGoneText,
  connectionUsedText,
  isConnectionProblem,
  nextActive,
  noRecordText,
} from '@crmjira/domain';
import { z } from 'zod';
import {
  discardSecrets,
  personOf,
  type PersonalRow,
  personalTable,
  readPersonalRows,
} from '../../../connections/personal/personal-rows';
import type { CommandHandler } from '../../../reconciler/commands';
import { connectionCommand, type ConnectionAnswer, type ConnectionCommandParts, hostIn } from './connection-command';
import { activate } from './one-active';

/** Answers the command "Use connection": from now on search and sync go through it. */
export const useConnectionCommand = (parts: ConnectionCommandParts): CommandHandler =>
  connectionCommand(parts, {
    type: CommandType.UseConnection,
    payload: z.unknown(),
    carryOut: async ({ id, row, language, command }) => {
      const isUsed = row !== null && (await activate(parts.dataverse, command.requestedById, id, 'always'));
      if (!isUsed)
        return {
          state: CommandState.Failed,
          result: row === null ? connectionGoneText(language) : noRecordText(language),
        };
      const reason = row.lastTest?.ok === false ? row.lastTest.reason : null;
      const answer: ConnectionAnswer = {
        ok: true,
        reason: isConnectionProblem(reason) ? reason : null,
        displayName: row.displayName,
        ms: null,
      };
      return { state: CommandState.Done, result: connectionUsedText(hostIn(row.url), language), answer };
    },
  });

/**
 * Deletes a connection: its token goes first, after another one has taken over.
 * @returns host of the one that is active instead; null: none
 */
export async function deleteConnection(
  { dataverse, personal }: Pick<ConnectionCommandParts, 'dataverse' | 'personal'>,
  row: PersonalRow,
): Promise<string | null> {
  const userId = row.isActive ? personOf(row) : null;
  const others = userId === null ? [] : await readPersonalRows(dataverse, userId);
  const next = nextActive(others.filter((one) => one.id !== row.id && personOf(one) === userId));
  if (next !== null && userId !== null) await activate(dataverse, userId, next.id, 'always');
  await discardSecrets(dataverse, row.id);
  personal.forget(row);
  await dataverse.remove(personalTable, row.id);
  return next === null ? null : hostIn(next.url);
}

/** Answers the command "Delete connection". One that is gone already is deleted. */
export const deleteConnectionCommand = (parts: ConnectionCommandParts): CommandHandler =>
  connectionCommand(parts, {
    type: CommandType.DeleteConnection,
    payload: z.unknown(),
    carryOut: async ({ row, language }) => {
      const next = row === null ? null : await deleteConnection(parts, row);
      const answer: ConnectionAnswer = { ok: true, reason: null, displayName: row?.displayName ?? null, ms: null };
      return {
        state: CommandState.Done,
        result: connectionDeletedText(next, row?.isActive === true, language),
        answer,
      };
    },
  });
