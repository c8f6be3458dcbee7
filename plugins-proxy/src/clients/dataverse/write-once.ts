import { hasChangedMeanwhile } from '../../platform/errors/has-code';
import type { DataverseClient } from './dataverse-client';
import type { PlainWrite } from './plain-write';

/**
 * Commits writes one of which creates a row under an id of its own, all or none.
 * @returns false: they were committed before, by a run that was cut off or by another replica
 */
export async function writeOnce(
  client: Pick<DataverseClient, 'changeSet'>,
  ...writes: readonly PlainWrite[]
): Promise<boolean> {
  try {
    await client.changeSet(writes);
    return true;
  } catch (error) {
    if (hasChangedMeanwhile(error)) return false;
    throw error;
  }
}
