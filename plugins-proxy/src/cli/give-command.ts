import { randomUUID } from 'node:crypto';
import { CommandState, type CommandType, commandRow, tables } from '@crmjira/domain';
import { z } from 'zod';
import { choice, optionalText } from '../clients/dataverse/columns';
import { reconcileOpportunity } from '../capabilities/budget/reconcile/reconcile-opportunity';
import { requireKnown } from './require-known';
import { requireOn } from './require-on';
import type { Session } from './session';

const answeredRow = z.object({ crmjira_command_state: choice(CommandState), crmjira_result: optionalText });

/** How a command was answered. */
export interface Answer {
  readonly done: boolean;
  readonly says: string;
}

/**
 * Gives a command as a person does on the form, as a row, carries it out, and reads the answer. The running service may be the one
 * that carries it out: both find the same left to do.
 */
export async function giveCommand(
  session: Session,
  opportunityId: string,
  command: { readonly type: CommandType; readonly argument: string },
): Promise<Answer> {
  await requireOn(session, 'budget');
  const { entitySet } = tables.crmjira_command;
  const id = randomUUID();
  const regarding = { table: 'opportunity', id: opportunityId };
  const columns = commandRow(regarding, command.type, { crmjira_argument: command.argument });
  await session.dataverse.changeSet([{ op: 'create', collection: entitySet, id, columns }]);
  await reconcileOpportunity(session.reconciler, {
    id: opportunityId,
    correlationId: session.correlationId,
    logger: session.logger,
    onFacts: ({ crm }) => requireKnown(crm),
  });
  const row = await session.dataverse.one(entitySet, id, Object.keys(answeredRow.shape), answeredRow);
  return { done: row?.crmjira_command_state === CommandState.Done, says: row?.crmjira_result ?? '' };
}
