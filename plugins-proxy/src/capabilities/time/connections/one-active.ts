import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { personalTable, personOf, readPersonalRows } from '../../../connections/personal/personal-rows';
import { hasChangedMeanwhile } from '../../../platform/errors/has-code';

/** How often another command may come between before this one is tried again later. */
const mostTries = 5;

/**
 * Makes one connection of a person the active one. Every connection of theirs is written if it is as it was read, or none: of two
 * commands at once the second reads again, so that there is never more than one.
 * @param which `always`, or only where none is active
 * @returns whether it is the active one now
 */
export async function activate(
  dataverse: DataverseClient,
  userId: string,
  id: string,
  which: 'always' | 'if-none',
): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    const rows = (await readPersonalRows(dataverse, userId)).filter((row) => personOf(row) === userId);
    const active = rows.filter(({ isActive }) => isActive);
    const isIt = active.length === 1 && active[0]?.id === id;
    if (isIt || (which === 'if-none' && active.length > 0) || !rows.some((row) => row.id === id)) return isIt;
    try {
      await dataverse.changeSet(
        rows.map((row) => ({
          op: 'update',
          collection: personalTable,
          id: row.id,
          columns: { crmjira_is_active: row.id === id },
          ifMatch: row.version,
        })),
      );
      return true;
    } catch (error) {
      if (!hasChangedMeanwhile(error) || tries >= mostTries) throw error;
    }
  }
}
