import { tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { optionalFlag } from '../../clients/dataverse/columns';

const row = z.object({ crmjira_oauth_available: optionalFlag });

/** Writes into the connections' rows whether people may sign in with Atlassian; a row is read once, and written where it says otherwise. */
export function signInShower(dataverse: Pick<DataverseClient, 'one' | 'changeSet'>) {
  const collection = tables.crmjira_integration.entitySet;
  const shown = new Map<string, boolean>();
  return {
    show: async (connections: readonly { readonly id: string; readonly isOffered: boolean }[]): Promise<void> => {
      for (const { id, isOffered } of connections.filter((one) => shown.get(one.id) !== one.isOffered)) {
        const found = await dataverse.one(collection, id, Object.keys(row.shape), row);
        if (found === null) continue;
        if ((found.crmjira_oauth_available ?? false) !== isOffered)
          await dataverse.changeSet([
            { op: 'update', collection, id, columns: { crmjira_oauth_available: isOffered } },
          ]);
        shown.set(id, isOffered);
      }
    },
    /** Another replica does it now. */
    forget: (): void => shown.clear(),
  };
}
