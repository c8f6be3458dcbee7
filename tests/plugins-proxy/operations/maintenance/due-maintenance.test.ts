import { checklist } from '@crmjira/domain';
import { z } from 'zod';
import { connect } from '../../../../plugins-proxy/src/capabilities/connect';
import { createLogger } from '../../../../plugins-proxy/src/platform/log/create-logger';
import { dueMaintenance } from '../../../../plugins-proxy/src/operations/maintenance/due-maintenance';
import type { MaintenanceResult } from '../../../../plugins-proxy/src/operations/maintenance/finding';
import { onOneReplica } from '../../../../plugins-proxy/src/queue/on-one-replica';
import { syncRunCursor } from '../../../../plugins-proxy/src/inbound/polling/sync-run';
import { openArchive } from '../../../../plugins-proxy/src/operations/retention/archive/open-archive';
import { openSqliteStore } from '../../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { keepLines } from '../../log-lines';
import { startStandIns } from '../../stand-ins';

/** What has been opened, closed also when the test fails half-way. */
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

test('R-1505 the plan runs once a period across replicas, waits for the daily sync, and doubles no row when it is repeated', async () => {
  let now = new Date('2025-01-15T15:00:00Z');
  const clock = (): Date => now;
  const standIns = await startStandIns(clock);
  const store = openSqliteStore(':memory:');
  const archive = await openArchive({ kind: 'sqlite', file: ':memory:' });
  const connections = connect(standIns.config, clock);
  opened.push(standIns, store, archive, connections);
  const logger = createLogger('silent', [], keepLines().stream);
  const context = {
    ...connections,
    config: standIns.config,
    store,
    archive,
    remover: null,
    secretFacts: () => [],
    deadLetters: async () => 0,
    now: clock,
    logger,
  };
  const ran: string[] = [];
  const take = (results: readonly MaintenanceResult[]): void => void ran.push(...results.map(({ item }) => item));
  const replicas = [1, 2].map(() =>
    onOneReplica(store, 'maintenance', { everyMs: 0, leaseMs: 60_000 }, () => dueMaintenance(context, take)),
  );
  const tick = async (): Promise<string[]> => {
    ran.length = 0;
    await Promise.all(replicas.map((replica) => replica.run()));
    return [...ran];
  };
  const rows = async (): Promise<number> =>
    (await standIns.admin.many('crmjira_integration_logs', { select: [] }, z.unknown())).length;

  expect(await tick()).toEqual([]);
  await store.writeCursor('daily', '2025-01-15');
  await store.writeCursor(syncRunCursor, '{}');
  expect(await tick()).toEqual([]);
  await store.writeCursor(syncRunCursor, '');
  expect(await tick()).toEqual(checklist.map(({ id }) => id));
  expect(await rows()).toBe(checklist.length);
  expect(await tick()).toEqual([]);
  // As if the process had died between the last row and the cursor.
  await store.writeCursor('maintenance.daily', '2025-01-14');
  expect(await tick()).toEqual(checklist.filter(({ rhythm }) => rhythm === 'daily').map(({ id }) => id));
  expect(await rows()).toBe(checklist.length);
  now = new Date('2025-01-20T15:00:00Z');
  await store.writeCursor('daily', '2025-01-20');
  expect(await tick()).toEqual(checklist.filter(({ rhythm }) => rhythm !== 'monthly').map(({ id }) => id));
});
