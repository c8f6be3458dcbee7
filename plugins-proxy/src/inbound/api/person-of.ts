import { z } from 'zod';
import type { CapabilityParts } from '../../capabilities/register';
import { readUserOfAccount } from '../../connections/environment/read-people';
import type { ApiCaller } from '../../reconciler/api-operation';
import { refusals } from './refusals';

/** What it takes in Dynamics to give a command: requests ask for the same things. */
const privilege = 'prvCreatecrmjira_command';

/**
 * In whose name a token speaks. Asked at each request: who is disabled or loses the role is out at once.
 * @param objectId of the person's account in Entra
 * @returns the person, or why they are turned away
 */
export async function personOf(
  { dataverse, environmentSettings }: Pick<CapabilityParts, 'dataverse' | 'environmentSettings'>,
  objectId: string,
): Promise<ApiCaller | typeof refusals.notAUser | typeof refusals.withoutRole> {
  const userId = z.guid().safeParse(objectId).success ? await readUserOfAccount(dataverse.batched, objectId) : null;
  if (userId === null) return refusals.notAUser;
  const [mayAsk, language] = await Promise.all([
    dataverse.batched.holds(userId, privilege),
    environmentSettings.languageOf(userId),
  ]);
  return mayAsk ? { userId, language } : refusals.withoutRole;
}
