import type { Action, CrmFacts } from '@crmjira/domain';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { readLanguage, readOwners } from '../../../connections/environment/read-people';

const forPeople: readonly string[] = ['task', 'crmjira_budget_alert'];

/** Whether a plan writes something that owner or project manager read: seldom enough to ask for their languages only then. Pure. */
export function tellsPeople(actions: readonly Action[]): boolean {
  return actions.some(
    (action) =>
      action.kind === 'dataverse.change-set' &&
      action.writes.some(({ op, table }) => op === 'create' && forPeople.includes(table)),
  );
}

/** The languages of those who are told, as they are now: somebody who has changed theirs is told in the new one (F-117). */
export async function readLanguages(
  client: DataverseReader,
  { opportunity, projectManagerEmail }: Pick<CrmFacts, 'opportunity' | 'projectManagerEmail'>,
): Promise<Pick<CrmFacts, 'ownerLanguage' | 'readerLanguages'>> {
  if (opportunity === null) return {};
  const { ownerId, ownerType, projectManagerId } = opportunity;
  const [owners, ownerLanguage] = await Promise.all([
    readOwners(client, { id: ownerId, type: ownerType }),
    ownerType === 'systemuser' ? readLanguage(client, ownerId) : undefined,
  ]);
  const manager = projectManagerId && projectManagerEmail && { id: projectManagerId, email: projectManagerEmail };
  const readers = [...(manager ? [manager] : []), ...owners];
  const languages = await Promise.all(
    readers.map(async ({ id, email }) => [email, await readLanguage(client, id)] as const),
  );
  return { ...(ownerLanguage === undefined ? {} : { ownerLanguage }), readerLanguages: new Map(languages) };
}
