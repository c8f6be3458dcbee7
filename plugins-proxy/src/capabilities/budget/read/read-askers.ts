import { type Asker, tables } from '@crmjira/domain';
import type { DataverseReader } from '../../../clients/dataverse/reader';

/** The right that every wish about a record needs. */
const write = 'WriteAccess';

/**
 * Who may change an opportunity, by Dataverse's own answer. Each person is asked about once, and only for as long as the returned
 * function lives: one reading. A question that fails is thrown; nobody is allowed something by it.
 * @param serviceId user that the service works as: its own rows need no question
 */
export function readAskers(
  client: DataverseReader,
  opportunityId: string,
  serviceId: string,
): (userId: string) => Promise<Asker> {
  const asked = new Map<string, Promise<Asker>>();
  const ask = async (userId: string): Promise<Asker> => {
    if (userId === serviceId.toLowerCase()) return { isService: true, mayWrite: true };
    const rights = await client.rights(userId, { collection: tables.opportunity.entitySet, id: opportunityId });
    return { isService: false, mayWrite: rights.has(write) };
  };
  return (userId) => {
    const known = asked.get(userId) ?? ask(userId);
    asked.set(userId, known);
    return known;
  };
}
