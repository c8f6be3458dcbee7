import { BudgetStatus, type IntegrationRow } from '@crmjira/domain';
import { isLongAgo } from './freshness';
import { columnsOf, readColumns, selectOf } from '../row/columns';
import type { Mapping } from './mapping';

const { date } = columnsOf<IntegrationRow>();
const COLUMNS = { syncedOn: date('crmjira_last_sync_on') };

/** Statuses that the daily sync goes through; the others are looked at when something happens to them. */
const SYNCED_DAILY: readonly (number | null)[] = [BudgetStatus.Approved, BudgetStatus.Active, BudgetStatus.OverBudget];

/**
 * The mapping with the time it was last found in sync. A mapping that did not change is not written: its own time stands still, and
 * the connection's says that the sync still runs. Asked for only where it matters; people who may not read the connection (their role
 * knows its mappings, not how Jira is reached) get no verdict from age: for them a failure shows as the mapping's error alone.
 */
export async function withConnectionSync(
  webApi: Pick<ComponentFramework.WebApi, 'retrieveRecord'>,
  mapping: Mapping,
  now: string,
): Promise<Mapping> {
  const { lastSyncOn, connectionId } = mapping;
  if (!lastSyncOn || !connectionId || !isLongAgo(lastSyncOn, now)) return mapping;
  if (!SYNCED_DAILY.includes(mapping.budgetStatus)) return mapping;
  try {
    const row: unknown = await webApi.retrieveRecord('crmjira_integration', connectionId, selectOf(COLUMNS));
    // An entity of the answer is an object of columns; each column is checked when it is read.
    const { syncedOn } = readColumns(row as Readonly<Record<string, unknown>>, COLUMNS);
    return syncedOn && syncedOn > lastSyncOn ? { ...mapping, lastSyncOn: syncedOn } : mapping;
  } catch {
    return { ...mapping, ageIsKnown: false };
  }
}
