import { tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid } from '../../clients/dataverse/columns';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { inParallel } from '../../platform/http-client/in-parallel';
import { atOneTime, mostInOneRun } from './remove-archived';

const idRow = z.object({ crmjira_commandid: guid });

/**
 * Removes commands for good; nothing of them is archived.
 * @param remover a client of the application user that may delete; its refusal is thrown
 * @param due which, as a filter
 * @returns rows that were removed
 */
export async function removeCommands(
  context: {
    readonly dataverse: Pick<DataverseClient, 'many'>;
    readonly remover: Pick<DataverseClient, 'remove'>;
  },
  due: string,
): Promise<number> {
  const { entitySet, primaryId } = tables.crmjira_command;
  const query = { select: [primaryId], filter: due, orderBy: ['createdon asc'], top: mostInOneRun };
  const rows = await context.dataverse.many(entitySet, query, idRow);
  await inParallel(rows, atOneTime, ({ crmjira_commandid: id }) => context.remover.remove(entitySet, id));
  return rows.length;
}
