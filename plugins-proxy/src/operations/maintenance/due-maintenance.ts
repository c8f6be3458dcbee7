import { periodOf, rhythms } from '@crmjira/domain';
import { dueDay } from '../../platform/daily-clock';
import { syncRunCursor } from '../../inbound/polling/sync-run';
import type { Store } from '../../queue/store/store';
import type { MaintenanceResult } from './finding';
import type { MaintenanceContext } from './maintenance-context';
import { runMaintenance } from './run-maintenance';

/**
 * Runs what is due and has not run in its period yet; called by one replica at a time. The day begins at 06:00 Eastern as the sync's
 * does, and waits for the end of that sync: a reconciliation beside it would report what it is about to repair.
 */
export async function dueMaintenance(
  context: MaintenanceContext & { readonly store: Pick<Store, 'readCursor' | 'writeCursor'> },
  onResults: (results: readonly MaintenanceResult[]) => void = () => undefined,
): Promise<void> {
  const { store } = context;
  const day = dueDay(context.now());
  const running = (await store.readCursor(syncRunCursor)) ?? '';
  if ((await store.readCursor('daily')) !== day || running !== '') return;
  for (const rhythm of rhythms) {
    const period = periodOf(rhythm, day);
    const cursor = `maintenance.${rhythm}`;
    if ((await store.readCursor(cursor)) === period) continue;
    onResults(await runMaintenance(context, rhythm, period));
    // After the work: a run that was cut off is made again, under the same ids.
    await store.writeCursor(cursor, period);
  }
}
