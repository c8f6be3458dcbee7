import { randomUUID } from 'node:crypto';
import { type NotificationAdapter, type NotificationEvent, SyncStatus, SyncTrigger } from '@crmjira/domain';
import pino from 'pino';
import { z } from 'zod';
import { enqueueNotifications } from '../../../../plugins-proxy/src/capabilities/integrations/notifications/enqueue-notifications';
import {
  notificationHandler,
  type NotificationParts,
  summaryHandler,
} from '../../../../plugins-proxy/src/capabilities/integrations/notifications/notification-jobs';
import { notificationSettings } from '../../../../plugins-proxy/src/clients/notifications/notification-settings';
import type { ConnectionSecrets } from '../../../../plugins-proxy/src/connections/credentials/connection-secret';
import { anyProvider } from '../../../../plugins-proxy/src/connections/providers/integration-providers';
import { createNotificationProvider } from '../../../../plugins-proxy/src/connections/providers/notification';
import { settingsHash } from '../../../../plugins-proxy/src/connections/providers/saved-integration';
import { openSqliteStore } from '../../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import type { Claim } from '../../../../plugins-proxy/src/queue/store/store';
import { byKind, runJob } from '../../../../plugins-proxy/src/reconciler/run-job';
import { guardFor, startService } from '../../clients/web-service/service-world';
import type { StandIns } from '../../stand-ins';

export const token = 'a-token-in-the-path';
export const signing = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const providerId = '5a8d2c1e-0000-4000-8000-0000000000f1';

const columns = ['status', 'records_processed', 'records_failed', 'error_code', 'error_message'].map(
  (name) => `crmjira_${name}`,
);

/** How a target answers, by the first part of its path: statuses, the last one from then on; none: never. */
type Answers = Record<string, readonly number[]>;

/** Targets on this machine, the rows of Dataverse's stand-in, and the queue with the handlers that deliver. */
export async function openNotifications({ admin }: Pick<StandIns, 'admin'>, start: string) {
  let clock = Date.parse(start);
  const now = (): Date => new Date(clock);
  const answers: Answers = {};
  const service = await startService(({ url }, response) => {
    const [, path = ''] = url.split('/');
    const [status, ...next] = answers[path] ?? [];
    if (status === undefined) return;
    if (next.length > 0) answers[path] = next;
    response.writeHead(status, status === 429 ? { 'retry-after': '1800' } : {}).end('ok');
  });
  const store = openSqliteStore(':memory:');
  const secrets = new Map<string, object>();
  const secretOf: ConnectionSecrets = Object.assign(async (id: string) => JSON.stringify(secrets.get(id)), {
    forget: () => undefined,
    known: () => [],
  });
  const egress = { of: guardFor([`localhost:${service.port}`]) };
  const provider = createNotificationProvider({ egress, now: () => clock, timeoutMs: 300 });
  const parts: NotificationParts = {
    dataverse: admin,
    environmentSettings: {
      settings: async () =>
        ({
          policy: { recordUrl: 'https://org.example/r?id=', redactAmountsInEmail: false, defaultCurrency: 'CAD' },
        }) as never,
      currencies: async () => ({ codeOf: () => 'CAD' }) as never,
    },
    providers: [anyProvider(provider)],
    secretOf,
    store,
    now,
  };
  await admin.changeSet([
    {
      op: 'upsert',
      collection: 'crmjira_integration_providers',
      id: providerId,
      columns: { crmjira_code: 'NOTIFICATION', crmjira_name: 'Notifications' },
    },
  ]);
  const create = async (collection: string, columns: Record<string, unknown>, id: string = randomUUID()) => {
    await admin.changeSet([{ op: 'create', collection, id, columns }]);
    return id;
  };
  const context = {
    store,
    handlers: byKind([notificationHandler(parts), summaryHandler(parts)]),
    logger: pino({ level: 'silent' }),
    now,
    random: () => 0.5,
  };
  const world = {
    parts,
    store,
    service,
    create,
    run: (claim: Claim, given = parts) =>
      runJob({ ...context, handlers: byKind([notificationHandler(given), summaryHandler(given)]) }, claim),
    claim: () => store.claim(clock, 15_000),
    /** What was sent to a target, oldest first. */
    sent: (path: string) => service.seen.filter(({ url }) => url.startsWith(`/${path}/`)),
    pass: (minutes: number) => void (clock += minutes * 60_000),
    at: () => now().toISOString(),
    look: () => enqueueNotifications({ ...parts, store, wake: () => undefined }),
    /** Runs what is due. @returns how many jobs */
    drain: async (): Promise<number> => {
      for (let count = 0; ; count++) {
        const claim = await world.claim();
        if (claim === null) return count;
        const outcome = await world.run(claim);
        await (outcome.done ? store.complete(claim, clock) : store.fail(claim, outcome.failure, clock));
      }
    },
    /** A target that is active and tested, at a path of its own. */
    target: async (
      path: string,
      events: readonly NotificationEvent[],
      { adapter = 'custom', statuses = [200] }: { adapter?: NotificationAdapter; statuses?: readonly number[] } = {},
    ) => {
      answers[path] = statuses;
      const settings = notificationSettings.parse({ adapter, url: service.url, events, language: 1033 });
      const id = randomUUID();
      secrets.set(id, { address: `${service.url}/${path}/${token}`, ...(adapter === 'custom' ? { signing } : {}) });
      return create(
        'crmjira_integrations',
        {
          crmjira_name: `Target ${path}`,
          crmjira_base_url: service.url,
          crmjira_config: JSON.stringify(settings),
          crmjira_secret_name: 'row:x',
          crmjira_is_active: true,
          crmjira_tested_hash: settingsHash('notification', settings, 'row:x'),
          'crmjira_provider@odata.bind': `/crmjira_integration_providers(${providerId})`,
        },
        id,
      );
    },
    /** An integration of another kind, whose runs fail. */
    other: (name: string) =>
      create('crmjira_integrations', { crmjira_name: name, crmjira_base_url: 'https://x.example' }),
    failed: (integration: string, columns: Record<string, unknown> = {}) =>
      create('crmjira_sync_logs', {
        crmjira_name: 'Integration sync',
        crmjira_trigger: SyncTrigger.Scheduled,
        crmjira_status: SyncStatus.Failed,
        crmjira_is_dry_run: false,
        crmjira_started_on: now().toISOString(),
        crmjira_finished_on: now().toISOString(),
        crmjira_error_class: 2,
        crmjira_error_code: 'no-answer',
        'crmjira_integration_id@odata.bind': `/crmjira_integrations(${integration})`,
        ...columns,
      }),
    deactivate: (id: string) =>
      admin.changeSet([
        { op: 'update', collection: 'crmjira_integrations', id, columns: { crmjira_is_active: false } },
      ]),
    /** Rows that tell of its deliveries. */
    rows: async (id: string): Promise<readonly Record<string, unknown>[]> => {
      return admin.many(
        'crmjira_sync_logs',
        { select: columns, filter: `_crmjira_integration_id_value eq ${id}`, orderBy: ['createdon asc'] },
        z.record(z.string(), z.unknown()),
      );
    },
    close: async (): Promise<void> => {
      await service.close();
      await store.close();
    },
  };
  return world;
}
