import { CommandState, CommandType, connectedText, noRecordText } from '@crmjira/domain';
import { z } from 'zod';
import { personalTable } from '../../../connections/personal/personal-rows';
import type { CommandHandler } from '../../../reconciler/commands';
import {
  connectionCommand,
  type ConnectionAnswer,
  type ConnectionCommandParts,
  hostIn,
  problemAnswer,
} from './connection-command';
import { testColumns } from './test-columns';

/** Answers the command "Test my connection": asks Jira now, with the token that is stored. */
export const testMyConnectionCommand = (parts: ConnectionCommandParts): CommandHandler =>
  connectionCommand(parts, {
    type: CommandType.TestMyConnection,
    payload: z.unknown(),
    carryOut: async ({ id, row, language }) => {
      const { dataverse, personal, now } = parts;
      if (row === null) return { state: CommandState.Failed, result: noRecordText(language) };
      const found = await personal.test(row);
      const test =
        'missing' in found
          ? { problem: found.missing, ms: 0, displayName: null, accountId: null, projects: null }
          : found;
      await dataverse.changeSet([
        { op: 'update', collection: personalTable, id, columns: testColumns(test, now()), ifMatch: row.version },
      ]);
      const { displayName, ms, problem, projects } = test;
      if (problem !== null)
        return problemAnswer(problem, { host: hostIn(row.url), email: row.email }, false, language, {
          displayName,
          ms,
        });
      const answer: ConnectionAnswer = { ok: true, reason: null, displayName, ms, projects };
      return {
        state: CommandState.Done,
        result: connectedText(displayName ?? '', projects, false, language),
        answer,
      };
    },
  });
