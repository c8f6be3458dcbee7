import { CommandState, CommandType, connectedText, connectionGoneText, type Language } from '@crmjira/domain';
import { z } from 'zod';
import { type PersonalRow, personalTable } from '../../../connections/personal/personal-rows';
import type { CommandAnswer, CommandHandler } from '../../../reconciler/commands';
import {
  connectionCommand,
  type ConnectionAnswer,
  type ConnectionCommandParts,
  hostIn,
  problemAnswer,
} from './connection-command';
import { testColumns } from './test-columns';

/** Asks Jira now, with the token that is stored, and notes in the row what came of it. */
export async function testMyConnection(
  { dataverse, personal, now }: Pick<ConnectionCommandParts, 'dataverse' | 'personal' | 'now'>,
  row: PersonalRow,
  language: Language,
): Promise<CommandAnswer> {
  const found = await personal.test(row);
  const test =
    'missing' in found
      ? { problem: found.missing, ms: 0, displayName: null, accountId: null, email: null, projects: null }
      : found;
  const columns = testColumns(test, now());
  await dataverse.changeSet([{ op: 'update', collection: personalTable, id: row.id, columns, ifMatch: row.version }]);
  const { displayName, ms, problem, projects } = test;
  if (problem !== null)
    return problemAnswer(problem, { host: hostIn(row.url), email: row.email }, false, language, { displayName, ms });
  const answer: ConnectionAnswer = { ok: true, reason: null, displayName, ms, projects };
  return {
    state: CommandState.Done,
    result: connectedText(displayName ?? '', projects, false, language),
    answer,
  };
}

/** Answers the command "Test my connection". */
export const testMyConnectionCommand = (parts: ConnectionCommandParts): CommandHandler =>
  connectionCommand(parts, {
    type: CommandType.TestMyConnection,
    payload: z.unknown(),
    carryOut: async ({ row, language }) =>
      row === null
        ? { state: CommandState.Failed, result: connectionGoneText(language) }
        : testMyConnection(parts, row, language),
  });
